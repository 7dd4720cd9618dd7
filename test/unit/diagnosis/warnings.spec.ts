import type { ReceivedResponse } from '../../../lib/browser/index.js';
import type { CheckArguments } from '../../../lib/cli/read-arguments.js';
import { check } from '../../../lib/diagnosis/check.js';
import { response } from '../browser/network.js';
import { checkArguments, PAGE } from './check-arguments.js';
import { fakeServer, type ServerRequest } from './fake-server.js';

type Answer = (request: ServerRequest) => ReceivedResponse | null;

const STRANGER = 'https://nestjs-cors-check.invalid';
const MISSING = '/orders/nestjs-cors-check-no-such-path';

async function warningsOf(answer: Answer, over: Partial<CheckArguments> = {}) {
  const { send, seen } = fakeServer(answer);
  const { warnings } = await check(checkArguments(over), send);
  return { warnings, seen, ids: warnings.map(({ id, level }) => `${level} ${id}`) };
}

const allow = (origin: string | null, more: Record<string, string | string[]> = {}) =>
  response(200, origin === null ? more : { 'access-control-allow-origin': origin, ...more });

/** A server as it should be: answers the page alone, everywhere. */
const right: Answer = ({ method, origin, path }) => {
  const headers: Record<string, string> = { vary: 'Origin' };
  if (origin !== PAGE) return response(method === 'OPTIONS' ? 403 : 200, headers);
  headers['access-control-allow-origin'] = PAGE;
  if (method !== 'OPTIONS') return response(path === MISSING ? 404 : 200, headers);
  headers['access-control-allow-methods'] = 'GET, PUT';
  headers['access-control-max-age'] = '600';
  return response(204, headers);
};

describe('probes', () => {
  it('are of every kind for a request that changes nothing', async () => {
    const { seen, warnings } = await warningsOf(right);
    const path = '/orders/1';
    expect(seen).toEqual([
      { method: 'GET', path, origin: PAGE },
      { method: 'OPTIONS', path, origin: PAGE },
      { method: 'OPTIONS', path, origin: STRANGER },
      { method: 'OPTIONS', path, origin: 'null' },
      { method: 'GET', path, origin: STRANGER },
      { method: 'GET', path, origin: 'null' },
      { method: 'GET', path, origin: null },
      { method: 'GET', path: MISSING, origin: PAGE },
    ]);
    expect(warnings).toEqual([]);
  });

  it('never repeat a request that may change something', async () => {
    const { seen, warnings } = await warningsOf(right, { method: 'PUT' });
    const path = '/orders/1';
    expect(seen).toEqual([
      { method: 'OPTIONS', path, origin: PAGE },
      { method: 'PUT', path, origin: PAGE },
      { method: 'OPTIONS', path, origin: STRANGER },
      { method: 'OPTIONS', path, origin: 'null' },
      { method: 'GET', path: MISSING, origin: PAGE },
    ]);
    expect(warnings).toEqual([]);
  });

  it('are not sent to a server that does not respond, nor for same-origin requests', async () => {
    expect((await warningsOf(() => null)).seen).toHaveLength(1);
    const same = await warningsOf(right, { url: `${PAGE}/x`, method: 'POST' });
    expect(same.seen).toHaveLength(1);
  });

  it('go where redirects lead, and may fail', async () => {
    const { seen, warnings } = await warningsOf((one) => {
      if (one.path === '/orders/1') {
        return response(302, { 'access-control-allow-origin': PAGE, location: '/new/1' });
      }
      return one.origin === PAGE && one.method === 'GET' ? right(one) : null;
    });
    expect(seen.slice(1).every(({ path }) => path.startsWith('/new/'))).toBe(true);
    expect(warnings).toEqual([]);
  });
});

describe('warnings', () => {
  it('of an origin that is reflected, with credentials', async () => {
    const { warnings } = await warningsOf(({ origin }) =>
      allow(origin, { vary: 'origin', 'access-control-allow-credentials': 'true' }),
    );
    expect(warnings).toEqual([
      {
        id: 'ORIGIN_REFLECTED',
        level: 'warning',
        sentence:
          'Every origin is allowed, with credentials: a made-up one came back in Access-Control-Allow-Origin. Any site can read what is private to its visitors: list the origins in `origin`.',
      },
    ]);
  });

  it('of an origin that is reflected in responses to preflights alone', async () => {
    const { ids } = await warningsOf((one) =>
      one.method === 'OPTIONS'
        ? allow(one.origin, { 'access-control-allow-methods': 'PUT' })
        : right(one),
    );
    expect(ids).toEqual(['note ORIGIN_REFLECTED']);
  });

  it('of `null`, which every page can be', async () => {
    const nullToo =
      (more: Record<string, string>): Answer =>
      (one) =>
        one.origin === 'null' ? allow('null', { ...more, vary: 'Origin' }) : right(one);
    expect((await warningsOf(nullToo({}))).warnings).toEqual([
      {
        id: 'NULL_ORIGIN_ALLOWED',
        level: 'warning',
        sentence: 'The origin `null` is allowed: any page can get it with a sandboxed frame.',
      },
    ]);
    const { warnings } = await warningsOf(nullToo({ 'access-control-allow-credentials': 'true' }));
    expect(warnings.map(({ sentence }) => sentence)).toEqual([
      'The origin `null` is allowed: any page can get it with a sandboxed frame, and read what is private to its visitors.',
    ]);
  });

  it('of `*` with credentials, once', async () => {
    const star: Answer = () => allow('*', { 'access-control-allow-credentials': 'true' });
    expect((await warningsOf(star)).ids).toEqual(['warning WILDCARD_WITH_CREDENTIALS']);
    // The verdict says it already.
    expect((await warningsOf(star, { credentials: true })).ids).toEqual([]);
    const preflights: Answer = (one) =>
      one.method === 'OPTIONS'
        ? allow('*', { 'access-control-allow-credentials': 'true' })
        : allow('*');
    expect((await warningsOf(preflights)).ids).toEqual(['warning WILDCARD_WITH_CREDENTIALS']);
  });

  it.each<[string, Answer, string | null]>([
    ['every response', ({ origin }) => allow(origin === PAGE ? PAGE : null), 'every response'],
    [
      'some answers',
      ({ origin }) => (origin === PAGE ? allow(PAGE, { vary: 'accept, ORIGIN' }) : response(200)),
      'the response to another origin, to the origin `null`, to a request without `Origin`',
    ],
    [
      'answers without Origin',
      ({ origin }) =>
        origin === null ? response(200) : right({ method: 'GET', path: '', origin }),
      'the response to a request without `Origin`',
    ],
    ['none, as of one origin for all', () => allow(PAGE), null],
    ['none: `Vary: *`', ({ origin }) => allow(origin === PAGE ? PAGE : null, { vary: '*' }), null],
  ])('of Vary that is missing from %s', async (_, answer, where) => {
    const { warnings } = await warningsOf(answer);
    const vary = warnings.filter(({ id }) => id === 'VARY_ORIGIN_MISSING');
    expect(vary.map(({ sentence }) => sentence)).toEqual(
      where === null
        ? []
        : [
            `Access-Control-Allow-Origin depends on who asks, but \`Vary: Origin\` is missing from ${where}: a cache may give one page the copy of another page, which the browser blocks.`,
          ],
    );
  });

  it('of Vary by a guess, where requests cannot be repeated', async () => {
    const { ids } = await warningsOf((one) => (one.method === 'PUT' ? allow(PAGE) : right(one)), {
      method: 'PUT',
    });
    expect(ids).toEqual(['warning VARY_ORIGIN_MISSING']);
  });

  it('of headers that are sent twice', async () => {
    const { warnings } = await warningsOf(
      (one) =>
        one.method === 'OPTIONS'
          ? response(204, {
              'access-control-allow-origin': PAGE,
              'access-control-allow-methods': ['PUT', 'GET'],
              'access-control-max-age': ['60', '600\u001b'],
            })
          : right(one),
      { method: 'PUT' },
    );
    expect(warnings.filter(({ id }) => id === 'DUPLICATE_HEADER')).toEqual([
      {
        id: 'DUPLICATE_HEADER',
        level: 'warning',
        sentence:
          'Access-Control-Max-Age is sent in 2 lines (`60`, `600\\u001B`): two layers, such as a proxy and the application, both add CORS headers. Let only one of them do it.',
      },
    ]);
    // The verdict says it already.
    const { ids } = await warningsOf(() =>
      response(200, { 'access-control-allow-origin': [PAGE, PAGE] }),
    );
    expect(ids).toEqual([]);
  });

  it('of error responses without headers', async () => {
    const { warnings } = await warningsOf((one) =>
      one.path === MISSING ? response(404) : right(one),
    );
    expect(warnings).toEqual([
      {
        id: 'ERROR_WITHOUT_CORS',
        level: 'warning',
        sentence:
          'The response for a path that does not exist (status 404) has no Access-Control-Allow-Origin: pages see a CORS error instead of the status. Put CORS before routing and error handling.',
      },
    ]);
    // A path that exists is not an error.
    const exists = await warningsOf((one) => (one.path === MISSING ? response(200) : right(one)));
    expect(exists.ids).toEqual([]);
  });

  it.each([401, 403, 407])('of OPTIONS that is answered with %i', async (status) => {
    const { warnings } = await warningsOf((one) =>
      one.method === 'OPTIONS' ? response(status) : right(one),
    );
    expect(warnings).toEqual([
      {
        id: 'OPTIONS_REFUSED',
        level: 'warning',
        sentence: `OPTIONS is answered with status ${status}, probably by authentication that comes before CORS: every request that needs a preflight will be blocked.`,
      },
    ]);
  });

  it('of OPTIONS that is redirected, but not of OPTIONS that nobody handles', async () => {
    const options =
      (status: number): Answer =>
      (one) =>
        one.method === 'OPTIONS' ? response(status, { location: '/' }) : right(one);
    expect((await warningsOf(options(308))).warnings).toEqual([
      {
        id: 'OPTIONS_REDIRECTED',
        level: 'warning',
        sentence:
          'OPTIONS is redirected (status 308): every request that needs a preflight will be blocked.',
      },
    ]);
    expect((await warningsOf(options(404))).ids).toEqual([]);
  });

  it('of the 404 of Nest to OPTIONS, known by its length, unless a CORS layer has written to it', async () => {
    const answer = (headers: Record<string, string>): Answer => {
      const body = '{"message":"Cannot OPTIONS /orders/1","error":"Not Found","statusCode":404}';
      const type = { 'content-type': 'application/json; charset=utf-8' };
      const length = { 'content-length': String(body.length) };
      return (one) =>
        one.method === 'OPTIONS' ? response(404, { ...type, ...length, ...headers }) : right(one);
    };
    const cases = [{}, { 'access-control-allow-origin': PAGE }, { 'content-length': '5' }];
    const ids = await Promise.all(cases.map(async (one) => (await warningsOf(answer(one))).ids));
    expect(ids).toEqual([
      ['warning NEST_WITHOUT_CORS'],
      expect.not.arrayContaining(['warning NEST_WITHOUT_CORS']),
      [],
    ]);
  });

  it('come before notes', async () => {
    const { ids } = await warningsOf(
      (one) =>
        one.method === 'OPTIONS'
          ? allow(PAGE, { 'access-control-allow-methods': 'PUT', 'access-control-max-age': '7201' })
          : allow(one.origin === null ? null : PAGE, { 'x-total': '1' }),
      { method: 'PUT', headers: [['cookie', 'a=b']] },
    );
    expect(ids).toEqual([
      'warning VARY_ORIGIN_MISSING',
      'note HEADER_DROPPED',
      'note MAX_AGE_CAPPED',
      'note HEADERS_NOT_EXPOSED',
    ]);
  });
});

describe('a response header that the page sends', () => {
  const headers = [['Access-Control-Allow-Origin', '*']] as const;

  it('is warned of where something else is refused first, and no server is to allow it', async () => {
    const { send } = fakeServer(() => response(200));
    const { change, warnings } = await check(checkArguments({ headers, server: 'nginx' }), send);
    expect(warnings).toContainEqual({
      id: 'RESPONSE_HEADER_SENT',
      level: 'warning',
      sentence:
        'The page sends `access-control-allow-origin`, which is a response header: remove it from the request in the page, or it is refused next. Only the server sends it.',
    });
    expect(change?.code.join('\n')).not.toContain('access-control-allow-origin,');
    expect(change?.code.join('\n')).toContain('content-type, authorization"');
  });

  it('is the cause where it is refused itself', async () => {
    const { send } = fakeServer(() => response(204, { 'access-control-allow-origin': '*' }));
    const { simulation, warnings } = await check(checkArguments({ headers }), send);
    expect(simulation.failedCheck).toBe('HEADER');
    expect(warnings.map(({ id }) => id)).not.toContain('RESPONSE_HEADER_SENT');
  });
});
