/** The page's origin, which `.env` allows. */
export const PAGE = 'http://localhost:3001';
/** The same page, on an origin that `.env` does not allow. */
export const STRANGER = 'http://127.0.0.1:3001';

/** The status and every CORS header of a response. */
export type Expected = readonly [status: number, cors: Readonly<Record<string, string>>];

/** A request to the sample, and the response for each sender. */
export interface Exchange {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly toPage: Expected;
  readonly toStranger: Expected;
  readonly withoutOrigin: Expected;
}

const VARY = { vary: 'Origin' };
const NAMED = {
  'access-control-allow-origin': PAGE,
  'access-control-allow-credentials': 'true',
  ...VARY,
};
const ANY = { 'access-control-allow-origin': '*' };
const JSON_BODY = { 'content-type': 'application/json' };
const SIGNED_IN = { authorization: 'Bearer any' };

/** Under the global policy, or one with its origins. */
const byOrigin = (status: number, toPageOnly: Record<string, string> = {}) => ({
  toPage: [status, { ...NAMED, ...toPageOnly }] as const,
  toStranger: [status, VARY] as const,
  withoutOrigin: [status, VARY] as const,
});

const alike = (status: number, cors: Record<string, string>) => ({
  toPage: [status, cors] as const,
  toStranger: [status, cors] as const,
  withoutOrigin: [status, cors] as const,
});

/** What every route of the sample sends. */
export const RESPONSES: readonly Exchange[] = [
  { what: 'the global policy', method: 'GET', path: '/orders', ...byOrigin(200) },
  {
    what: 'the global policy, with a body',
    method: 'POST',
    path: '/orders',
    headers: JSON_BODY,
    body: '{"item":"cocoa"}',
    ...byOrigin(201),
  },
  {
    what: 'a policy of the method',
    method: 'PUT',
    path: '/orders/1',
    headers: JSON_BODY,
    body: '{"item":"green tea"}',
    ...byOrigin(200, { 'access-control-expose-headers': 'x-order-version' }),
  },
  {
    what: 'an exception of the handler',
    method: 'PUT',
    path: '/orders/99',
    headers: JSON_BODY,
    body: '{"item":"green tea"}',
    ...byOrigin(404, { 'access-control-expose-headers': 'x-order-version' }),
  },
  { what: 'any origin', method: 'GET', path: '/orders/feed', ...alike(200, ANY) },
  { what: 'no CORS', method: 'POST', path: '/orders/hook', ...alike(202, {}) },
  { what: 'the 401 of a guard', method: 'GET', path: '/admin/report', ...byOrigin(401) },
  {
    what: 'past the guard',
    method: 'GET',
    path: '/admin/report',
    headers: SIGNED_IN,
    ...byOrigin(200),
  },
  { what: 'no route', method: 'GET', path: '/nowhere', ...byOrigin(404) },
  {
    what: 'a body that is not JSON',
    method: 'POST',
    path: '/orders',
    headers: JSON_BODY,
    body: '{',
    ...byOrigin(400),
  },
];

/** A preflight to the sample, and the response for each origin. */
export interface Preflight {
  readonly method: string;
  readonly path: string;
  readonly names?: string;
  readonly toPage: Expected;
  readonly toStranger: Expected;
}

const toPageOnly = (methods: string, names: string | undefined, maxAge: string) => ({
  toPage: [
    204,
    {
      ...NAMED,
      'access-control-allow-methods': methods,
      ...(names !== undefined && { 'access-control-allow-headers': names }),
      'access-control-max-age': maxAge,
    },
  ] as const,
  toStranger: [403, VARY] as const,
});

/** What every route of the sample responds to a preflight. */
export const PREFLIGHTS: readonly Preflight[] = [
  { method: 'GET', path: '/orders', ...toPageOnly('GET, POST', undefined, '600') },
  {
    method: 'POST',
    path: '/orders',
    names: 'content-type',
    ...toPageOnly('GET, POST', 'content-type', '600'),
  },
  {
    method: 'PUT',
    path: '/orders/1',
    names: 'content-type',
    ...toPageOnly('PUT', 'content-type', '60'),
  },
  // The browser itself names the method that is missing.
  { method: 'DELETE', path: '/orders', ...toPageOnly('GET, POST', undefined, '600') },
  {
    method: 'GET',
    path: '/orders/feed',
    names: 'x-anything',
    toPage: [
      204,
      {
        ...ANY,
        'access-control-allow-methods': 'GET',
        'access-control-allow-headers': 'x-anything',
        'access-control-max-age': '600',
      },
    ],
    toStranger: [
      204,
      {
        ...ANY,
        'access-control-allow-methods': 'GET',
        'access-control-allow-headers': 'x-anything',
        'access-control-max-age': '600',
      },
    ],
  },
  {
    method: 'POST',
    path: '/orders/hook',
    names: 'content-type',
    toPage: [403, {}],
    toStranger: [403, {}],
  },
  // The browser itself names the header that is missing.
  {
    method: 'GET',
    path: '/admin/report',
    names: 'authorization,x-debug',
    ...toPageOnly('GET', 'authorization', '600'),
  },
];
