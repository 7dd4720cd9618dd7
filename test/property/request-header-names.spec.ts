import { fc } from '../support/fast-check.js';
import { parseRequestHeaderNames } from '../../lib/policy/request-header-names.js';
import { runs } from './runs.js';

/** The header read the naive way, without regard to time and memory. */
function readNaively(lines: readonly string[]): readonly string[] | null {
  const value = lines.join(',');
  const members = value.split(',').map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ''));
  const names = members.filter((member) => member !== '');
  const isWithinBounds =
    value.length <= 8192 && names.length <= 128 && members.length - names.length <= 16;
  const isWellFormed = names.every((name) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name));
  return isWithinBounds && isWellFormed
    ? [...new Set(names.map((name) => name.toLowerCase()))]
    : null;
}

const name = fc.stringMatching(/^[a-cA-C*-]{1,4}$/);
const space = fc.stringMatching(/^[ \t]{0,2}$/);
const member = fc.tuple(
  space,
  fc.oneof({ weight: 9, arbitrary: name }, { weight: 1, arbitrary: fc.constant('') }),
  space,
);
/** Lists as clients and intermediaries write them, up to and over the bounds. */
const list = fc
  .array(member, { maxLength: 140, size: 'max' })
  .map((members) => members.map((parts) => parts.join('')).join(','));
const garbage = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(',', ' ', '\t', 'a', 'B', ';', '\u00e9', '\u212a'),
    maxLength: 60,
  }),
  fc.integer({ min: 8180, max: 8200 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 0, max: 20_000 }).map((length) => ','.repeat(length)),
);
const lines = fc.array(fc.oneof(list, garbage), { maxLength: 4 });

describe('parseRequestHeaderNames', () => {
  test('agrees with a naive reading, on one line', () => {
    fc.assert(
      fc.property(fc.oneof(list, garbage), (line) => {
        expect(parseRequestHeaderNames(line)).toEqual(readNaively([line]));
      }),
      { numRuns: runs(2000) },
    );
  });

  test('agrees with a naive reading, on several lines', () => {
    fc.assert(
      fc.property(lines, (several) => {
        expect(parseRequestHeaderNames(several)).toEqual(readNaively(several));
      }),
      { numRuns: runs(2000) },
    );
  });

  test('reads a list of one line like the line itself', () => {
    fc.assert(
      fc.property(fc.oneof(list, garbage), (line) => {
        expect(parseRequestHeaderNames([line])).toEqual(parseRequestHeaderNames(line));
      }),
      { numRuns: runs(500) },
    );
  });
});
