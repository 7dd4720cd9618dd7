import { ORIGIN } from './policy.mjs';

/** @typedef {{ method: string, path: string, headers: Record<string, string> }} Work */

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
