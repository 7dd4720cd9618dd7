import { ORIGIN } from './policy.mjs';

/** @typedef {{ status: number, headers: Record<string, string>, body: string }} Answer */

const PREFLIGHT = {
  'access-control-allow-origin': ORIGIN,
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers': 'authorization,content-type',
  'access-control-max-age': '600',
  vary: 'Origin, Access-Control-Request-Headers',
  'content-length': '0',
};

/** Our preflight response, and the constant one. @type {Answer} */
export const OUR_PREFLIGHT = {
  status: 204,
  headers: {
    'access-control-allow-origin': ORIGIN,
    vary: 'Origin',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, PUT',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
  },
  body: '',
};

/** What `cors` sends, behind `app.enableCors()` and alone. @type {Answer} */
export const EXPRESS_PREFLIGHT = {
  status: 204,
  headers: {
    ...PREFLIGHT,
    'x-powered-by': 'Express',
    'access-control-allow-methods': 'GET,PUT',
    'access-control-expose-headers': 'x-total-count',
  },
  body: '',
};

/** What `@fastify/cors` sends, behind `app.enableCors()` and alone. @type {Answer} */
export const FASTIFY_PREFLIGHT = {
  status: 204,
  headers: {
    ...PREFLIGHT,
    'access-control-allow-methods': 'GET, PUT',
    'access-control-expose-headers': 'x-total-count',
  },
  body: '',
};

/** @type {Answer} */
export const HONO_PREFLIGHT = {
  status: 204,
  headers: {
    'access-control-allow-origin': ORIGIN,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,PUT',
    'access-control-allow-headers': 'authorization,content-type',
    'access-control-expose-headers': 'x-total-count',
    'access-control-max-age': '600',
    vary: 'Origin, Access-Control-Request-Headers',
  },
  body: '',
};

const BODY = JSON.stringify({ id: '42', total: 100 });

/** The route's own response, before anything adds CORS headers. @type {Answer} */
const ANSWER = {
  status: 200,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(BODY.length),
  },
  body: BODY,
};

/** The route's response with what a CORS layer adds. @returns {Answer} */
export function answerOf(platform, headers) {
  return { ...ANSWER, headers: { ...ANSWER.headers, ...OF_PLATFORM[platform], ...headers } };
}

/** What each platform adds to a response on its own. */
const OF_PLATFORM = {
  Express: { 'x-powered-by': 'Express', etag: 'W/"17-lMNLu/ASlosfs3634o0LxJnyCwA"' },
  Fastify: {},
};

export const PLATFORMS = Object.keys(OF_PLATFORM);

/** What every layer adds for an allowed origin. */
export const ALLOWED = {
  'access-control-allow-origin': ORIGIN,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'x-total-count',
  vary: 'Origin',
};

/** What the decorated route exposes. */
export const ALLOWED_DECORATED = { ...ALLOWED, 'access-control-expose-headers': 'x-report-count' };
