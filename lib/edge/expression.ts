/**
 * A regular expression in what JavaScript, PCRE and RE2 have in common, without capturing groups: any
 * of them reads it alike, once it is quoted as a configuration wants it.
 */
export interface Expression {
  readonly source: string;
  /** Whether the letter case of ASCII makes no difference. */
  readonly ignoreCase: boolean;
  /** Whether it looks ahead or behind, or repeats more than a thousand times: RE2 does neither. */
  readonly looksAround: boolean;
}

/** @param options what is not said is not so */
export function expression(
  source: string,
  { ignoreCase = false, looksAround = false }: Partial<Expression> = {},
): Expression {
  return { source, ignoreCase, looksAround };
}

/** A text as an expression for it. */
export function escapeExpression(text: string): string {
  return text.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&');
}

/** More of an expression in a row than a number: RE2 counts to a thousand. */
export function moreThan(count: number, one: string): string {
  const least = count + 1;
  return `${`${one}{1000}`.repeat(Math.floor(least / 1000))}${one}{${least % 1000}}`;
}

/** The class of some ASCII characters, as short as it can be read; empty: nothing matches. */
export function characterClass(codes: readonly number[]): string {
  const [only] = codes;
  if (codes.length === 1 && only !== undefined) return escapeCharacter(only, OUTSIDE);
  const inverted = codes.length > 64;
  const wanted = new Set(codes);
  const listed = inverted
    ? Array.from({ length: 128 }, (_, code) => code).filter((code) => !wanted.has(code))
    : [...wanted].toSorted((a, b) => a - b);
  // Everything: in three dialects, a class that no character is missing from.
  if (inverted && listed.length === 0) return '[\\x00-\\x7f]';
  let ranges = '';
  for (let index = 0; index < listed.length;) {
    const first = listed[index] ?? 0;
    let last = first;
    while (listed[index + 1] === last + 1) {
      last += 1;
      index += 1;
    }
    index += 1;
    ranges += escapeCharacter(first, INSIDE);
    if (last > first) ranges += `${last > first + 1 ? '-' : ''}${escapeCharacter(last, INSIDE)}`;
  }
  return inverted ? `[^${ranges}]` : `[${ranges}]`;
}

const OUTSIDE = /[.*+?^$()[\]{}|\\]/;
const INSIDE = /[\^[\]\\-]/;

function escapeCharacter(code: number, special: RegExp): string {
  const character = String.fromCharCode(code);
  // What a configuration might take for its own, a quote or the end of a line, has a number.
  if (code <= 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  return special.test(character) ? `\\${character}` : character;
}

/** Whether an expression matches a text; for tests, samples and the like. */
export function matcherOf({ source, ignoreCase }: Expression): (text: string) => boolean {
  const regexp = new RegExp(source, ignoreCase ? 'i' : '');
  return (text) => regexp.test(text);
}
