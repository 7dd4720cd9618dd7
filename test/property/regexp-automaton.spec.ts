import { buildAutomaton } from '../../lib/options/language/build-automaton.js';
import { Unsupported } from '../../lib/options/language/limits.js';
import { readOriginRegExp } from '../../lib/options/language/read-origin-regexp.js';
import { uniteAll } from '../../lib/options/language/regexp-origins.js';
import { finish } from '../../lib/options/steps.js';
import { accepts } from '../../lib/policy/origins/automaton.js';
import { fc } from '../support/fast-check.js';
import { runs } from './runs.js';

// V8's own RegExp is the judge of what an expression matches.

const atom = fc.constantFrom(
  ...'a b - \\. . [ab] [^a] [a-c-] \\w \\W \\d \\S \\/ \\x61 A \\u0062 [^] [\\w-] : 1 \\: [A-Z] https'.split(
    ' ',
  ),
  ...'\\u212a [^\\W] _ (?:) [^\\w-] \\D'.split(' '),
);
const assertion = fc.constantFrom(
  '\\b',
  '\\B',
  '^',
  '$',
  '(?<=a)',
  '(?<!b)',
  '(?<!^a)',
  '(?<=\\.)',
);
const quantifier = fc.constantFrom(
  '',
  '',
  '',
  '?',
  '*',
  '+',
  '{2}',
  '{0,2}',
  '{1,3}?',
  '{2,}',
  '*?',
);
const { expression } = fc.letrec<{ expression: string; term: string; group: string }>((tie) => ({
  expression: fc
    .array(fc.array(tie('term'), { maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((alternatives) => alternatives.map((terms) => terms.join('')).join('|')),
  term: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'depth' },
    { weight: 5, arbitrary: fc.tuple(atom, quantifier).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: assertion },
    { weight: 2, arbitrary: tie('group') },
  ),
  group: fc
    .tuple(
      fc.constantFrom('(?:', '(', '(?:', '(?=', '(?!', '(?<=', '(?<!'),
      tie('expression'),
      quantifier,
    )
    .map(([head, inner, times]) => `${head}${inner})${/[=!]$/.test(head) ? '' : times}`),
}));
const anchored = expression.map((inner) => `^(?:${inner})$`);
const flags = fc.constantFrom('', '', 'i', 'u', 'iu', 's', 'v', 'iv', 'd');
const origins = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'ab-.:1A/_\n'.split('')), maxLength: 8 }),
  fc
    .tuple(
      fc.constantFrom('https', 'http', 'a'),
      fc.string({ unit: fc.constantFrom(...'abcA1-._'.split('')), maxLength: 6 }),
      fc.constantFrom('', ':1', ':8080'),
    )
    .map(([scheme, host, port]) => `${scheme}://${host}${port}`),
);

function valid(source: string, flagsOfIt: string): RegExp | undefined {
  // With `v`, that of Node 20 forgets the quantifier in `(?:[^]+)`.
  if (flagsOfIt.includes('v') && source.includes('[^]')) return undefined;
  try {
    return new RegExp(source, flagsOfIt);
  } catch {
    return undefined;
  }
}

/** With repetitions of repetitions V8 takes minutes for 20 characters. */
function canAsk(source: string, text: string): boolean {
  return text.length < 8 || (source.match(/\)[*+?{]/g) ?? []).length < 2;
}

/** Whether it has an automaton, or is refused by the name of what it has instead. */
function buildOrRefuse(source: string, flagsOfIt: string): boolean {
  try {
    return buildAutomaton({ source, flags: flagsOfIt }).width > 0;
  } catch (error) {
    return error instanceof Unsupported;
  }
}

describe('the automaton of a RegExp', () => {
  test('accepts what V8 matches', () => {
    const seen = { built: 0, matched: 0, texts: 0 };
    fc.assert(
      fc.property(
        anchored,
        flags,
        fc.array(origins, { minLength: 20, maxLength: 100 }),
        (source, flagsOfIt, texts) => {
          const regexp = valid(source, flagsOfIt);
          fc.pre(regexp !== undefined);
          const read = readOriginRegExp(regexp);
          const language = read?.language;
          fc.pre(language !== undefined);
          seen.built += 1;
          for (const text of texts.filter((any) => canAsk(source, any))) {
            const isMatch = regexp.test(text);
            seen.texts += 1;
            seen.matched += Number(isMatch);
            if (accepts(language, text) !== isMatch) {
              throw new Error(`${regexp} and ${JSON.stringify(text)}: V8 says ${isMatch}`);
            }
          }
        },
      ),
      { numRuns: runs(300) },
    );
    expect(seen.built).toBeGreaterThan(100);
    expect(seen.matched / seen.texts).toBeGreaterThan(0.02);
  });

  test('of many RegExps accepts what any of them matches', () => {
    fc.assert(
      fc.property(
        fc.array(anchored, { minLength: 1, maxLength: 8 }),
        fc.array(origins, { minLength: 20 }),
        (sources, texts) => {
          const parts = sources.flatMap((source) => {
            const regexp = valid(source, '');
            const language = regexp && readOriginRegExp(regexp).language;
            return language === undefined ? [] : [{ regexp, language }];
          });
          const united = finish(uniteAll(parts.map(({ language }) => language)));
          for (const text of texts.filter((any) => sources.every((one) => canAsk(one, any)))) {
            const isMatch = parts.some(({ regexp }) => regexp?.test(text));
            expect([text, united.some((one) => accepts(one, text))]).toEqual([text, isMatch]);
          }
        },
      ),
      { numRuns: runs(100) },
    );
  });

  test('is built, or refused by name, whatever is written', () => {
    const unit = fc.constantFrom(
      ...'^ $ | ( ) [ ] { } ? * + . \\ a 1 - , : = ! < > k 9'.split(' '),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 14 }), flags, (source, flagsOfIt) => {
        fc.pre(valid(source, flagsOfIt) !== undefined);
        expect(buildOrRefuse(source, flagsOfIt)).toBe(true);
      }),
      { numRuns: runs(1000) },
    );
  });
});
