import type { Dialect } from '../dialect.js';
import type { HeaderList } from '../response/header-list.js';
import { maxAgeCap } from './max-age-cap.js';

const DEFAULT_SECONDS = 5;

/**
 * For how many seconds a browser keeps the answer to a CORS-preflight request. What is no number
 * counts as absent by the standard; but no browser caches for a negative number, and Firefox
 * caches for nothing but digits.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
 */
export function cachedSeconds(headers: HeaderList, dialect: Dialect): number {
  const value = headers.get('access-control-max-age') ?? '';
  if (value === '') return DEFAULT_SECONDS;
  if (/^\d+$/.test(value)) return Math.min(Number(value), maxAgeCap[dialect]);
  return dialect === 'firefox' || /^-\d+$/.test(value) ? 0 : DEFAULT_SECONDS;
}
