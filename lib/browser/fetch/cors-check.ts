import {
  isForbiddenResponseHeaderName,
  isSafelistedResponseHeaderName,
} from '../../fetch/header-names.js';
import type { HeaderList } from '../http/header-list.js';
import type { Failure } from '../simulation.js';
import type { FetchRequest } from './fetch-request.js';

/**
 * The CORS check: whether a response may be shared with the page. Null when it passes; otherwise
 * what is wrong, in the kinds that Chromium knows. The status does not matter: a 404 may be shared
 * as well.
 *
 * @param origin the serialised origin that the request carried
 * @param credentialed whether the credentials mode is `include`
 * @see https://fetch.spec.whatwg.org/#cors-check
 */
export function corsCheck(
  headers: HeaderList,
  origin: string,
  credentialed: boolean,
): Failure | null {
  const lines = headers.values('access-control-allow-origin').length;
  const value = headers.get('access-control-allow-origin');
  if (value === null) {
    // Then a CORS layer has looked at the request: nothing else sends this.
    const varies = headers.lists('vary', 'origin') ? ({ variesByOrigin: true } as const) : {};
    return { check: 'ACAO_MISSING', details: { value: '', lines, ...varies } };
  }
  if (value === '*') {
    return credentialed ? { check: 'ACAO_WILDCARD_CREDENTIALS', details: { value, lines } } : null;
  }
  // Byte by byte: no letter case, no trailing slash, no default port, no list, no pattern.
  if (value !== origin) return { check: whyUnequal(value), details: { value, lines } };
  if (!credentialed) return null;

  const allowed = headers.get('access-control-allow-credentials');
  return allowed === 'true' ? null : { check: 'ACAC_NOT_TRUE', details: { value: allowed ?? '' } };
}

function whyUnequal(value: string): 'ACAO_MULTIPLE' | 'ACAO_MISMATCH' | 'ACAO_INVALID' {
  if (value.includes(',') || value.includes(' ')) return 'ACAO_MULTIPLE';
  return value === 'null' || URL.canParse(value) ? 'ACAO_MISMATCH' : 'ACAO_INVALID';
}

/**
 * The names of the response headers that the page can read: lower-cased, sorted.
 *
 * @see https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 */
export function exposedHeaders(headers: HeaderList, request: FetchRequest): readonly string[] {
  const names = headers.names().filter((name) => !isForbiddenResponseHeaderName(name));
  if (request.tainting === 'basic') return names;
  if (request.tainting === 'opaque') return [];
  const list = headers.tokens('access-control-expose-headers');
  // A list that does not parse exposes nothing.
  const members = list === null || list.invalid !== null ? [] : list.members;
  const listed = members.map((member) => member.toLowerCase());
  // With credentials, `*` exposes a header of that name.
  if (request.credentials !== 'include' && listed.includes('*')) return names;
  return names.filter((name) => isSafelistedResponseHeaderName(name) || listed.includes(name));
}
