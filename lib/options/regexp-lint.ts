import type { RegExpFault } from './regexp-fault.js';
import { canExplode } from './regexp-explosion.js';
import { parseRegExp } from './regexp-parser.js';
import type { RegExpTerm } from './regexp-term.js';

type Alternatives = RegExpTerm['alternatives'];

/** Finds what makes a RegExp unfit to allow origins. */
export function findRegExpFaults(regexp: RegExp): readonly RegExpFault[] {
  const faults: RegExpFault[] = [];
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
