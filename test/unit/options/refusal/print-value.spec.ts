import { printType, printValue, storeValue } from '../../../../lib/options/refusal/print-value.js';

class PartnerOrigins {}

/** Throws whatever it is asked. */
function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const INHERITS = 'object with inherited properties';

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

describe('what is not plain is printed by its class, and asked nothing', () => {
  test.each<[string, () => unknown, string, string]>([
    ['a Proxy', () => new Proxy({}, {}), 'Proxy', 'Proxy'],
    ['a revoked Proxy', () => revoked({}), 'Proxy', 'Proxy'],
    ['one of a list', () => revoked([]), 'Proxy', 'Proxy'],
    ['one of a function', () => revoked(() => true), 'Proxy', 'Proxy'],
    ['an instance', () => new PartnerOrigins(), 'PartnerOrigins {…}', 'instance of a class'],
    ['a Map', () => new Map(), 'Map {…}', 'instance of a class'],
    ['what inherits options', () => Object.create({ origin: '*' }), '{…}', INHERITS],
    ['what inherits from a function', () => Object.create(() => true), '{…}', INHERITS],
    ['a constructor that is none', () => Object.create({ constructor: 'A' }), '{…}', INHERITS],
    [
      'what inherits from a revoked Proxy',
      () => Object.create(revoked({}) as object),
      '{…}',
      INHERITS,
    ],
    ['a list that inherits nothing', () => Object.setPrototypeOf(['a'], null), '{…}', INHERITS],
  ])('%s', (_, make, printed, type) => {
    const value = make();
    expect([printValue(value), printType(value), storeValue(value)]).toEqual([
      printed,
      type,
      printed,
    ]);
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
