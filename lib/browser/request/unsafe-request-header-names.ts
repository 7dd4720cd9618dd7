import type { Dialect } from '../dialect.js';
import type { HeaderLines } from '../http-exchange.js';
import { isChromiumClientHint } from './chromium-client-hint.js';
import { isSafelistedRequestHeader } from './safelisted-request-header.js';

const MAX_SAFELISTED_BYTES = 1024;

/**
 * The names of the request headers that a server must allow: lower-cased, each once, sorted, as
 * they stand in `Access-Control-Request-Headers`.
 *
 * @see https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 */
export function unsafeRequestHeaderNames(
  headers: HeaderLines,
  dialect: Dialect,
): readonly string[] {
  const unsafe = new Set<string>();
  const safelisted = new Set<string>();
  let safelistedBytes = 0;
  for (const [name, value] of headers) {
    if (
      isSafelistedRequestHeader(name, value) ||
      (dialect === 'chromium' && isChromiumClientHint(name, value))
    ) {
      safelisted.add(name.toLowerCase());
      safelistedBytes += value.length;
    } else {
      unsafe.add(name.toLowerCase());
    }
  }
  const names = safelistedBytes > MAX_SAFELISTED_BYTES ? [...unsafe, ...safelisted] : [...unsafe];
  return [...new Set(names)].toSorted();
}
