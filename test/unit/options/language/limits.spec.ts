import {
  limitsOf,
  Unsupported,
  type UnsupportedFeature,
  WorkLimit,
} from '../../../../lib/options/language/limits.js';
import { buildAutomaton } from '../../../../lib/options/language/build-automaton.js';
import { finish } from '../../../../lib/options/steps.js';
import { uniteAll } from '../../../../lib/options/language/unite-all.js';

function featureIn(run: () => unknown): UnsupportedFeature | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof Unsupported) return error.feature;
    throw error;
  }
  return undefined;
}

const build = (source: string) => buildAutomaton({ source, flags: '' });

test('each character of an expression raises what it may cost', () => {
  expect(limitsOf('')).toEqual({ nodes: 10_000, states: 2000, work: 500_000 });
  expect(limitsOf('x'.repeat(1000))).toEqual({ nodes: 14_000, states: 3000, work: 700_000 });
});

test('what is unsupported has a name, in its message too', () => {
  expect(new Unsupported('multiline').message).toBe('multiline');
});

test('the last step of some work is allowed, and none after it', () => {
  const work = new WorkLimit(3);
  work.spend(2);
  work.spend(0);
  work.spend(1);
  expect(featureIn(() => work.spend(1))).toBe('too-complex');
});

describe('an expression is refused for one more than it may have', () => {
  // `^a{2008}$` has 9 characters, and 2,009 states besides the dead one.
  test.each([
    ['state', '^a{2008}$', '^a{2009}$'],
    // The group, an empty one and its copies are nodes, and no states.
    ['node', '^(?:){10045}$', '^(?:){10046}$'],
  ])('%s', (_, source, longer) => {
    expect(featureIn(() => build(source))).toBeUndefined();
    expect(featureIn(() => build(longer))).toBe('too-complex');
  });
});

describe('many automata', () => {
  const uniteAllOf = (...sources: string[]) =>
    finish(uniteAll(sources.map((source) => build(`^(?:${source})$`))));

  // Multiples of one number or another: so many states as their product, and the dead one.
  test.each([
    [7, 9, 1],
    [7, 12, 1],
    [7, 13, 2],
    [13, 7, 2],
  ])('of %i and %i states are %i: one may have 64 states more than both', (one, other, count) => {
    expect(uniteAllOf(`(?:a{${one}})*`, `(?:a{${other}})*`)).toHaveLength(count);
  });

  test('an odd one is kept, and all are in the order in which they were united', () => {
    const sources = ['a', 'b', 'c', 'd', 'e'];
    expect(uniteAllOf(...sources)).toEqual([build('^[a-e]$')]);
    expect(uniteAllOf('a')).toEqual([build('^a$')]);
    const hard = ['[^]*a[^]{7}', '[^]*b[^]{7}', 'c'];
    expect(uniteAllOf(...hard)).toEqual(hard.map((source) => build(`^(?:${source})$`)));
  });

  test('a fault of ours is not taken for a limit', () => {
    const [one, other] = [build('^a$'), build('^b$')];
    const broken = {
      ...other,
      get classes(): never {
        throw new Error('The table is broken.');
      },
    };
    expect(() => finish(uniteAll([one, broken]))).toThrow('The table is broken.');
  });
});
