import { matcherOf } from '../../../lib/edge/expression.js';
import { printRegExp } from '../../../lib/edge/print-regexp.js';
import { fc } from '../../support/fast-check.js';

describe('a RegExp in the dialect of other servers', () => {
  it.each([
    [/^https:\/\/pr-\d+\.example\.com$/, '^https://pr-[0-9]+\\.example\\.com$'],
    [
      /^https:\/\/(?:a|b)\.example\.com(?::\d{2,5})?$/,
      '^https://(?:a|b)\\.example\\.com(?::[0-9]{2,5})?$',
    ],
    [/^https:\/\/([^.]+)\.x$/i, '^[Hh][Tt][Tt][Pp][Ss]://(?:[^.]+)\\.[Xx]$'],
    [/^\x61\u0062[\w-]$/, '^ab[\\-0-9A-Z_a-z]$'],
    [/^(?<name>a)+?b*?c??$/, '^(?:a)+b*c?$'],
    [/^a"$/, '^a"$'],
  ])('%s', (regexp, source) => {
    const { source: written, flags } = regexp;
    expect(printRegExp({ source: written, flags })).toEqual({
      source,
      ignoreCase: false,
      looksAround: false,
    });
  });

  it('says that it looks around, which not every server can', () => {
    const printed = printRegExp({ source: '^(?!evil)[a-z]+(?<!x)$', flags: '' });
    expect(printed).toEqual({
      source: '^(?!evil)[a-z]+(?<!x)$',
      ignoreCase: false,
      looksAround: true,
    });
  });

  it.each([
    ['^(?:[a-z]{1,63}\\.){1,15}x$', false],
    ['^(?:[a-z]{1,63}\\.){1,16}x$', true],
    ['^(?:(?:a{2,}){500})+$', false],
    ['^(?:(?:a{3,}){500})+$', true],
  ])('says whether /%s/ repeats more than RE2 does: %s', (source, isBeyond) => {
    expect(printRegExp({ source, flags: '' })?.looksAround).toBe(isBeyond);
  });

  it.each(['^(a)\\1$', '^a{1001}$', '^[]$', '^é$', '^('])('has no way to say /%s/', (source) => {
    expect(printRegExp({ source, flags: '' })).toBeUndefined();
  });

  const leaf = fc.constantFrom(
    'a',
    'B',
    '.',
    '\\.',
    '\\d',
    '\\W',
    '[^a-c]',
    '[a\\]^-]',
    '-',
    '\\\\',
    '\\$',
  );
  const source = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b),
      fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}|${b})`),
      fc
        .tuple(tie('node'), fc.constantFrom('*', '+?', '?', '{2}', '{1,3}'))
        .map(([a, q]) => `(?:${a})${q}`),
    ),
  })).node;

  it('matches what it matched', () => {
    fc.assert(
      fc.property(
        source,
        fc.constantFrom('', 'i', 's', 'u'),
        fc.array(
          fc.string({ unit: fc.constantFrom(...Array.from('abcABC.-\\$]^09 _')), maxLength: 6 }),
          {
            minLength: 10,
            maxLength: 10,
          },
        ),
        (inner, flags, texts) => {
          const written = { source: `^(?:${inner})$`, flags };
          const printed = printRegExp(written);
          if (printed === undefined) throw new Error(`No way to say ${inner}.`);
          const regexp = new RegExp(written.source, flags);
          const matches = matcherOf(printed);
          expect(texts.map(matches)).toEqual(texts.map((text) => regexp.test(text)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
