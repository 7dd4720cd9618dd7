import { simulate } from '../../../lib/browser/simulate.js';
import { send } from '../../../test/support/send.js';
import type { PageCall } from '../page/page-call.js';

/** What a browser lets a page read of one of its calls, and every exchange on the way there. */
export async function browse(baseUrl: string, call: PageCall, pageOrigin: string) {
  const exchanges: (readonly [method: string, status: number, cors: object])[] = [];
  const { verdict } = await simulate({
    pageOrigin,
    url: baseUrl + call.path,
    method: call.method,
    headers: call.headers,
    credentials: call.credentials,
    send: async ({ method, url, headers }) => {
      const { port, pathname } = new URL(url);
      const body = method === 'OPTIONS' ? undefined : call.body;
      const answer = await send(Number(port), method, pathname, Object.fromEntries(headers), body);
      exchanges.push([method, answer.status, answer.cors]);
      return { status: answer.status, headers: answer.lines };
    },
  });
  return { verdict, exchanges };
}
