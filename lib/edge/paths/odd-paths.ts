import { type Expression, expression, moreThan } from '../expression.js';
import type { PathPattern } from './path-pattern.js';
import { UNRESERVED } from './spelled-text.js';

const HEX = '[0-9a-f]';
const NEXT = `%[89ab]${HEX}`;

/** What comes in place of a continuation, after as many as there are. */
const OTHER = '[^%]|$|%[^89ab]';
const OTHER_SECOND = `${OTHER}|${NEXT}(?:${OTHER})`;
const OTHER_THIRD = `${OTHER}|${NEXT}(?:${OTHER_SECOND})`;

/**
 * Paths that cannot be decoded (RFC 3629): routers serve none whose parameters have the fault. The fault itself is
 * looked for: an expression for all that is right would take one step after the other, and servers give
 * up on paths of some thousand characters.
 */
export const UNDECODABLE: Expression = expression(
  [
    // No escape, or a byte that begins no character.
    `%(?:[^0-9a-f]|$|${HEX}(?:[^0-9a-f]|$)|c[01]|f[5-9a-f]|e0%[89]|ed%[ab]|f0%8|f4%[9ab])`,
    // A character that is not complete.
    `%(?:[cd]${HEX}(?:${OTHER})|e${HEX}(?:${OTHER_SECOND})|f${HEX}(?:${OTHER_THIRD}))`,
    // A continuation of nothing: after a complete character, an escape of ASCII, or a text.
    `%(?:[cd]${HEX}${NEXT}|e${HEX}(?:${NEXT}){2}|f${HEX}(?:${NEXT}){3}|[0-7]${HEX}[^%]{0,2})%[89ab]`,
    `(?:[^%]{3}|^[^%]{0,2}|%[89a-f]${HEX}[^%]{1,2})%[89ab]`,
  ].join('|'),
  { ignoreCase: true },
);

const DIVIDER = '(?:/|\\\\|;|::|%(?:25)*(?:u00)?(?:2f|5c|3[abf]|23|00))';
const DOT = '(?:\\.|%(?:25)*(?:u00)?2[e0])';
/** Segments of more dots than that are not counted. */
const MOST_DOTS = 8;

/**
 * Paths with segments that lead up, for anybody: browsers have resolved them before they send.
 * As `leadsUp` of the policy core has it.
 */
export const CLIMBING: Expression = expression(
  `${DIVIDER}${DOT}(?:${DOT}{0,${MOST_DOTS - 1}}(?:${DIVIDER}|$)|${DOT}{${MOST_DOTS}})`,
  { ignoreCase: true },
);

/** What may be a slash or cut a path, an escape that browsers do not make, dots at the edge of a segment. */
const ODD_TEXTS =
  '//|\\\\|;|::|/\\.|\\.(?:/|$)|%20(?:/|$)|%(?:2[13-9a-f]|3[abdf0-9]|4|5[0-9abcdf]|6[1-9a-f]|7[0-9ace]|[01]|u)';

/** More than 1,024 characters, of which the policy core does not look for all readings. */
const TOO_LONG = `^${moreThan(1024, '.')}`;

/**
 * Paths that servers may read in several ways. What browsers encode on their own can be read in one
 * way, but for letters that are taken for one of a key: another case of it, or a part of it.
 *
 * @param keys those of `paths`
 */
export function oddPaths(keys: readonly string[]): Expression {
  const letters = lettersTakenFor(keys.join(''), (text) => text.normalize('NFC').toLowerCase());
  return expression([ODD_TEXTS, TOO_LONG, ...letters].join('|'), { ignoreCase: true });
}

/** Two slashes in a row, which the router reads as one. */
export const DOUBLE_SLASH: Expression = expression('//');

/** Letters beyond ASCII that a router takes for letters of its texts, in lower case; undefined: there are none. */
export function otherCases(texts: string): Expression | undefined {
  const letters = lettersTakenFor(texts, (text) => text.toLowerCase());
  return letters.length === 0 ? undefined : expression(letters.join('|'), { ignoreCase: true });
}

/** Beyond ASCII, what stands for a character of it: the Greek question mark, the Greek varia, the Kelvin sign. */
const TAKEN_FOR_ASCII = [0x37e, 0x1fef, 0x212a];
/** Behind it, no letter has another case. */
const LAST_LETTER = 0x1ffff;

/**
 * The escapes of what is not ASCII and stands for characters of a text, though it is not one of them:
 * a capital letter, the Kelvin sign for `k`, a part of a composed letter.
 *
 * @param fold what is compared, of a text
 */
function lettersTakenFor(text: string, fold: (text: string) => string): readonly string[] {
  const written = new Set(fold(text));
  const known = new Set([...written, ...Array.from(written).flatMap(partsOf)]);
  const isTaken = (code: number) => {
    const letter = String.fromCodePoint(code);
    return !written.has(letter) && Array.from(fold(letter)).every((part) => known.has(part));
  };
  const isAscii = Array.from(known).every((character) => character < '\u0080');
  const taken = isAscii ? TAKEN_FOR_ASCII.filter(isTaken) : lettersWhere(isTaken);
  return taken.map((code) => encodeURIComponent(String.fromCodePoint(code)).toLowerCase());
}

function lettersWhere(isTaken: (code: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let code = 0x80; code <= LAST_LETTER; code += 1) {
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    if (!isHalf && isTaken(code)) found.push(code);
  }
  return found;
}

/** What is composed of several characters may come in parts. */
function partsOf(character: string): readonly string[] {
  return character < '\u0080' ? [] : Array.from(character.normalize('NFD'));
}

/**
 * Escapes of characters, in any case, that browsers do not encode: Fastify's router decodes them before
 * it compares. Undefined: there are no such characters.
 */
export function needlessEscapes(characters: string): Expression | undefined {
  const unreserved = Array.from(characters).filter((character) => UNRESERVED.test(character));
  const both = unreserved.flatMap((text) => [text.toLowerCase(), text.toUpperCase()]);
  const codes = new Set(both.map((character) => character.charCodeAt(0)));
  if (codes.size === 0) return undefined;
  const byDigit = new Map<string, string>();
  for (const code of [...codes].toSorted((a, b) => a - b)) {
    const [high = '', low = ''] = code.toString(16);
    byDigit.set(high, (byDigit.get(high) ?? '') + low);
  }
  const escapes = Array.from(byDigit, ([high, low]) =>
    low.length > 1 ? `${high}[${low}]` : high + low,
  );
  return expression(`%(?:${escapes.join('|')})`, { ignoreCase: true });
}

/** The characters of the texts of routes, and those that expressions in their paths ask for. */
export function charactersOf(patterns: Iterable<PathPattern>): { texts: string; rules: string } {
  const [texts, rules] = [new Set<string>(), new Set<string>()];
  for (const segment of Array.from(patterns).flat()) {
    if (segment.kind === 'literal') for (const character of segment.text) texts.add(character);
    if (segment.kind !== 'any') continue;
    for (const rule of segment.rules) for (const character of rule.characters) rules.add(character);
  }
  return { texts: [...texts].join(''), rules: [...rules].join('') };
}
