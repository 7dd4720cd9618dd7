import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type HeaderLines,
  type ReceivedResponse,
  type SentRequest,
  simulate,
} from '../../lib/browser/index.js';
import { BROWSER_NAMES } from '../../lib/browser/simulation.js';

/** A header value that is an array stands for separate lines. */
type Headers = Readonly<Record<string, string | readonly string[]>>;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
}

interface Row {
  readonly id: string;
  readonly requestOrigin: string;
  readonly requestUrl: string;
  readonly method: string;
  readonly headers: Headers;
  readonly credentials: boolean;
  readonly preflightExpected: boolean;
  readonly preflightResponse: Answer | null;
  readonly actualResponse: Answer | null;
  readonly expect: 'allowed' | 'blocked';
  readonly blockedAt: 'preflight' | 'response' | null;
}

interface RedirectRow extends Pick<
  Row,
  'id' | 'requestOrigin' | 'method' | 'headers' | 'credentials' | 'expect'
> {
  readonly hops: readonly {
    readonly url: string;
    readonly preflightResponse: Answer | null;
    readonly response: Answer | null;
  }[];
  readonly finalOriginHeader: string | null;
}

interface ExposeRow extends Pick<Row, 'id' | 'requestOrigin' | 'requestUrl' | 'credentials'> {
  readonly responseHeaders: Headers;
  readonly header: string;
  readonly exposed: boolean;
}

function rowsOf<T>(file: string): readonly T[] {
  const here = dirname(expect.getState().testPath ?? '');
  return JSON.parse(readFileSync(join(here, '..', 'cases', file), 'utf8'));
}

function received({ status, headers }: Answer): ReceivedResponse {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((line) => [name, line] as const),
  );
  return { status, headers: lines };
}

function isPreflight({ method, headers }: SentRequest): boolean {
  return method === 'OPTIONS' && valueOf(headers, 'Access-Control-Request-Method') !== null;
}

function valueOf(headers: HeaderLines, name: string): string | null {
  return headers.find(([other]) => other === name)?.[1] ?? null;
}

/** A request that a row has no response for must never be sent. */
function network(answer: (request: SentRequest) => Answer | null | undefined) {
  const sent: SentRequest[] = [];
  const unexpected: string[] = [];
  const send = (request: SentRequest): Promise<ReceivedResponse> => {
    sent.push(request);
    const found = answer(request) ?? null;
    if (found !== null) return Promise.resolve(received(found));
    unexpected.push(`${request.method} ${request.url}`);
    return Promise.reject(new Error('there is no such answer'));
  };
  return { send, sent, unexpected };
}

describe.each(['wpt-cases.json', 'spec-cases.json'])('%s', (file) => {
  const rows = rowsOf<Row>(file);

  it.each(rows)('$id', async (row) => {
    for (const browser of BROWSER_NAMES) {
      const { send, sent, unexpected } = network((request) =>
        isPreflight(request) ? row.preflightResponse : row.actualResponse,
      );
      // oxlint-disable-next-line no-await-in-loop
      const { verdict, blockedAt } = await simulate({
        pageOrigin: row.requestOrigin,
        url: row.requestUrl,
        method: row.method,
        headers: row.headers,
        credentials: row.credentials,
        browser,
        send,
      });
      expect({
        browser,
        verdict,
        blockedAt,
        preflight: sent.some(isPreflight),
        unexpected,
      }).toEqual({
        browser,
        verdict: row.expect,
        blockedAt: row.blockedAt,
        preflight: row.preflightExpected,
        unexpected: [],
      });
    }
  });
});

describe('wpt-redirect-cases.json', () => {
  const rows = rowsOf<RedirectRow>('wpt-redirect-cases.json');

  it.each(rows)('$id', async (row) => {
    for (const browser of BROWSER_NAMES) {
      const hops = new Map(row.hops.map((hop) => [new URL(hop.url).href, hop]));
      const { send, sent, unexpected } = network((request) => {
        const hop = hops.get(request.url);
        return isPreflight(request) ? hop?.preflightResponse : hop?.response;
      });
      // oxlint-disable-next-line no-await-in-loop
      const { verdict } = await simulate({
        pageOrigin: row.requestOrigin,
        url: row.hops[0]?.url ?? '',
        method: row.method,
        headers: row.headers,
        credentials: row.credentials,
        browser,
        send,
      });
      expect({ browser, verdict, unexpected }).toEqual({
        browser,
        verdict: row.expect,
        unexpected: [],
      });
      if (row.finalOriginHeader !== null) {
        // oxlint-disable-next-line jest/no-conditional-expect
        expect(valueOf(sent.at(-1)?.headers ?? [], 'Origin')).toBe(row.finalOriginHeader);
      }
    }
  });
});

describe('wpt-expose-cases.json', () => {
  const rows = rowsOf<ExposeRow>('wpt-expose-cases.json');

  it.each(rows)('$id', async (row) => {
    const { send } = network(() => ({ status: 200, headers: row.responseHeaders }));
    const { verdict, exposed } = await simulate({
      pageOrigin: row.requestOrigin,
      url: row.requestUrl,
      credentials: row.credentials,
      send,
    });
    expect(verdict).toBe('allowed');
    expect(exposed.includes(row.header.toLowerCase())).toBe(row.exposed);
  });
});
