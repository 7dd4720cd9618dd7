import { isForbiddenRequestHeaderName } from '../../fetch/header-names.js';
import { isForbiddenMethod } from '../../fetch/methods.js';
import { trimHttpWhitespace } from '../response/trim-http-whitespace.js';

/**
 * Whether a request header is one that browsers silently drop when a page sets it.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function isForbiddenRequestHeader(name: string, value: string): boolean {
  if (isForbiddenRequestHeaderName(name)) return true;
  switch (name.toLowerCase()) {
    case 'x-http-method':
    case 'x-http-method-override':
    case 'x-method-override':
      return splitOutsideQuotes(value).some(isForbiddenMethod);
    default:
      return false;
  }
}

/** @see https://fetch.spec.whatwg.org/#header-value-get-decode-and-split */
function splitOutsideQuotes(value: string): readonly string[] {
  const members: string[] = [];
  let member = '';
  let quoted = false;
  for (let index = 0; index < value.length; index += 1) {
    const character = value.charAt(index);
    if (character === ',' && !quoted) {
      members.push(member);
      member = '';
      continue;
    }
    member += character;
    if (character === '"') quoted = !quoted;
    if (character === '\\' && quoted) {
      index += 1;
      member += value.charAt(index);
    }
  }
  return [...members, member].map(trimHttpWhitespace);
}
