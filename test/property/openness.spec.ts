import { findOpenness } from '../../lib/options/language/openness.js';
import { readOriginRegExp } from '../../lib/options/language/read-origin-regexp.js';
import type { SuffixKind } from '../../lib/options/origin/public-suffix.js';
import { fc } from '../support/fast-check.js';
import { runs } from './runs.js';

// A registry of its own: `t` and `u` are registries, `c.t` is a company's. All other single labels
// are on no list.
const KINDS: Readonly<Record<string, SuffixKind>> = {
  t: 'registry',
  u: 'registry',
  'c.t': 'company',
};

function kindOf(host: string): SuffixKind | undefined {
  return KINDS[host] ?? (host.includes('.') ? undefined : 'unlisted');
}

const wildcard = fc.constantFrom(
  '[a-z0-9-]+',
  '[^.]+',
  '[^.]*',
  '\\w+',
  '.*',
  '.+',
  '[a-z]{2,9}',
  'z*',
);
const literal = fc.constantFrom('a', 'b', 'ab', 'c', '(?:a|b)', '(?!z)a', 'a{1,2}');
const label = fc.oneof(
  { weight: 4, arbitrary: literal },
  { weight: 1, arbitrary: wildcard },
  { weight: 1, arbitrary: fc.tuple(literal, wildcard).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.tuple(wildcard, literal).map((parts) => parts.join('')) },
);
const left = fc.oneof(
  label.map((part) => `${part}\\.`),
  label.map((part) => `(?:${part}\\.)*`),
  label.map((part) => `(?:${part}\\.)?`),
  fc.constantFrom('', '.*\\.', '(?:.+\\.)?', '.*'),
);
const end = fc.constantFrom('t', 't', 'u', 'c\\.t', '(?:t|u)', 'b', '.*', '[a-z]{1,9}', 't.*');
const regexps = fc
  .tuple(left, label, end)
  .map(([first, middle, last]) => new RegExp(`^https://${first}${middle}\\.${last}$`));

const PARTS = ['', 'a', 'b', 'ab', 'aa', 'c', 't'];
/** What nobody has written: with a part of the expression on either side, as in `evilexample`. */
const STRANGE = ['q9z', 'zzz'].flatMap((core) =>
  PARTS.flatMap((before) => PARTS.map((after) => before + core + after)),
);
const LABELS = [...PARTS.slice(1), 'u', ...STRANGE];
const FIRST = [
  'a',
  'b',
  'ab',
  'aa',
  'c',
  'z',
  'zza',
  'zzb',
  'zzab',
  'q9z',
  'aq9z',
  'q9zab',
  'abzz',
];
const HOSTS = LABELS.flatMap((last) => [
  last,
  ...[...LABELS, ...(last === 't' ? LABELS.map((middle) => `${middle}.c`) : [])].flatMap(
    (middle) => [`${middle}.${last}`, ...FIRST.map((first) => `${first}.${middle}.${last}`)],
  ),
]);

/** What an expression of these can say without a wildcard. */
const KNOWN = new Set([...PARTS, 'u']);

/** Whether a host belongs to a stranger: its domain, or the suffix that it stands on, is strange. */
function isStrange(host: string): boolean {
  const labels = host.replace(/\.$/, '').split('.');
  const suffix = labels.at(-1) === 't' && labels.at(-2) === 'c' ? 2 : 1;
  return labels.slice(-1 - suffix).some((part) => !KNOWN.has(part));
}

test('every stranger who is found by trying is found, and every witness is a stranger', () => {
  const strange = HOSTS.filter(isStrange);
  const seen = { open: 0, closed: 0 };
  fc.assert(
    fc.property(regexps, (regexp) => {
      const language = readOriginRegExp(regexp).language;
      fc.pre(language !== undefined);
      const { stranger, belowSuffix } = findOpenness(language, { kindOf, below: () => [] });
      const witnesses = [stranger, belowSuffix?.witness].filter((text) => text !== undefined);
      const found = strange.find((host) => regexp.test(`https://${host}`));
      if (found !== undefined && witnesses.length === 0) throw new Error(`${regexp}: ${found}`);
      for (const witness of witnesses) {
        const isStranger = isStrange(witness.replace('https://', ''));
        expect([String(regexp), witness, isStranger]).toEqual([String(regexp), witness, true]);
        expect([String(regexp), witness, regexp.test(witness)]).toEqual([
          String(regexp),
          witness,
          true,
        ]);
      }
      seen[witnesses.length === 0 ? 'closed' : 'open'] += 1;
    }),
    { numRuns: runs(200) },
  );
  expect(Math.min(seen.open, seen.closed)).toBeGreaterThan(20);
});
