import type { HeaderList } from '../http/header-list.js';
import { isSameSiteHost } from '../http/sites.js';
import type { BrowserName, Failure } from '../simulation.js';
import type { EmbedderPolicy, FetchRequest } from './fetch-request.js';

/**
 * The cross-origin resource policy check: whether a server lets the page embed a response that the
 * page cannot read. Null when it does.
 *
 * @see https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
 */
export async function resourcePolicyCheck(
  request: FetchRequest,
  headers: HeaderList,
  browser: BrowserName,
): Promise<Failure | null> {
  const value = headers.get('cross-origin-resource-policy');
  // By letter case, and as a whole: `Same-Origin` and a list of two are not policies.
  switch (value) {
    case 'cross-origin':
      return null;
    case 'same-origin':
      return blocked(value);
    case 'same-site':
      return (await isSameSite(request)) ? null : blocked(value);
    default:
      return requiresPolicy(request.embedderPolicy, value, browser)
        ? { check: 'CORP', details: { value: value ?? '', embedderPolicy: true } }
        : null;
  }
}

function blocked(value: string): Failure {
  return { check: 'CORP', details: { value } };
}

/** With `credentialless`, a request without a policy in its response goes out without credentials. */
function requiresPolicy(
  policy: EmbedderPolicy,
  value: string | null,
  browser: BrowserName,
): boolean {
  if (policy !== 'require-corp') return false;
  // To Firefox, any value is a policy.
  return browser !== 'firefox' || value === null || value === '';
}

/** Whether both are of one site; from https to http, they never are. */
async function isSameSite({ pageOrigin, url }: FetchRequest): Promise<boolean> {
  if (pageOrigin === 'null') return false;
  const page = new URL(pageOrigin);
  if (url.protocol === 'https:' && page.protocol !== 'https:') return false;
  return isSameSiteHost(page.hostname, url.hostname);
}
