import {
  isForbiddenResponseHeaderName,
  isSafelistedResponseHeaderName,
} from '../../fetch/header-names.js';
import type { FetchRequest } from '../request/fetch-request.js';
import type { HeaderList } from './header-list.js';

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
