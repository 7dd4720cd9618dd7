import { TOKEN_CHARACTERS } from '../fetch/tokens.js';

const MAX_BYTES = 8192;
const MAX_NAMES = 128;
const MAX_EMPTY_MEMBERS = 16;

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
  if (FOREIGN.test(value)) return null;
  const hasSpace = value.includes(' ') || value.includes('\t');
  const list = value.toLowerCase();
  const names: string[] = [];
  let known: Set<string> | undefined;
  let largest = '';
  let nameCount = 0;
  let emptyCount = 0;
  // A comma at the very end opens one more, empty, member.
  for (let start = 0; start <= list.length;) {
    const comma = list.indexOf(',', start);
    const end = comma === -1 ? list.length : comma;
    let name = list.slice(start, end);
    start = end + 1;
    if (hasSpace) {
      // OWS is spaces and tabs, and there is no other white space here: RFC 9110 section 5.6.3.
      name = name.trim();
      if (name.includes(' ') || name.includes('\t')) return null;
    }
    if (name === '') {
      emptyCount += 1;
      if (emptyCount > MAX_EMPTY_MEMBERS) return null;
      continue;
    }
    nameCount += 1;
    if (nameCount > MAX_NAMES) return null;
    // Browsers sort them: then none has to be looked for.
    const isKnown = name <= largest && (known ??= new Set(names)).has(name);
    if (isKnown) continue;
    if (name > largest) largest = name;
    names.push(name);
    known?.add(name);
  }
  return names;
}

/** What stands in no list of tokens. */
const FOREIGN = new RegExp(`[^, \\t${TOKEN_CHARACTERS}]`);
