import type { CallResult } from './call-result.js';
import type { PageCall } from './page-call.js';
import type { Way } from './way.js';

/** Calls a route one way, and notes what the page learns from it. */
export async function makeCall(
  { method, path, headers, body, credentials }: PageCall,
  way: Way,
): Promise<CallResult> {
  const { href: url, origin } = new URL(way.baseUrl + path, location.href);
  const sameOrigin = origin === location.origin;
  const asksFirst = method === 'PUT' || Object.keys(headers).length > 0;
  const facts = { url, sameOrigin, preflight: !sameOrigin && asksFirst ? `OPTIONS ${path}` : null };
  try {
    const init = { method, headers, credentials, ...(body !== undefined && { body }) };
    const response = await fetch(url, init);
    const text = await response.text();
    return {
      ...facts,
      verdict: 'read',
      answer: `${response.status} ${response.statusText} ${text}`,
      readable: [...response.headers.keys()],
    };
  } catch (error) {
    return { ...facts, verdict: 'blocked', answer: String(error), readable: [] };
  }
}
