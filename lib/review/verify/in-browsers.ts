import { HeaderList } from '../../browser/http/header-list.js';
import { type HeaderLines, type ReceivedResponse, simulate } from '../../browser/index.js';
import { BROWSER_NAMES, browserTitles } from '../../browser/simulation.js';
import type { PlannedRequest } from './plan-requests.js';

/** What a page gets in each browser, by the file and from what is deployed. */
export interface BrowserVerdict {
  readonly browser: string;
  readonly expected: 'allowed' | 'blocked';
  readonly received: 'allowed' | 'blocked';
}

/**
 * What browsers make of two answers to a request. None: no browser sends such an origin.
 *
 * @param url what the page requests
 */
export async function inBrowsers(
  url: string,
  request: PlannedRequest,
  expected: ReceivedResponse,
  received: ReceivedResponse,
): Promise<readonly BrowserVerdict[]> {
  const { origin } = request;
  if (origin === undefined || !isSendable(origin)) return [];
  const allows = (name: string, response: ReceivedResponse) =>
    new HeaderList(response.headers).get(name);
  const isAny = allows('access-control-allow-origin', received) === '*';
  const credentials =
    allows('access-control-allow-credentials', received) === 'true' ||
    (!isAny && allows('access-control-allow-credentials', expected) === 'true');
  const ask = async (browser: (typeof BROWSER_NAMES)[number], answer: ReceivedResponse) => {
    const { verdict } = await simulate({
      pageOrigin: origin,
      // What a page of https may request over http is another question.
      url: url.replace(/^http:/, 'https:'),
      method: request.method,
      headers: headersOf(request),
      credentials: credentials ? 'include' : 'omit',
      redirect: 'manual',
      browser,
      forcePreflight: request.isPreflight,
      send: ({ method }) =>
        Promise.resolve(
          (method === 'OPTIONS') === request.isPreflight
            ? answer
            : otherHalf(request, answer, origin),
        ),
    });
    return verdict === 'allowed' ? 'allowed' : 'blocked';
  };
  return Promise.all(
    BROWSER_NAMES.map(async (browser) => ({
      browser: browserTitles[browser],
      expected: await ask(browser, expected),
      received: await ask(browser, received),
    })),
  );
}

/** Browsers serialise origins in one way. */
function isSendable(origin: string): boolean {
  return origin === 'null' || (URL.canParse(origin) && new URL(origin).origin === origin);
}

function headersOf({ isPreflight, requestHeaders = '' }: PlannedRequest): HeaderLines {
  const names = isPreflight ? requestHeaders.split(',').filter(Boolean) : [];
  return names.map((name) => [name, name === 'content-type' ? 'application/json' : '1']);
}

/** The answer that is not in question: it allows what the one in question does. */
function otherHalf(
  { isPreflight, method }: PlannedRequest,
  answer: ReceivedResponse,
  origin: string,
): ReceivedResponse {
  if (!isPreflight) {
    return {
      status: 204,
      headers: [
        ['Access-Control-Allow-Origin', origin],
        ['Access-Control-Allow-Credentials', 'true'],
        ['Access-Control-Allow-Methods', method],
      ],
    };
  }
  const shared = /^access-control-allow-(?:origin|credentials)$/i;
  return { status: 200, headers: answer.headers.filter(([name]) => shared.test(name)) };
}

/** The verdicts as one sentence. */
export function browserSentence(verdicts: readonly BrowserVerdict[]): string {
  const changed = verdicts.filter(({ expected, received }) => expected !== received);
  const [first] = changed;
  if (first === undefined) return verdicts.length === 0 ? '' : 'Browsers decide as by the file.';
  const same = changed.filter(({ received }) => received === first.received);
  const names = same.map(({ browser }) => browser).join(', ');
  return first.received === 'allowed'
    ? `A page gets the response now, which it must not: ${names}.`
    : `Pages are blocked now: ${names}.`;
}
