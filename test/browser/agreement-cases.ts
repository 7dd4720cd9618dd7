import type { AgreementCase, Hop, Place, ScriptedAnswer } from './agreement-case.js';

type Fetch = AgreementCase['fetch'];
type Headers = ScriptedAnswer['headers'];
type Choices<T> = Readonly<Record<string, T>>;

const ACAO = 'Access-Control-Allow-Origin';
const ACAC = 'Access-Control-Allow-Credentials';
const ACAM = 'Access-Control-Allow-Methods';
const ACAH = 'Access-Control-Allow-Headers';
const ACEH = 'Access-Control-Expose-Headers';

/** Values of Access-Control-Allow-Origin; null: no such header. */
const ORIGINS: Choices<string | readonly string[] | null> = {
  none: null,
  star: '*',
  page: '{page}',
  padded: ' \t{page}  ',
  'padded star': ' *  ',
  slash: '{page}/',
  'upper case': '{PAGE}',
  api: '{api}',
  null: 'null',
  Null: 'Null',
  empty: '',
  'no scheme': 'app.example.com',
  true: 'true',
  pattern: 'http://*',
  list: '{page}, {other}',
  'list with spaces': '{page} {other}',
  'star and page': '*, {page}',
  'two equal lines': ['{page}', '{page}'],
  'star twice': ['*', '*'],
  'with an empty line': ['', '{page}'],
};

/** Values of Access-Control-Allow-Credentials. */
const CREDENTIALS: Choices<string | readonly string[] | null> = {
  none: null,
  true: 'true',
  True: 'True',
  false: 'false',
  1: '1',
  padded: ' true ',
  twice: ['true', 'true'],
};

const METHOD_LISTS: Choices<string | readonly string[] | null> = {
  none: null,
  empty: '',
  star: '*',
  PUT: 'PUT',
  put: 'put',
  'several in lines': ['GET, PUT', 'PATCH,Foo'],
  'empty members': ' ,PATCH,\t, QUERY ,',
  'no comma': 'PUT PATCH',
  quoted: '"PUT"',
  semicolon: 'PUT; PATCH',
};

const METHODS = ['GET', 'put', 'PUT', 'PATCH', 'patch', 'DELETE', 'QUERY', 'Foo'];

const HEADER_LISTS: Choices<string | readonly string[] | null> = {
  none: null,
  empty: '',
  star: '*',
  'x-a': 'x-a',
  'upper case': 'X-A, X-B, CONTENT-TYPE',
  'in lines': ['x-a', ',,x-b,authorization'],
  'star and authorization': '*, Authorization',
  'no comma': 'x-a x-b',
  slash: 'x-a, x/b',
};

const REQUEST_HEADERS: Choices<readonly (readonly [string, string])[]> = {
  'X-A': [['X-A', '1']],
  'x-b and X-a': [
    ['x-b', '1'],
    ['X-a', '1'],
  ],
  json: [['Content-Type', 'application/json']],
  text: [['Content-Type', 'text/plain;charset=UTF-8']],
  'odd text': [['content-type', 'text/plain; a="(b)"']],
  authorization: [['Authorization', 'Bearer x']],
  'authorization and x-a': [
    ['x-a', '1'],
    ['Authorization', 'Bearer x'],
  ],
};

/** Headers that are safelisted, or not, by their value. */
const VALUES: readonly (readonly [string, string])[] = [
  ['accept', 'application/json'],
  ['accept', 'a"b'],
  ['accept', 'a:b'],
  ['accept', 'x'.repeat(128)],
  ['accept', 'x'.repeat(129)],
  ['accept-language', 'en-GB, en;q=0.5, *'],
  ['accept-language', 'en_GB'],
  ['content-language', 'de'],
  ['content-language', 'de@latin'],
  ['content-type', 'multipart/form-data; boundary=x'],
  ['content-type', 'application/x-www-form-urlencoded'],
  ['content-type', 'TEXT/PLAIN'],
  ['content-type', 'text/html'],
  ['content-type', 'text/plain, text/plain'],
  ['content-type', 'text'],
  ['range', 'bytes=0-99'],
  ['range', 'bytes=5-'],
  ['range', 'bytes=-5'],
  ['range', 'bytes=9-1'],
  ['range', 'bytes=0-1,3-4'],
  ['range', 'bytes= 0-1'],
  ['dpr', '2'],
  ['save-data', 'on'],
  ['last-event-id', '7'],
  ['user-agent', 'x'],
  ['x-empty', ''],
];

const STATUSES = [200, 201, 204, 206, 299, 300, 304, 400, 401, 403, 404, 405, 418, 500, 503];

/** Everything allowed, to the page. */
const OPEN: Headers = { [ACAO]: '{page}', [ACAC]: 'true' };
const OPEN_PREFLIGHT: Headers = {
  ...OPEN,
  [ACAM]: 'PUT, PATCH, DELETE, QUERY, patch, Foo',
  [ACAH]: 'x-a, x-b, content-type, authorization, range, accept',
};

function answer(status: number, headers: Choices<string | readonly string[] | null>) {
  const entries = Object.entries(headers).filter(([, value]) => value !== null);
  return { status, headers: Object.fromEntries(entries) as Headers };
}

function hop(at: Place, over: Partial<Hop> = {}): Hop {
  return { at, preflight: answer(204, OPEN_PREFLIGHT), answer: answer(200, OPEN), ...over };
}

/** The generated cases. The same every time: a case that fails must fail again. */
export function agreementCases(): readonly AgreementCase[] {
  return [
    ...corsChecks(),
    ...preflightStatuses(),
    ...methodLists(),
    ...headerLists(),
    ...headerValues(),
    ...exposure(),
    ...redirects(),
    ...modes(),
    ...caching(),
    ...mixtures(300),
  ];
}

function* corsChecks(): Generator<AgreementCase> {
  for (const [origin, acao] of Object.entries(ORIGINS)) {
    yield {
      title: `GET, origin ${origin}`,
      fetch: {},
      hops: [hop('api', { answer: answer(200, { [ACAO]: acao }) })],
    };
    yield {
      title: `PUT, preflight with origin ${origin}`,
      fetch: { method: 'PUT' },
      hops: [hop('api', { preflight: answer(200, { [ACAO]: acao, [ACAM]: 'PUT' }) })],
    };
    for (const [credentials, acac] of Object.entries(CREDENTIALS)) {
      yield {
        title: `GET with credentials, origin ${origin}, credentials ${credentials}`,
        fetch: { credentials: 'include' },
        hops: [hop('api', { answer: answer(200, { [ACAO]: acao, [ACAC]: acac }) })],
      };
    }
  }
}

function* preflightStatuses(): Generator<AgreementCase> {
  for (const status of STATUSES) {
    for (const [shared, headers] of [
      ['shared', OPEN_PREFLIGHT],
      ['not shared', {}],
    ] as const) {
      yield {
        title: `preflight with status ${status}, ${shared}`,
        fetch: { method: 'PUT' },
        hops: [hop('api', { preflight: answer(status, headers) })],
      };
    }
    yield {
      title: `response with status ${status}`,
      fetch: {},
      hops: [hop('api', { answer: answer(status, OPEN) })],
    };
  }
  for (const status of [301, 302, 303, 307, 308]) {
    for (const location of ['{next}', null]) {
      yield {
        title: `preflight redirected with ${status}, location ${location}`,
        fetch: { method: 'PUT' },
        hops: [
          hop('api', { preflight: answer(status, { ...OPEN_PREFLIGHT, Location: location }) }),
          hop('api'),
        ],
      };
    }
  }
}

function* methodLists(): Generator<AgreementCase> {
  for (const method of METHODS) {
    for (const [list, acam] of Object.entries(METHOD_LISTS)) {
      for (const credentials of ['omit', 'include'] as const) {
        yield {
          title: `${method}, credentials ${credentials}, methods ${list}`,
          // A header, so that GET is preceded by a CORS-preflight request too.
          fetch: { method, credentials, headers: [['x-a', '1']] },
          hops: [hop('api', { preflight: answer(204, { ...OPEN, [ACAM]: acam, [ACAH]: 'x-a' }) })],
        };
      }
    }
  }
}

function* headerLists(): Generator<AgreementCase> {
  for (const [sent, headers] of Object.entries(REQUEST_HEADERS)) {
    for (const [list, acah] of Object.entries(HEADER_LISTS)) {
      for (const credentials of ['same-origin', 'include'] as const) {
        yield {
          title: `${sent}, credentials ${credentials}, headers ${list}`,
          fetch: { method: 'POST', credentials, headers },
          hops: [hop('api', { preflight: answer(204, { ...OPEN, [ACAH]: acah }) })],
        };
      }
    }
  }
}

function* headerValues(): Generator<AgreementCase> {
  for (const [name, value] of VALUES) {
    yield {
      title: `${name}: ${value.slice(0, 20)}${value.length > 20 ? value.length : ''}`,
      fetch: { headers: [[name, value]] },
      hops: [hop('api', { preflight: answer(204, OPEN) })],
    };
  }
  for (const length of [100, 128]) {
    const headers = ['accept', 'accept-language', 'content-language', 'content-type'].map(
      (name) => [name, name === 'content-type' ? 'text/plain' : 'a'.repeat(length)] as const,
    );
    yield {
      title: `safelisted headers of ${length} bytes`,
      fetch: { headers },
      hops: [hop('api', { preflight: answer(204, OPEN) })],
    };
  }
}

function* exposure(): Generator<AgreementCase> {
  const lists = [null, '*', 'X-One', 'x-one, X-TWO', 'x-one x-two', 'set-cookie, x-one', '*, x-one'];
  for (const list of lists) {
    for (const credentials of ['omit', 'include'] as const) {
      yield {
        title: `credentials ${credentials}, exposed ${list}`,
        fetch: { credentials },
        hops: [
          hop('api', {
            answer: answer(200, {
              ...OPEN,
              [ACEH]: list,
              'X-One': '1',
              'X-Two': '2',
              Pragma: 'x',
              ETag: '"3"',
              'Content-Type': 'text/plain',
              'Last-Modified': 'Mon, 01 Jan 2024 00:00:00 GMT',
              'Set-Cookie': 'a=b',
            }),
          }),
        ],
      };
    }
  }
}

function* redirects(): Generator<AgreementCase> {
  const origins = { page: '{page}', star: '*', null: 'null', none: null } as const;
  const chains: readonly (readonly Place[])[] = [
    ['page', 'page'],
    ['page', 'api'],
    ['api', 'page'],
    ['api', 'api'],
    ['api', 'other'],
    ['page', 'api', 'page'],
    ['page', 'api', 'other'],
    ['api', 'api', 'other'],
  ];
  for (const chain of chains) {
    for (const [first, acao] of Object.entries(origins)) {
      for (const [last, lastAcao] of Object.entries(origins)) {
        for (const method of ['GET', 'PUT']) {
          const headers = { [ACAO]: acao, [ACAM]: 'PUT', [ACAH]: 'authorization' };
          const end = { [ACAO]: lastAcao, [ACAM]: 'PUT', [ACAH]: 'authorization' };
          yield {
            title: `${method} ${chain.join(' to ')}, origin ${first}, at the end ${last}`,
            fetch: { method, ...(method === 'PUT' && { headers: [['Authorization', 'x']] }) },
            hops: chain.map((at, index) =>
              index === chain.length - 1
                ? hop(at, { preflight: answer(204, end), answer: answer(200, end) })
                : hop(at, {
                    preflight: answer(204, headers),
                    answer: answer(307, { ...headers, Location: '{next}' }),
                  }),
            ),
          };
        }
      }
    }
  }
  for (const status of [300, 301, 302, 303, 304, 307, 308]) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'HEAD']) {
      const headers = [['Content-Type', 'application/json']] as const;
      yield {
        title: `${method} redirected with ${status}`,
        fetch: { method, headers },
        hops: [hop('api', { answer: answer(status, { ...OPEN, Location: '{next}' }) }), hop('api')],
      };
    }
  }
  const locations = ['http://u:p@{nextHost}', 'http://@{nextHost}', 'data:,x', 'ftp://x.test/', 'http://[', ''];
  for (const at of ['page', 'api'] as const) {
    for (const location of [...locations, null, ['{next}', '{next}']]) {
      yield {
        title: `${at} redirects to ${String(location)}`,
        fetch: {},
        hops: [hop(at, { answer: answer(302, { ...OPEN, Location: location }) }), hop('api')],
      };
    }
  }
  for (const count of [20, 21]) {
    yield {
      title: `${count} redirects`,
      fetch: {},
      hops: Array.from({ length: count + 1 }, (_, index) =>
        hop('api', {
          answer: answer(index < count ? 302 : 200, { ...OPEN, Location: index < count ? '{next}' : null }),
        }),
      ),
    };
  }
}

function* modes(): Generator<AgreementCase> {
  for (const at of ['page', 'api'] as const) {
    for (const mode of ['cors', 'no-cors', 'same-origin'] as const) {
      for (const redirect of ['follow', 'error', 'manual'] as const) {
        for (const status of [200, 302]) {
          yield {
            title: `${at}, mode ${mode}, redirect ${redirect}, status ${status}`,
            fetch: { mode, redirect },
            hops: [
              hop(at, {
                answer: answer(status, { ...OPEN, Location: status === 302 ? '{next}' : null }),
              }),
              hop('api'),
            ],
          };
        }
      }
    }
  }
  for (const method of ['TRACE', 'connect', 'Track', 'GET, PUT', 'POST', 'OPTIONS']) {
    yield { title: `method ${method}`, fetch: { method }, hops: [hop('api')] };
    yield { title: `no-cors, method ${method}`, fetch: { method, mode: 'no-cors' }, hops: [hop('api')] };
  }
  for (const name of ['Cookie', 'Sec-X', 'proxy-x', 'X-HTTP-Method', 'Origin', 'Date', 'bad name']) {
    yield { title: `header ${name}`, fetch: { headers: [[name, 'TRACE']] }, hops: [hop('api')] };
  }
}

function* caching(): Generator<AgreementCase> {
  for (const age of [null, '0', '-1', '600', '99999', 'x', '600.5', '1e3', '+5', ' 600 ', '']) {
    for (const [lists, acam, acah] of [
      ['names', 'PUT', 'x-a'],
      ['stars', '*', '*'],
    ]) {
      yield {
        title: `two calls, max-age ${age}, ${lists}`,
        fetch: { method: 'PUT', headers: [['x-a', '1']] },
        calls: 2,
        hops: [
          hop('api', {
            preflight: answer(204, {
              ...OPEN,
              [ACAM]: acam ?? '',
              [ACAH]: acah ?? '',
              'Access-Control-Max-Age': age,
            }),
          }),
        ],
      };
    }
  }
}

/** Everything with everything, drawn by a generator with a fixed seed. */
function* mixtures(count: number): Generator<AgreementCase> {
  const random = mulberry32(20_260_101);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const one = <T>(choices: Choices<T>): readonly [string, T] => pick(Object.entries(choices));
  const mostly = <T>(value: T, choices: Choices<T>): T => (random() < 0.6 ? value : one(choices)[1]);
  for (let index = 0; index < count; index += 1) {
    const preflight = () =>
      answer(random() < 0.8 ? 204 : pick(STATUSES), {
        [ACAO]: mostly('{page}' as string | readonly string[] | null, ORIGINS),
        [ACAC]: mostly('true' as string | readonly string[] | null, CREDENTIALS),
        [ACAM]: mostly('PUT, DELETE' as string | readonly string[] | null, METHOD_LISTS),
        [ACAH]: mostly('x-a, x-b, content-type' as string | readonly string[] | null, HEADER_LISTS),
      });
    const response = (location: string | null) =>
      answer(location === null ? pick(STATUSES) : pick([301, 302, 303, 307, 308]), {
        [ACAO]: mostly('{page}' as string | readonly string[] | null, ORIGINS),
        [ACAC]: mostly('true' as string | readonly string[] | null, CREDENTIALS),
        Location: location,
      });
    const length = pick([1, 1, 2, 3]);
    const [, headers] = one<readonly (readonly [string, string])[]>({ none: [], ...REQUEST_HEADERS });
    const fetch: Fetch = {
      method: pick(['GET', 'POST', 'PUT', 'DELETE']),
      credentials: pick(['omit', 'same-origin', 'include']),
      headers,
    };
    yield {
      title: `mixture ${index}`,
      fetch,
      hops: Array.from({ length }, (_, position) => ({
        at: pick<Place>(['api', 'api', 'page', 'other']),
        preflight: preflight(),
        answer: response(position === length - 1 ? null : '{next}'),
      })),
    };
  }
}

/** A small generator of numbers that look random. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
