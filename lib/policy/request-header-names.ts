import { LOWER_CASE_TOKEN_CHARACTERS, TOKEN_CHARACTERS } from '../fetch/tokens.js';

const MAX_BYTES = 8192;
const MAX_NAMES = 128;
const MAX_EMPTY_MEMBERS = 16;
const MAX_DISTINCT_BYTES = 1024;

/**
 * Reads the names in `Access-Control-Request-Headers`: lower-cased, each once, in their order; none
 * when there is no such header. One pass over all its lines, given up as soon as a bound is passed:
 * 8192 bytes, 128 names (repeated ones count) or 16 empty members. Browsers send a sorted list
 * without spaces and empty members, but intermediaries may split, join and pad it. In more than
 * 1024 bytes, which no page sends, repeated names stay: to compare them would cost as much as to read
 * them.
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
  const isUsual = !UNUSUAL.test(value);
  if (!isUsual && FOREIGN.test(value)) return null;
  const text = isUsual ? value : value.toLowerCase();
  const hasSpace = !isUsual && (value.includes(' ') || value.includes('\t'));
  const names: string[] = [];
  let count = 0;
  let emptyCount = 0;
  const isDistinct = value.length <= MAX_DISTINCT_BYTES;
  let last = '';
  let isSorted = true;
  // Not `split`, which takes twice as long for the few names there nearly always are.
  for (let end = -1; end < text.length;) {
    const start = end + 1;
    const comma = text.indexOf(',', start);
    end = comma === -1 ? text.length : comma;
    const member = text.slice(start, end);
    // OWS is spaces and tabs, and there is no other white space here: RFC 9110 section 5.6.3.
    const name = hasSpace ? member.trim() : member;
    if (hasSpace && (name.includes(' ') || name.includes('\t'))) return null;
    if (name === '') {
      emptyCount += 1;
      if (emptyCount > MAX_EMPTY_MEMBERS) return null;
      continue;
    }
    count += 1;
    if (count > MAX_NAMES) return null;
    names.push(name);
    if (!isDistinct) continue;
    isSorted &&= name > last;
    last = name;
  }
  // Browsers sort them, each once: then none has to be looked for.
  return isSorted ? names : [...new Set(names)];
}

/** What stands in no list of tokens. */
const FOREIGN = new RegExp(`[^, \\t${TOKEN_CHARACTERS}]`);
/** The same, and what browsers do not send: spaces, and letters in upper case. */
const UNUSUAL = new RegExp(`[^,${LOWER_CASE_TOKEN_CHARACTERS}]`);
