import { buildAutomaton } from '../../../../lib/options/language/build-automaton.js';
import {
  findShortest,
  includes,
  intersect,
  isEmpty,
  subtract,
  unite,
} from '../../../../lib/options/language/languages.js';
import { Unsupported } from '../../../../lib/options/language/limits.js';
import {
  findNewlyAllowed,
  OriginLanguages,
} from '../../../../lib/options/language/origin-language.js';
import { uniteAll } from '../../../../lib/options/language/unite-all.js';
import { finish } from '../../../../lib/options/steps.js';
import { accepts, type Automaton } from '../../../../lib/policy/origins/automaton.js';

const ORIGINS = new OriginLanguages();

function language(source: string): Automaton {
  return buildAutomaton({ source: `^(?:${source})$`, flags: '' });
}

const texts = ['', 'a', 'b', 'ab', 'ba', 'aab', 'abb', 'c', 'A', 'é', 'aé', '\u{1F600}'];

describe('algebra', () => {
  test.each([
    ['a*b', '[ab]{2}'],
    ['', 'a|'],
    ['[^]*', 'a+'],
    ['[]', 'ab'],
    ['ab|ba', 'b[^]|c'],
  ])('/%s/ and /%s/', (left, right) => {
    const [one, other] = [language(left), language(right)];
    const [both, either, rest] = [intersect(one, other), unite(one, other), subtract(one, other)];
    for (const text of texts) {
      const [isOne, isOther] = [accepts(one, text), accepts(other, text)];
      expect([text, accepts(both, text)]).toEqual([text, isOne && isOther]);
      expect([text, accepts(either, text)]).toEqual([text, isOne || isOther]);
      expect([text, accepts(rest, text)]).toEqual([text, isOne && !isOther]);
    }
    expect(includes(one, both) && includes(either, one)).toBe(true);
    expect(includes(both, one)).toBe(isEmpty(rest));
  });

  test('equal languages have equal tables', () => {
    expect(language('a(?:b|c)|ad')).toEqual(language('a[b-d]'));
    expect(language('(?:a*)*')).toEqual(language('a*'));
    expect(unite(language('a'), language('b'))).toEqual(language('[ab]'));
    expect(subtract(language('a'), language('a'))).toEqual(language('[]'));
    expect(subtract(language('[^]*'), language('[^]+'))).toEqual(language(''));
  });

  test.each([
    ['[]', undefined],
    ['', ''],
    ['a+', 'a'],
    ['[a-z]{3}', 'xxx'],
    ['aaaa|[-b]{2}', 'bb'],
    ['[.-]+[A-Z]', '-A'],
    ['(?:ab)*c', 'c'],
  ])('of /%s/ the shortest is %j', (source, shortest) => {
    expect(findShortest(language(source))).toBe(shortest);
  });

  test('the table is data', () => {
    const { classes, width, next, accepting } = language('https:\\/\\/[a-z]+');
    expect(classes).toHaveLength(128);
    expect(next).toHaveLength(width * accepting.length);
    const copy = structuredClone({ classes, width, next, accepting });
    expect(accepts(copy, 'https://abc')).toBe(true);
    expect(accepts(copy, 'https://abc1')).toBe(false);
  });
});

describe('many expressions', () => {
  const uniteAllOf = (sources: string[]) => finish(uniteAll(sources.map(language)));
  const sourceOf = (index: number) =>
    `https?:\\/\\/(?:[a-z0-9-]+\\.)*team-${index}\\.example\\.com(?::\\d+)?`;

  test('are one table, and no larger than it must be', () => {
    const united = uniteAllOf(Array.from({ length: 200 }, (_, index) => sourceOf(index)));
    expect(united).toHaveLength(1);
    const [one] = united;
    expect(one?.accepting.length).toBeLessThan(500);
    for (const index of [0, 77, 199]) {
      expect(one && accepts(one, `https://a.team-${index}.example.com:8080`)).toBe(true);
    }
    expect(one && accepts(one, 'https://a.team-200.example.com')).toBe(false);
  });

  test('stay apart where one table would grow beyond both', () => {
    const hard = ['a', 'b', 'c', 'd'].map((letter) => language(`[^]*${letter}[^]{7}`));
    const united = finish(uniteAll(hard));
    expect(united.length).toBeGreaterThan(1);
    for (const text of ['a1234567', 'xxd1234567', 'a123456', '']) {
      const isMatch = hard.some((one) => accepts(one, text));
      expect([text, united.some((one) => accepts(one, text))]).toEqual([text, isMatch]);
    }
  });

  test('none is none', () => {
    expect(uniteAllOf([])).toEqual([]);
  });

  test('are one table where two share nearly all of what their product has more', () => {
    const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota'];
    const united = uniteAllOf(words.map((word) => `.*-${word}-.*\\.a-rather-long-name\\.example`));
    expect(united).toHaveLength(1);
    expect(united[0]?.accepting.length).toBeLessThan(100);
  });

  test('are united in small steps', () => {
    const sources = Array.from({ length: 64 }, (_, index) => sourceOf(index));
    const steps = uniteAll(sources.map(language));
    let count = 0;
    while (steps.next().done !== true) count += 1;
    // Each of 63 unions takes several for each of its states.
    expect(count).toBeGreaterThan(63 * 50);
  });

  test('a limit is kept', () => {
    expect(() => unite(language('[^]*a[^]{8}'), language('[^]*b[^]{8}'))).toThrow(Unsupported);
  });
});

describe('two languages side by side', () => {
  /** Texts whose length is a multiple of some number: two of these have as many pairs as their product. */
  const multiples = (length: number) => `(?:a{${length}})*`;

  test('may have so many pairs of states, and no more', () => {
    // 4 for each state of either, and 1,000.
    const both = intersect(language(multiples(35)), language(multiples(37)));
    expect(both.accepting).toHaveLength(35 * 37 + 1);
    const more = [language(multiples(5)), language(multiples(1028))] as const;
    for (const combine of [intersect, unite, subtract]) {
      expect(() => combine(...more)).toThrow(new Unsupported('too-complex'));
    }
  });

  test('have no pairs of which nothing can be accepted', () => {
    // One pair more would be too many: the dead state of the one with what follows `b` in the other.
    const [one, other] = [language(multiples(17)), language(`${multiples(83)}b?`)];
    expect(intersect(one, other).accepting).toHaveLength(17 * 83 + 1);
    expect(intersect(other, one).accepting).toHaveLength(17 * 83 + 1);
    expect(subtract(one, other).accepting).toHaveLength(17 * 83 + 1);
  });
});

describe('newly allowed', () => {
  test.each<[string, string, string | undefined]>([
    ['https:\\/\\/a\\.example', 'https:\\/\\/[ab]\\.example', 'https://b.example'],
    ['https:\\/\\/[ab]\\.example', 'https:\\/\\/a\\.example', undefined],
    ['https:\\/\\/a\\.example', 'https:\\/\\/[aA]\\.example(?:\\/x)?', undefined],
    ['[]', 'https?:\\/\\/a\\.example', 'http://a.example'],
  ])('from /%s/ to /%s/', (before, after, witness) => {
    expect(findNewlyAllowed(language(before), language(after), ORIGINS)).toBe(witness);
  });
});
