import { type Expression, expression } from '../expression.js';
import { type PathPattern, UNRESERVED } from './path-pattern.js';

const HEX = '[0-9a-f]';
const NEXT = `%[89ab]${HEX}`;
/** RFC 3629, percent-encoded. */
const CHARACTERS = [
  `%[0-7]${HEX}`,
  `%(?:c[2-9a-f]|d${HEX})${NEXT}`,
  `%(?:e0%[ab]${HEX}|e[1-9a-cef]${NEXT}|ed%[89]${HEX})${NEXT}`,
  `%(?:f0%[9ab]${HEX}|f[1-3]${NEXT}|f4%8${HEX})${NEXT}${NEXT}`,
].join('|');

/** Paths that can be decoded: of others, routers serve none whose parameters have the fault. */
export const DECODABLE: Expression = expression(`^(?:[^%]|${CHARACTERS})*$`, { ignoreCase: true });

/**
 * Paths with segments that lead up, for anybody: browsers have resolved them before they send.
 * As `leadsUp` of the policy core has it.
 */
export const CLIMBING: Expression = expression(
  '(?:/|\\\\|;|::|%(?:25)*(?:u00)?(?:2f|5c|3[abf]|23|00))(?:\\.|%(?:25)*(?:u00)?2[e0])+(?:/|\\\\|;|::|%(?:25)*(?:u00)?(?:2f|5c|3[abf]|23|00)|$)',
  { ignoreCase: true },
);

/**
 * Paths that servers may read in several ways: with two slashes in a row, what may be a slash or cut a
 * path, an escape that browsers do not make, a segment that begins or ends in a dot. What browsers
 * encode on their own can be read in one way, but for the Kelvin sign, which is a `k` in lower case.
 */
export const ODD: Expression = expression(
  '//|\\\\|;|::|/\\.|\\.(?:/|$)|%20(?:/|$)|%(?:2[1-9a-f]|3[abdf0-9]|4|5[0-9abcdf]|6[1-9a-f]|7[0-9ace]|[01]|e2%84%aa|u)',
  { ignoreCase: true },
);

/** Two slashes in a row, which the router reads as one. */
export const DOUBLE_SLASH: Expression = expression('//');

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
