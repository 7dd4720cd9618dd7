import { findRegExpReasons } from '../../../../lib/options/origin/regexp-lint.js';
import type { RegExpReason } from '../../../../lib/options/refusal/cors-config-reason.js';

/** What is tested is one fault at a time; the others of the same RegExp are left out. */
function has(fault: RegExpReason, regexp: RegExp): boolean {
  return findRegExpReasons(regexp).includes(fault);
}

describe('RegExps that are accepted', () => {
  test.each([
    /^https:\/\/app\.example\.com$/,
    /^https:\/\/(?:app|shop)\.example\.com$/,
    /^https:\/\/(app|shop)\.example\.com$/i,
    /^https:\/\/[a-z0-9-]+\.example\.com$/u,
    new RegExp('^https://[a-z0-9\\-]+\\.example\\.com$', 'v'),
    /^https:\/\/(?:[a-z0-9-]+\.)+example\.com$/,
    /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*example\.com(?::\d+)?$/,
    /^https?:\/\/localhost(?::\d{1,5})?$/,
    /^https:\/\/pr-\d+\.preview\.example\.com$/s,
    /^https:\/\/.+\.example\.com$/,
    /^https:\/\/.{3}\.example\.com$/,
    /^(?:https:\/\/a\.example|https:\/\/b\.example)$/,
    /^https:\/\/a\.example$|^https:\/\/b\.example$/,
    /(?:^https:\/\/a\.example$|^https:\/\/b\.example$)/,
    /^https:\/\/[.]example\.com$/,
    /^https:\/\/[^.]+\.example\.com$/,
    /^(?!https:\/\/evil)https:\/\/[a-z]+\.example\.com$/,
    /^https:\/\/(?<tenant>[a-z]+)\.\k<tenant>\.example$/,
    /^https:\/\/\x61\u0062\cA\.example$/,
    new RegExp('^https://\\p{L}\\k<a>\\.example$'),
    /^https:\/\/\u{61}\p{Ll}+\.example$/u,
  ])('%s', (regexp) => {
    expect(findRegExpReasons(regexp)).toEqual([]);
  });
});

describe('origin-regexp-stateful', () => {
  test.each([/^a$/g, /^a$/y, /^a$/gi])('%s', (regexp) => {
    expect(findRegExpReasons(regexp)).toEqual(['origin-regexp-stateful']);
  });
});

describe('origin-regexp-multiline', () => {
  test('/^a$/m', () => {
    expect(findRegExpReasons(/^a$/m)).toEqual(['origin-regexp-multiline']);
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
    /^(?:https:.*|null)$/,
    /^.*$/g,
  ])('%s', (regexp) => {
    expect(has('origin-regexp-matches-null', regexp)).toBe(true);
  });

  test('does not advance the lastIndex of a RegExp', () => {
    const regexp = /l/g;
    regexp.lastIndex = 1;
    findRegExpReasons(regexp);
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
    expect(findRegExpReasons(regexp)).toEqual(['origin-regexp-unescaped-dot']);
  });

  test.each([/^a\.b$/, /^a[.]b$/, /^a.+b$/, /^a.*?b$/, /^a.{2}b$/, /^a.?b$/])(
    'not %s',
    (regexp) => {
      expect(findRegExpReasons(regexp)).toEqual([]);
    },
  );
});

describe('origin-regexp-catastrophic', () => {
  test.each([
    /^(a+)+$/,
    /^(?:a*)*$/,
    /^(?:a+)*$/,
    /^((a+))+$/,
    /^(?:a+){2,}$/,
    /^(?:a{1,63})+$/,
    /^(?:a+){20}$/,
    /^(?:[a-z]+-?)+$/,
    /^(?:a?b?)+$/,
    /^(?:\w+\d+)*$/,
    /^(?:\w+\b)+$/,
    /^(?:.+\.)+example\.com$/,
    /^(?:[\w.-]+\.)+example\.com$/,
    /^(?:[a-z.]+(?:\.|-))+$/,
    /^(?:a|a)+$/,
    /^(?:\w|\d)*$/,
    /^(?:[a-z]|x)+$/,
    /^(?:A+a)+$/i,
    /^(?:(?:a)|a)+$/,
    /^x(?:y(?:a+)+)?$/,
    /^(?=(a+)+$)aaa$/,
    /^(a)(?:b+\1)+$/,
    /^(?:[^]+(?:|x))+$/,
    /^(?:a+|b)+$/,
    /^(?:(?:aa+)a)+$/,
    // What matches nothing separates nothing.
    /^(?:a+(?:))+$/,
    /^(?:a+(?:|-))+$/,
    /^(?:a+(?=-))+$/,
    /^(?:\w+\B)+$/,
    /^(?:a+^)+$/,
    /^(?:a+$)+$/,
    // An escape is one character, however it is written.
    /^(?:\x61+a)+$/,
    /^(?:\u0061+a)+$/,
    /^(?:\u{61}+a)+$/u,
    /^(?:\p{Ll}+a)+$/u,
    /^(?:\P{Lu}+a)+$/u,
    /^(?:\cA+[^])+$/,
    /^(?<name>a)(?:b+\k<name>)+$/,
    new RegExp(`^${'(a)'.repeat(10)}(?:b+\\10)+$`),
  ])('%s', (regexp) => {
    expect(has('origin-regexp-catastrophic', regexp)).toBe(true);
  });

  test.each([
    /^a+b+$/,
    /^(?:ab)+$/,
    /^(?:a+){2}$/,
    /^(?:a+b)+$/,
    /^(?:a+b){1,100}$/,
    /^(?:ba+)+$/,
    /^(?:[a-z]-?)+$/,
    /^(?:[a-z]+(?:\.|-))+$/,
    /^(?:a|b)+$/,
    /^(?:a|b|cd|ef)*$/,
    /^(?:a|(?=b)b)*$/,
    /^(?:a+)?$/,
    /^(?:A+a)+$/,
    /^(?:a{3}b)+$/,
    /^[a+]+$/,
    /^(?:(?:a+b)?c)+$/,
    /^(?:a+){10}$/,
    /^(?:ab|ac)*$/,
    /^(?:a+(?:(?:)-))+$/,
    /^(?:(?:a(?=-))+-)+$/,
    /^(?:\b)*a$/,
    /^(?=a|a)*a$/,
    /^(?:a+b)+$/g,
  ])('not %s', (regexp) => {
    expect(has('origin-regexp-catastrophic', regexp)).toBe(false);
  });
});
