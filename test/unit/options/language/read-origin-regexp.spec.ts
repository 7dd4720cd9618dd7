import { jest } from '@jest/globals';
import { buildAutomaton } from '../../../../lib/options/language/build-automaton.js';
import { readOriginRegExp } from '../../../../lib/options/language/read-origin-regexp.js';
import type { RegExpReason } from '../../../../lib/options/refusal/cors-config-reason.js';
import { accepts } from '../../../../lib/policy/origins/automaton.js';

function faultsOf(regexp: RegExp): readonly RegExpReason[] {
  return readOriginRegExp(regexp).faults;
}

/** What is tested is one fault at a time; the others of the same RegExp are left out. */
function has(fault: RegExpReason, regexp: RegExp): boolean {
  return faultsOf(regexp).includes(fault);
}

describe('origin-regexp-stateful', () => {
  test.each([/^a$/g, /^a$/y, /^a$/gi])('%s', (regexp) => {
    expect(faultsOf(regexp)).toEqual(['origin-regexp-stateful']);
  });
});

describe('origin-regexp-multiline', () => {
  test('/^a$/m', () => {
    expect(faultsOf(/^a$/m)).toEqual(['origin-regexp-multiline']);
  });
});

describe('origin-regexp-unanchored', () => {
  test.each([
    /example\.com/,
    /^example\.com/,
    /example\.com$/,
    /^a|b$/,
    /^a$|b/,
    /^a$|/,
    /|^a$/,
    /^(?:a|b$)/,
    /(?:^a|b)$/,
    /(?:^a|b$)/,
    /(^a$|b)/,
    /(?:^a$)?/,
    /(?:^a$)*/,
    /(?:^a$){0,1}/,
    /a^$/,
    /^$a/,
    /\^a$/,
    /^a\$/,
    /^a\\\$/,
    /[^a]$/,
    /^a[$]/,
    /^a[\]$]/,
    /^[a$]/,
    /(?=^)a$/,
    /^a(?=$)/,
    /(?<=^)a$/,
    /^a(?!$)/,
    /^a$(?<!x)/,
    /(?:)/,
    /()/,
    /x{0}^a$/,
    // The RegExp constructor, since not every engine can parse them as literals.
    new RegExp('[[a-z]&&[^$]]^a$', 'v'),
    new RegExp('^a[[a]--[$]]', 'v'),
    new RegExp('^a{', ''),
    new RegExp('^a]', ''),
  ])('%s', (regexp) => {
    expect(has('origin-regexp-unanchored', regexp)).toBe(true);
  });

  test.each([
    /^a$/,
    /^$/,
    /^(?:a|b)$/,
    /^(a|b)$/,
    /^a$|^b$/,
    /(?:^a|^b)$/,
    /^(?:a$|b$)/,
    /((^a)|(?:^b))$/,
    /(?:^a$){1}/,
    /(?:^a$)+/,
    /(?<name>^a$)/,
    /(?<m>^a$)/,
    /^[[]$/,
    /^\$$/,
    /^\\$/,
    /^[^)|(]$/,
    /^[\]|]$/,
    /^a\|b$/,
    /^\(\|\)$/,
    new RegExp('^[[a-z]--[b\\|c]]$', 'v'),
    new RegExp('^a{$', ''),
    new RegExp('^a{,3}$', ''),
    new RegExp('^{}]$', ''),
  ])('not %s', (regexp) => {
    expect(has('origin-regexp-unanchored', regexp)).toBe(false);
  });
});

describe('origin-regexp-matches-null', () => {
  test.each([
    /^.*$/,
    /^null$/,
    /^NULL$/i,
    /^\w+$/,
    /^[a-z:/.]+$/,
    /null/,
    /NULL/i,
    /^(?:https:.*|null)$/,
    /^.*$/g,
  ])('%s', (regexp) => {
    expect(has('origin-regexp-matches-null', regexp)).toBe(true);
  });

  test('does not move a RegExp on', () => {
    const regexp = /l/g;
    regexp.lastIndex = 1;
    faultsOf(regexp);
    expect(regexp.lastIndex).toBe(1);
  });

  test.each([/^https:.*$/, /^NULL$/, /^nul$/])('not %s', (regexp) => {
    expect(has('origin-regexp-matches-null', regexp)).toBe(false);
  });
});

describe('origin-regexp-unescaped-dot', () => {
  test.each([
    /^https:\/\/app.example\.com$/,
    /^https:\/\/(?:www.)?example\.com$/,
    /^https:\/\/((a|b).example)\.com$/,
    /^(?=https:..)https:\/\/a$/,
    /^https:\/\/\\.example$/,
    /^https:\/\/a.{1}example$/,
  ])('%s', (regexp) => {
    expect(faultsOf(regexp)).toEqual(['origin-regexp-unescaped-dot']);
  });

  test('in one alternative of two', () => {
    expect(faultsOf(/^https:\/\/a.b$|^https:\/\/c$/)).toEqual(['origin-regexp-unescaped-dot']);
  });

  test.each([
    /^a\.b$/,
    /^a[.]b$/,
    /^a\db$/,
    /^a\sb\W$/,
    /^a.+b$/,
    /^a.*?b$/,
    /^a.{2}b$/,
    /^a.?b$/,
    /^a.{1,2}b$/,
  ])('not %s', (regexp) => {
    expect(faultsOf(regexp)).toEqual([]);
  });
});

test.each<[RegExp, RegExpReason]>([
  [/^a$/g, 'origin-regexp-stateful'],
  [/^a$/m, 'origin-regexp-multiline'],
  [/^a/, 'origin-regexp-unanchored'],
])('%s has no automaton that matches as it does', (regexp, fault) => {
  expect(readOriginRegExp(regexp)).toStrictEqual({ faults: [fault] });
});

describe('what no automaton holds', () => {
  test.each<[RegExp, RegExpReason]>([
    [/^https:\/\/(?<tenant>[a-z]+)\.\k<tenant>\.example$/, 'origin-regexp-back-reference'],
    [/^(a)\1$/, 'origin-regexp-back-reference'],
    [/^a(?<=a(?=b))b$/, 'origin-regexp-look-ahead-in-look-behind'],
    [/^a(?<=\ba)b$/, 'origin-regexp-look-ahead-in-look-behind'],
    [/^a(?<=a$)$/, 'origin-regexp-look-ahead-in-look-behind'],
    [new RegExp('^[\\q{ab}]$', 'v'), 'origin-regexp-class-strings'],
    [new RegExp('^[[a-z]--\\q{a|bc}]$', 'v'), 'origin-regexp-class-strings'],
    [/^(a|b)*a(a|b){12}$/, 'origin-regexp-too-complex'],
    [/^((a{1,100}){1,100}){1,100}$/, 'origin-regexp-too-complex'],
    [/^(?:){1000000000}$/, 'origin-regexp-too-complex'],
    [/^(?:a?b?c?d?){300}$/, 'origin-regexp-too-complex'],
    [/^.*(?:a.{8}|b.{9}|c.{10})$/, 'origin-regexp-too-complex'],
    [/^(?:.*a){300}$/, 'origin-regexp-too-complex'],
    [/^(?=.*a.{9}b)(?=.*b.{9}c)(?!.*c.{9}d).+$/, 'origin-regexp-too-complex'],
    // 2,048 states, which are one more than such an expression may have
    [/^[^]*b[^]{10}$/, 'origin-regexp-too-complex'],
  ])('%s: %s', (regexp, fault) => {
    expect(faultsOf(regexp)).toContain(fault);
    expect(readOriginRegExp(regexp).language).toBeUndefined();
  });

  // 1,024 states, and what is settled makes no more of them: a look-ahead that has matched, or that cannot.
  test.each([/^(?=[^]*a[^]{9}b)[^]*$/, /^(?!a)[^]*b[^]{9}$/, /^(?=a)[^]*b[^]{9}$/])(
    'not %s',
    (regexp) => {
      expect(buildAutomaton(regexp).width).toBe(3);
    },
  );

  // As sources, since Node 20 cannot make RegExps of them.
  test('modifiers', () => {
    const source = '^(?i:a)b(?s:.x)(?-i:c)D(?s-i:e.)$';
    const language = buildAutomaton({ source, flags: 'i' });
    const texts = ['ABaxcde.', 'aB\nXcDe\n', 'abaxCde.', 'abaxcdE.', 'xbaxcde.'];
    expect(texts.map((text) => accepts(language, text))).toEqual([true, true, false, false, false]);
    expect(() => buildAutomaton({ source: '^(?m:a$)$', flags: '' })).toThrow('multiline');
  });
});

describe('look-around', () => {
  const TEXTS = ['', 'a', 'b', 'ab', 'ba', 'aa', 'aba', 'abb', 'a-b', '-a', 'a-', 'aab', 'bab'];

  test.each([
    /^(?=a(?!b))a$/,
    /^(?!a(?=b))[ab]+$/,
    /^(?:(?!b)[ab-])+$/,
    /^(?:(?!-)[ab-]+(?<!-))$/,
    /^(?=.*a)(?!.*b).+$/,
    /^(?:a(?=b)|b)+$/,
    /^(?:(?<=a)b|a)+$/,
    /^(?<!a)b?a(?<!(?<=b)a)$/,
    /^.*\b-\b.*$/,
    /^a\Ba$/,
    /^(?:(?=[^]*b)[ab]){2}$/,
    /^(?<=^)a(?=$)$/,
    /^(?:(?=a))*a$/,
    /^(?:(?=(?=(?!b)a)a)a)+$/,
  ])('%s', (regexp) => {
    const language = readOriginRegExp(regexp).language;
    const accepted = TEXTS.filter((text) => language && accepts(language, text));
    expect(accepted).toEqual(TEXTS.filter((text) => regexp.test(text)));
  });
});

describe('what V8 matches', () => {
  const TEXTS = [
    ['', 'a', 'aa', 'aaa', 'aaaa', 'aaaaa', 'b', 'ab', 'abb', 'bb', 'bbbb', 'aabb', 'abbb'],
    ['A', 'k', 'K', 's', 'S', '-', 'a-', '-a', 'a b', 'a\nb', '\n', '\r', 'a:b', '_', '0', 'x'],
    ['cccaab', 'cccax', '\\c', '\u{1}', '\u{7f}', '\u{7e}', '/', ']', '\\', '^', '.'],
  ].flat();

  const REGEXPS = [
    [/^a?$/, /^a*$/, /^a+$/, /^a{3}$/, /^a{0}$/, /^a{0,2}$/, /^a{1,3}?$/, /^a{2,}$/, /^a{2,3}$/],
    [
      /^(?:a|bb){2,3}$/,
      /^(a|b){0,2}b$/,
      /^(?:a{2})*$/,
      /^(?:)$/,
      /^(?:|a)$/,
      new RegExp('^[]$'),
      /^[^]$/,
    ],
    [/^a.b$/, /^a.b$/s, /^.$/, /^.$/s, /^[^a]$/, /^[^a]$/i, /^k$/iu, /^\u212a$/iu, /^\u017f$/iu],
    [/^\w$/, /^\w$/iu, /^\W$/iu, /^[^\W]$/, /^\s$/, /^\d$/, /^[\b]?a$/, /^\x61$/, /^\u0061$/],
    [/^\u{61}$/u, /^\u{1F600}?a$/u, /^[\u{1F600}-\u{1F601}a]$/u, /^\cA$/, /^\x7f$/, /^~|\x7e$/],
    [/^\/$/, /^\]$/, /^\\$/, /^\^$/, /^\.$/, /^[\]^.]$/, /^(?<name>a)b$/, /^a$/d, /^aB$/i],
    [/^.*\b$/, /^\b.*$/, /^\B.*$/, /^.*\B$/, /^a\b-\B$/, /^\ba\b$/, /^\B-\b.$/, /^a\B.$/],
    [/^a*(?<=aa)b*$/, /^a*(?<!aa)b*$/, /^(?<=(?<!a)a)a*$/, /^a(?<=^a)b?$/, /^(?:a|(?<=a)b)*$/],
    // Its sets of threads have numbers of one digit and of two.
    [/^(?:(?:c{2}c[ab]?[ab]b|(?:[ab]a|a*|a*b*a*)*a*|b?a{3})+|a{3})$/],
    [/^a^b$/, /^(?:a|^b)+$/, /^(?:^a)*b$/, /^(?:a$|b)+$/],
    [/^(?=a)[ab]*$/, /^(?=a*$)[ab]*$/, /^(?!a*$)[ab]*$/, /^(?:(?=ab)a|b)*$/, /^(?=(?!ab)a).*$/],
    [/^(?=.*b)(?=.*a).*$/, /^(?:(?!bb).)*$/, /^(?!.*(?=bb)b).*$/, /^(?=a|b)(?!ab)..?$/],
    [new RegExp('^\\c$'), new RegExp('^[[ab]--[b]]+$', 'v'), new RegExp('^[\\w&&[^a]]$', 'v')],
  ].flat();

  test.each(REGEXPS)('%s', (regexp) => {
    const language = buildAutomaton(regexp);
    const accepted = TEXTS.filter((text) => accepts(language, text));
    expect(accepted).toEqual(TEXTS.filter((text) => regexp.test(text)));
  });

  test('flags that change nothing about it are none', () => {
    expect(buildAutomaton({ source: '^a$', flags: 'dgiy' })).toEqual(buildAutomaton(/^[aA]$/));
  });
});

describe('what explodes', () => {
  test.each([
    /^https:\/\/(?:www\.|[a-z0-9-]+\.)*example\.com$/,
    /^https:\/\/(?:[a-z]|[a-z][a-z0-9-])+\.example\.com$/,
    /^https:\/\/(?:[a-z0-9]+-[a-z0-9]*)+\.example\.com$/,
    /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+example\.com$/,
    /^https:\/\/(?:[a-z0-9-]+\.?){1,10}example\.com$/,
    /^https:\/\/(?:[\w-]+\.?){0,4}example\.com$/,
    /^https:\/\/[a-z0-9-]+-[a-z0-9-]+-[a-z0-9-]+-team\.vercel\.app$/,
    /^https:\/\/.+-.+-.+-.+-team\.example\.com$/,
    /^https?:\/\/.*\..*\..*\.example\.com$/,
    /^https:\/\/[a-z]*[a-z0-9]*[a-z0-9-]*[a-z0-9-]*\.example\.com$/,
    new RegExp('^https://(?:u+\\u{2})+\\.example\\.com$'),
    /^(?=https:\/\/(?:a|aa)+$)https:\/\/[a-z]+\.example\.com$/,
    /^https:\/\/(?:[a-z0-9-]+\.?)?(?:[a-z0-9-]+\.?)?(?:[a-z0-9-]+\.?)?example\.com$/,
    /^https:\/\/(?:a|b|ab)+\.example\.com$/,
    /^(a+)+$/,
  ])('%s takes one step a character', (regexp) => {
    const language = readOriginRegExp(regexp).language;
    if (language === undefined) throw new Error('It has an automaton.');
    let steps = 0;
    const next = new Proxy(language.next, {
      get(target, key) {
        steps += 1;
        return Reflect.get(target, key);
      },
    });
    for (const unit of ['www.', 'a', 'aa-aa', '-', '.', 'u', 'a.']) {
      steps = 0;
      const text = `https://${unit.repeat(500)}`.slice(0, 510);
      accepts({ ...language, next }, `${text}_`);
      expect(steps).toBeLessThanOrEqual(text.length + 1);
    }
    expect(steps).toBeGreaterThan(0);
  });
});

describe('an error', () => {
  /** Never of V8, which has parsed the RegExp. */
  const read = (source: string, flags: unknown) =>
    readOriginRegExp({ source, flags } as unknown as RegExp);

  test('of the parser, which does not know some syntax yet, refuses the expression', () => {
    expect(read('^(?new:a)$', '')).toEqual({ faults: ['origin-regexp-too-complex'] });
  });

  test.each(['includes', 'replace'])('of ours, in `%s`, is not taken for its fault', (method) => {
    let calls = 0;
    const failOnce = () => {
      calls += 1;
      if (calls === 1) throw new Error('It is broken.');
      return '';
    };
    const flags = { includes: () => false, replace: () => '', [method]: failOnce };
    expect(() => read('^a$', flags)).toThrow('It is broken.');
  });
});

describe('what is refused costs little to refuse', () => {
  test('V8 is not asked: it takes minutes to compile this', () => {
    const test = jest.spyOn(RegExp.prototype, 'test');
    try {
      const regexp = new RegExp(`^https://${'a?'.repeat(500)}a{500}\\.example\\.com$`);
      expect(faultsOf(regexp)).toEqual(['origin-regexp-too-complex']);
      expect(faultsOf(/null/)).toContain('origin-regexp-matches-null');
      const asked = test.mock.contexts.map((context) => (context as RegExp).source);
      expect(asked.filter((source) => /null|example/.test(source))).toEqual([]);
    } finally {
      test.mockRestore();
    }
  });

  test('groups in groups, deeper than the stack', () => {
    const regexp = new RegExp(`^https://${'(?:'.repeat(6000)}a${')'.repeat(6000)}\\.example$`);
    expect(faultsOf(regexp)).toEqual(['origin-regexp-too-complex']);
  });
});
