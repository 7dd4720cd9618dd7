import { printType, printValue, storeValue } from '../../../../lib/options/refusal/print-value.js';

class PartnerOrigins {}

describe('printValue', () => {
  test.each<[unknown, string, string]>([
    ['https://example.com', "'https://example.com'", 'string'],
    ['', "''", 'string'],
    ["it's", "'it\\'s'", 'string'],
    ['back\\slash', "'back\\\\slash'", 'string'],
    ['`code`', "'\\x60code\\x60'", 'string'],
    ['a\nb\tc\0\x7f\x1b[31m', "'a\\u{a}b\\u{9}c\\u{0}\\u{7f}\\u{1b}[31m'", 'string'],
    ['m\u00fcller \u4e2d', "'m\u00fcller \u4e2d'", 'string'],
    ['no-break\u00a0space', "'no-break\\u{a0}space'", 'string'],
    ['right-to-left \u202e', "'right-to-left \\u{202e}'", 'string'],
    ['lone \ud800', "'lone \\u{d800}'", 'string'],
    ['\u{1f600}', "'\u{1f600}'", 'string'],
    ['x'.repeat(120), `'${'x'.repeat(120)}'`, 'string'],
    ['x'.repeat(121), `'${'x'.repeat(120)}…'`, 'string'],
    ['https://user:secret@example.com', "'https://…@example.com'", 'string'],
    [
      'https://a@b.example,https://c:d@e.example',
      "'https://…@b.example,https://…@e.example'",
      'string',
    ],
    ['https://example.com/@user', "'https://example.com/@user'", 'string'],
    [-1, '-1', 'number'],
    [Number.NaN, 'NaN', 'number'],
    [10n, '10n', 'bigint'],
    [true, 'true', 'boolean'],
    [undefined, 'undefined', 'undefined'],
    [null, 'null', 'null'],
    [Symbol('s'), 'Symbol(s)', 'symbol'],
    [/^a\/`$/g, '/^a\\/\\x60$/g', 'RegExp'],
    [/\n/, '/\\n/', 'RegExp'],
    [[], '[]', 'array'],
    [['secret', 2], '[… 2 …]', 'array'],
    [{ secret: 1 }, '{…}', 'object'],
    [PartnerOrigins, 'function PartnerOrigins', 'function'],
    [() => true, 'function', 'function'],
  ])('%p', (value, printed, type) => {
    expect(printValue(value)).toBe(printed);
    expect(printType(value)).toBe(type);
  });
});

describe('storeValue', () => {
  test.each<[unknown, unknown]>([
    ['https://example.com', 'https://example.com'],
    ['https://user:secret@example.com', 'https://…@example.com'],
    [1, 1],
    [true, true],
    [undefined, undefined],
    [null, null],
    [/^a$/, /^a$/],
    [['secret'], '[… 1 …]'],
    [{ secret: 1 }, '{…}'],
    [PartnerOrigins, 'function PartnerOrigins'],
  ])('%p', (value, stored) => {
    expect(storeValue(value)).toEqual(stored);
  });
});
