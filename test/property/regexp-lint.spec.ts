import { findRegExpReasons } from '../../lib/options/origin/regexp-lint.js';
import { fc } from '../support/fast-check.js';
import { runs } from './runs.js';

/** Sources of RegExps with anchors, alternatives and groups in all places. */
const { source } = fc.letrec<{ source: string; term: string }>((tie) => ({
  source: fc
    .array(fc.array(tie('term'), { maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((alternatives) => alternatives.map((terms) => terms.join('')).join('|')),
  term: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      '^',
      '$',
      'a',
      'b',
      '.',
      '\\.',
      '\\$',
      '\\^',
      '\\\\',
      '[a^$|)]',
      '[^a\\]]',
      '\\b',
    ),
    fc.constantFrom('a+', 'a*', 'b?', '[ab]{0,2}', 'a{2}', '(?=a)', '(?<!b)', '(?!$)', '\\x61'),
    tie('source').map((inner) => `(?:${inner})`),
    tie('source').map((inner) => `(${inner})`),
    tie('source').map((inner) => `(?:${inner})?`),
    tie('source').map((inner) => `(?:${inner})+`),
  ),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '$', '^', '\\'), maxLength: 6 });

describe('findRegExpReasons', () => {
  test('an anchored RegExp matches only the whole value', () => {
    let anchored = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          source,
          source.map((inner) => `^(?:${inner})$`),
        ),
        text,
        (written, value) => {
          const regexp = new RegExp(written);
          const faults = findRegExpReasons(regexp);
          fc.pre(!faults.includes('origin-regexp-unanchored'));
          anchored += 1;
          fc.pre(!faults.includes('origin-regexp-catastrophic'));
          const match = regexp.exec(value)?.[0] ?? value;
          expect([written, match]).toEqual([written, value]);
        },
      ),
      { numRuns: runs(1000) },
    );
    expect(anchored).toBeGreaterThan(100);
  });

  test('handles any RegExp', () => {
    const anything = fc.tuple(
      fc.oneof(
        fc.string({
          unit: fc.constantFrom(...'^ $ | ( ) [ ] { } ? * + . \\ a 1 - , : = ! < >'.split(' ')),
          maxLength: 12,
        }),
        source,
      ),
      fc.constantFrom('', 'i', 'u', 'v', 's', 'm', 'g'),
    );
    fc.assert(
      fc.property(anything, ([written, flags]) => {
        let regexp: RegExp;
        try {
          regexp = new RegExp(written, flags);
        } catch {
          return fc.pre(false);
        }
        expect(Array.isArray(findRegExpReasons(regexp))).toBe(true);
      }),
      { numRuns: runs(1000) },
    );
  });
});
