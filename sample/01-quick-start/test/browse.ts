import { simulate } from '../../../lib/browser/simulate.js';
import { send } from '../../../test/support/send.js';
import type { PageRequest } from '../src/page/page-request.js';

/** How one of the page's requests ends in a browser, and the methods of the requests it sends. */
export async function browse(apiUrl: string, row: PageRequest, pageOrigin: string) {
  const sent: string[] = [];
  const { verdict } = await simulate({
    pageOrigin,
    url: apiUrl + row.path,
    method: row.method,
    headers: row.headers,
    credentials: row.credentials,
    send: async ({ method, url, headers }) => {
      sent.push(method);
      const { port, pathname } = new URL(url);
      const body = method === 'OPTIONS' ? undefined : row.body;
      const answer = await send(Number(port), method, pathname, Object.fromEntries(headers), body);
      return { status: answer.status, headers: answer.lines };
    },
  });
  return { verdict: verdict === 'blocked' ? 'refused' : verdict, sent };
}
