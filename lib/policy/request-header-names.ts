import { isTokenCode } from '../fetch/tokens.js';

const MAX_BYTES = 8192;
const MAX_NAMES = 128;
const MAX_EMPTY_MEMBERS = 16;
/** A list of so many names is searched faster than a set is made. */
const FEW_NAMES = 16;

const COMMA = 0x2c;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * Reads the names in `Access-Control-Request-Headers`: lower-cased, each once, in their order; none
 * when there is no such header. One pass over all its lines, given up as soon as a bound is passed:
 * 8192 bytes, 128 names (repeated ones count) or 16 empty members. Browsers send a sorted list
 * without spaces and empty members, but intermediaries may split, join and pad it.
 *
 * @returns null when the header is malformed or beyond a bound
 * @see https://fetch.spec.whatwg.org/#http-access-control-request-headers
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
 */
export function parseRequestHeaderNames(
  lines: string | readonly string[] | undefined,
): readonly string[] | null {
  if (lines === undefined) return [];
  // Several lines are one list: RFC 9110 section 5.3.
  const value = typeof lines === 'string' ? lines : lines.join(',');
  return value.length > MAX_BYTES ? null : parseList(value);
}

function parseList(value: string): readonly string[] | null {
  const names: string[] = [];
  let known: Set<string> | undefined;
  let nameCount = 0;
  let emptyCount = 0;
  let index = 0;
  do {
    const start = skipWhitespace(value, index);
    const end = skipToken(value, start);
    index = skipWhitespace(value, end);
    if (index < value.length && value.charCodeAt(index) !== COMMA) return null;
    if (start === end) {
      emptyCount += 1;
      if (emptyCount > MAX_EMPTY_MEMBERS) return null;
    } else {
      nameCount += 1;
      if (nameCount > MAX_NAMES) return null;
      const name = value.slice(start, end).toLowerCase();
      const isKnown = known === undefined ? names.includes(name) : known.has(name);
      if (!isKnown) {
        names.push(name);
        if (names.length === FEW_NAMES) known = new Set(names);
        else known?.add(name);
      }
    }
    index += 1;
    // A comma at the very end opens one more, empty, member.
  } while (index <= value.length);
  return names;
}

/** OWS is spaces and tabs, nothing else: RFC 9110 section 5.6.3. */
function skipWhitespace(value: string, start: number): number {
  let index = start;
  for (; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code !== SPACE && code !== TAB) break;
  }
  return index;
}

function skipToken(value: string, start: number): number {
  let index = start;
  while (index < value.length && isTokenCode(value.charCodeAt(index))) index += 1;
  return index;
}
