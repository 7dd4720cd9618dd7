import { ORIGIN } from './policy.mjs';

/**
 * @typedef {object} Work
 * @property {string} method
 * @property {string | ((index: number) => string)} path a function where each request has another
 * @property {Record<string, string>} headers
 */

/**
 * A preflight with the headers that the Fetch standard gives it, and no others.
 *
 * @type {Work}
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export const PREFLIGHT = {
  method: 'OPTIONS',
  path: '/orders/42',
  headers: {
    Accept: '*/*',
    'Access-Control-Request-Method': 'PUT',
    'Access-Control-Request-Headers': 'authorization,content-type',
    Origin: ORIGIN,
  },
};

/** Another target each time, all of one length. @type {Work} */
export const PREFLIGHT_NEW = { ...PREFLIGHT, path: (index) => `/orders/${10_000_000 + index}` };

/** @type {Work} */
export const GET = {
  method: 'GET',
  path: '/orders/42',
  headers: { Accept: '*/*', Origin: ORIGIN },
};

/** A route with `@Cors({ exposedHeaders })`. @type {Work} */
export const GET_DECORATED = { ...GET, path: '/reports/42' };

/** @type {Work} */
export const GET_WITHOUT_ORIGIN = { ...GET, headers: { Accept: '*/*' } };

/** @type {Work} */
export const GET_REFUSED = { ...GET, headers: { Accept: '*/*', Origin: 'https://evil.example' } };
