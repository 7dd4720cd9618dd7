import type { RegExpReason } from '../refusal/cors-config-reason.js';
import { parseRegExp, type RegExpTerm } from './regexp-parser.js';

type Alternatives = RegExpTerm['alternatives'];

/** Finds what makes a RegExp unfit to allow origins. */
export function findRegExpReasons(regexp: RegExp): readonly RegExpReason[] {
  const faults: RegExpReason[] = [];
  const alternatives = parseRegExp(regexp);
  if (regexp.global || regexp.sticky) faults.push('origin-regexp-stateful');
  if (regexp.multiline) faults.push('origin-regexp-multiline');
  if (!isAnchored(alternatives, 'start') || !isAnchored(alternatives, 'end')) {
    faults.push('origin-regexp-unanchored');
  }
  if (matchesNull(regexp)) faults.push('origin-regexp-matches-null');
  if (hasBareDot(alternatives)) faults.push('origin-regexp-unescaped-dot');
  if (canExplode(alternatives, regexp.flags)) faults.push('origin-regexp-catastrophic');
  return faults;
}

/** Whether every alternative begins, or ends, with an anchor: `^a|b$` does neither. */
function isAnchored(alternatives: Alternatives, edge: 'start' | 'end'): boolean {
  return alternatives.every((terms) => {
    const term = terms.at(edge === 'start' ? 0 : -1);
    if (term === undefined) return false;
    if (term.kind === edge) return true;
    // `(?:^a$)?` matches everywhere.
    return term.kind === 'group' && term.min > 0 && isAnchored(term.alternatives, edge);
  });
}

function matchesNull({ source, flags }: RegExp): boolean {
  return new RegExp(source, flags.replace(/[gy]/g, '')).test('null');
}

/** `.+` and `.{3}` are meant; `app.example.com` is not. */
function hasBareDot(alternatives: Alternatives): boolean {
  return alternatives.some((terms) =>
    terms.some(
      ({ kind, max, min, alternatives: inner }) =>
        (kind === 'any' && min === 1 && max === 1) || hasBareDot(inner),
    ),
  );
}

/** Beyond that many rounds a repetition counts as endless. */
const FEW = 10;

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/**
 * Whether a repetition holds another one such that a text can be split between them in many ways,
 * as in `(a+)+`: a failing match then tries them all. `(?:[a-z0-9-]+\.)+` is safe, because each
 * round must end in a dot, which the inner repetition cannot contain; `(?:.+\.)+` is not.
 *
 * A heuristic that errs towards refusing, for the shapes that people write.
 */
function canExplode(alternatives: Alternatives, flags: string): boolean {
  return alternatives.some((terms) =>
    terms.some(
      (term) =>
        canExplode(term.alternatives, flags) || (term.max > FEW && isAmbiguous(term, flags)),
    ),
  );
}

/** Whether one round of a repeated group can be mistaken for two, or for another one. */
function isAmbiguous({ kind, alternatives }: RegExpTerm, flags: string): boolean {
  if (kind !== 'group') return false;
  const single = alternatives.filter((terms) => terms.length === 1);
  const overlaps = single.some((terms, index) =>
    single
      .slice(index + 1)
      .some((others) => !areDisjoint(charsOf([terms], flags), charsOf([others], flags))),
  );
  return overlaps || alternatives.some((terms) => lacksSeparator(terms, flags));
}

/** Whether nothing in the terms marks where a round ends, although its length varies. */
function lacksSeparator(terms: readonly RegExpTerm[], flags: string): boolean {
  const varying = terms.filter(isVarying);
  if (varying.length === 0) return false;
  const chars = charsOf([varying], flags);
  return !terms.some(
    (term) => !isVarying(term) && !isNullable(term) && areDisjoint(charsOf([[term]], flags), chars),
  );
}

function isVarying({ min, max, alternatives }: RegExpTerm): boolean {
  return max > min || alternatives.some((terms) => terms.some(isVarying));
}

function isNullable({ kind, min, alternatives }: RegExpTerm): boolean {
  if (min === 0 || kind === 'look' || kind === 'start' || kind === 'end') return true;
  return kind === 'group' && alternatives.some((terms) => terms.every(isNullable));
}

/** The ASCII characters, all that origins have, which occur in what the terms match. */
function charsOf(alternatives: Alternatives, flags: string): ReadonlySet<string> {
  const chars = new Set<string>();
  for (const { kind, source, alternatives: inner } of alternatives.flat()) {
    if (kind === 'group') for (const char of charsOf(inner, flags)) chars.add(char);
    if (kind !== 'char' && kind !== 'any') continue;
    for (const char of charsOfAtom(source, flags)) chars.add(char);
  }
  return chars;
}

function charsOfAtom(source: string, flags: string): readonly string[] {
  // A back-reference repeats whatever its group matched.
  if (/^\\(?:[1-9]|k<)/.test(source)) return ASCII;
  const atom = new RegExp(`^${source}$`, flags.replace(/[gmy]/g, ''));
  return ASCII.filter((char) => atom.test(char));
}

function areDisjoint(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const char of some) if (others.has(char)) return false;
  return true;
}
