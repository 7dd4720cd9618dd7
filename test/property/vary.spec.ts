import { mergeVary } from '../../lib/policy/merged-lists.js';
import { fc } from '../support/fast-check.js';
import { runs } from './runs.js';

const name = fc.constantFrom('Origin', 'origin', 'Accept', 'ACCEPT', 'Accept-Encoding', 'X-A', '*');
const line = fc
  .array(fc.tuple(fc.constantFrom('', ' ', '\t'), fc.oneof(name, fc.constant(''))), {
    maxLength: 6,
  })
  .map((members) => members.map(([space, member]) => space + member + space).join(','));
const existing = fc.option(fc.oneof(line, fc.array(line, { maxLength: 3 })), { nil: undefined });
const names = fc.array(name, { maxLength: 3 });

/** What a header says, read naively: names in lower case, sorted; `*` alone says everything. */
function meaning(value: string | readonly string[] | undefined): readonly string[] {
  const members = [value ?? '']
    .flat()
    .flatMap((text) => text.split(','))
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== '');
  return members.includes('*') ? ['*'] : [...new Set(members)].toSorted();
}

describe('mergeVary', () => {
  const parameters = { numRuns: runs(3000) };

  test('contains the names of both, each once', () => {
    fc.assert(
      fc.property(existing, names, (value, added) => {
        const merged = mergeVary(value, added);
        expect(meaning(merged)).toEqual(meaning([[value ?? []].flat().join(), ...added]));
      }),
      parameters,
    );
  });

  test('is idempotent', () => {
    fc.assert(
      fc.property(existing, names, (value, added) => {
        const merged = mergeVary(value, added);
        expect(mergeVary(merged, added)).toBe(merged);
      }),
      parameters,
    );
  });

  test('is commutative as a set', () => {
    fc.assert(
      fc.property(names, names, names, (value, some, others) => {
        const one = mergeVary(mergeVary(value.join(), some), others);
        const other = mergeVary(mergeVary(value.join(), others), some);
        expect(meaning(one)).toEqual(meaning(other));
      }),
      parameters,
    );
  });

  test('keeps the order and spelling of what is there', () => {
    fc.assert(
      fc.property(line, names, (value, added) => {
        const merged = mergeVary(value, added);
        fc.pre(merged !== '*');
        const kept = value
          .split(',')
          .map((member) => member.trim())
          .filter((member, index, all) => {
            const first = all.findIndex((other) => other.toLowerCase() === member.toLowerCase());
            return member !== '' && first === index;
          });
        const members = merged
          .split(',')
          .map((member) => member.trim())
          .filter((member) => member !== '');
        expect(members.slice(0, kept.length)).toEqual(kept);
      }),
      parameters,
    );
  });
});
