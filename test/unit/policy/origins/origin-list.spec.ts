import { buildAutomaton } from '../../../../lib/options/language/build-automaton.js';
import { compileOriginList } from '../../../../lib/policy/origins/origin-list.js';
import { type OriginPattern, parseOrigin } from '../../../../lib/policy/origins/parse-origin.js';

function parse(text: string): OriginPattern {
  const parsed = parseOrigin(text);
  if (typeof parsed === 'string') throw new Error(`${text}: ${parsed}`);
  return parsed;
}

function matcher(origins: readonly string[], regexps: readonly RegExp[] = []) {
  const rule = compileOriginList(origins.map(parse), regexps.map(buildAutomaton));
  if (rule.kind !== 'listed') throw new Error('A list makes a rule of its own kind.');
  return rule.matches;
}

describe('compileOriginList', () => {
  test('makes a frozen rule', () => {
    const rule = compileOriginList([parse('https://example.com')], []);
    expect([rule.kind, Object.isFrozen(rule)]).toEqual(['listed', true]);
  });

  test('an empty list allows nothing', () => {
    expect(['https://example.com', 'null', '', '*'].some(matcher([]))).toBe(false);
  });

  describe('exact origins', () => {
    const matches = (origin: string) =>
      matcher(['https://example.com', 'http://[::1]:3000', 'capacitor://localhost'])(origin);

    test.each(['https://example.com', 'http://[::1]:3000', 'capacitor://localhost'])(
      '%s is allowed',
      (origin) => {
        expect(matches(origin)).toBe(true);
      },
    );

    test.each([
      'null',
      '',
      '*',
      'http://example.com',
      'https://example.com:8443',
      'https://example.com:443',
      'https://example.com/',
      'https://example.com.',
      'https://Example.com',
      'https://example.co',
      'https://example.comm',
      'https://example.com.evil.example',
      'https://evilexample.com',
      'https://sub.example.com',
      'https://example.com\0',
      'http://[::1]',
      'capacitor://localhost2',
      'capacitor://localhost:80',
    ])('%j is not', (origin) => {
      expect(matches(origin)).toBe(false);
    });
  });

  describe.each([
    {
      pattern: 'https://*.example.com',
      allowed: [
        'https://a.example.com',
        'https://a.b.example.com',
        'https://a.b.c.d.e.f.g.example.com',
        'https://example.com.example.com',
        'https://xn--mller-kva.example.com',
        'https://a_b.example.com',
        'https://-.example.com',
        'https://1.example.com',
        `https://${'a'.repeat(63)}.example.com`,
        // 253 bytes, the longest name there is
        `https://${'a.'.repeat(121)}example.com`,
      ],
      refused: [
        'null',
        'https://example.com',
        'http://a.example.com',
        'https://.example.com',
        'https://..example.com',
        'https://a..example.com',
        'https://a.example.com.',
        'https://a.example.com:443',
        'https://a.example.com:8443',
        'https://a.example.com:',
        'https://a.example.com/',
        'https://a.example.com:8443/',
        'https://aexample.com',
        'https://evil-example.com',
        'https://a.example.com.evil.example',
        'https://a.example.comevil',
        'https://evil.com#.example.com',
        'https://evil.com/.example.com',
        'https://evil.com?.example.com',
        'https://evil.com:80.example.com',
        'https://user@a.example.com',
        'https://A.example.com',
        'https://a.Example.com',
        'https://*.example.com',
        'https://a b.example.com',
        'https://a%2eb.example.com',
        'https://m\u00fcller.example.com',
        'https://[::1].example.com',
        'https://a].example.com',
        `https://${'a'.repeat(64)}.example.com`,
        `https://b${'a.'.repeat(121)}example.com`,
        'https://',
        'https:',
        'a.example.com',
        'xhttps://a.example.com',
        'capacitor://a.example.com',
      ],
    },
    {
      pattern: 'https://*.example.com:8443',
      allowed: ['https://a.example.com:8443', 'https://a.b.example.com:8443'],
      refused: [
        'https://a.example.com',
        'https://a.example.com:08443',
        'https://a.example.com:84430',
        'https://example.com:8443',
        'https://a.example.com:8443:8443',
      ],
    },
    {
      pattern: 'http://localhost:*',
      allowed: [
        'http://localhost',
        'http://localhost:1',
        'http://localhost:443',
        'http://localhost:3000',
        'http://localhost:65535',
      ],
      refused: [
        'https://localhost',
        'abcd://localhost',
        'http://localhost:',
        'http://localhost:80',
        'http://localhost:0',
        'http://localhost:03000',
        'http://localhost:65536',
        'http://localhost:3000/',
        'http://localhost:*',
        'http://localhost:3000.evil.example',
        'http://localhost.evil.example:3000',
        'http://localhost.',
        'http://a.localhost:3000',
        'http://localhost@evil.example',
        'http://localhost:x@evil.example',
      ],
    },
    {
      pattern: 'https://*.example.com:*',
      allowed: [
        'https://a.example.com',
        'https://a.example.com:80',
        'https://a.b.example.com:9000',
      ],
      refused: [
        'https://example.com',
        'https://example.com:9000',
        'https://a.example.com:443',
        'https://a.example.com:9000x',
      ],
    },
    {
      pattern: 'http://[::1]:*',
      allowed: ['http://[::1]', 'http://[::1]:3000'],
      refused: ['http://[::1]:80', 'http://[::2]:3000', 'http://[::1', 'http://[::1]3000'],
    },
    {
      pattern: 'https://my-app-*.example.com',
      allowed: [
        'https://my-app-1.example.com',
        'https://my-app-git-main.example.com',
        'https://my-app--.example.com',
        'https://my-app-my-app-.example.com',
        `https://my-app-${'a'.repeat(56)}.example.com`,
      ],
      refused: [
        'https://my-app-.example.com',
        'https://my-app.example.com',
        'https://my-app-_.example.com',
        'https://my-app-a_b.example.com',
        'https://my-app-a.b.example.com',
        'https://my-app-A.example.com',
        'https://my-app-*.example.com',
        'https://my-app-a%.example.com',
        'https://a.my-app-1.example.com',
        'https://xmy-app-1.example.com',
        'https://my-app-1.xexample.com',
        'https://my-app-1.example.com.evil.example',
        'http://my-app-1.example.com',
        'https://my-app-1.example.com:8443',
        'https://my-app-1.example.com.',
        'https://my-app-1',
        'https://example.com',
        'https://.example.com',
        `https://my-app-${'a'.repeat(57)}.example.com`,
        'null',
      ],
    },
    {
      pattern: 'https://a*b.example.com:*',
      allowed: [
        'https://axb.example.com',
        'https://abb.example.com:1',
        'https://aab.example.com',
        'https://a-b.example.com:8443',
        'https://axbxb.example.com',
      ],
      refused: [
        'https://ab.example.com',
        'https://a_b.example.com',
        'https://axbx.example.com',
        'https://xaxb.example.com',
        'https://axb.example.com:443',
        'https://axb.example.com:',
      ],
    },
    {
      // An underscore that is written is one; the wildcard stands for none.
      pattern: 'http://a_*_b.example.com',
      allowed: ['http://a_x_b.example.com', 'http://a_-_b.example.com'],
      refused: [
        'http://a__b.example.com',
        'http://a___b.example.com',
        'http://a_x_y_b.example.com',
      ],
    },
    {
      pattern: `https://a*.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(62)}`,
      // 253 bytes, and one more
      allowed: [`https://${'a'.repeat(62)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(62)}`],
      refused: [`https://${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(62)}`],
    },
    {
      pattern: 'http://127.0.0.1:*',
      allowed: ['http://127.0.0.1', 'http://127.0.0.1:3000'],
      refused: ['http://127.0.0.2:3000', 'http://1.127.0.0.1:3000'],
    },
  ])('$pattern', ({ pattern, allowed, refused }) => {
    test.each(allowed)('allows %s', (origin) => {
      expect(matcher([pattern])(origin)).toBe(true);
    });

    test.each(refused)('refuses %j', (origin) => {
      expect(matcher([pattern])(origin)).toBe(false);
    });
  });

  test.each(Array.from({ length: 128 }, (_, code) => code))('code %i in a label', (code) => {
    const char = String.fromCharCode(code);
    const isAllowed = /[a-z0-9._-]/.test(char);
    expect(matcher(['https://*.example.com'])(`https://a${char}b.example.com`)).toBe(isAllowed);
  });

  test('patterns of one host do not hide each other', () => {
    const matches = matcher([
      'https://*.example.com',
      'https://*.example.com:8443',
      'https://*.sub.example.com:9000',
      'http://*.example.com:*',
      'https://example.com:*',
    ]);
    const origins = [
      'https://a.example.com',
      'https://a.example.com:8443',
      'https://a.example.com:9000',
      'https://a.sub.example.com',
      'https://a.sub.example.com:9000',
      'http://a.example.com:9000',
      'https://example.com:9000',
      'http://example.com:9000',
    ];
    expect(origins.filter(matches)).toEqual([
      'https://a.example.com',
      'https://a.example.com:8443',
      'https://a.sub.example.com',
      'https://a.sub.example.com:9000',
      'http://a.example.com:9000',
      'https://example.com:9000',
    ]);
  });

  test('patterns within one label do not hide each other', () => {
    const matches = matcher([
      'https://a*.example.com',
      'https://ab*.example.com:8443',
      'https://a*c.example.com:9000',
      'https://a*c.example.com:9001',
      'http://a*.example.com:1',
      'https://a*.example.org',
      'https://*.example.com:7000',
    ]);
    const origins = [
      'https://abc.example.com',
      'https://abc.example.com:8443',
      'https://acc.example.com:8443',
      'https://abc.example.com:9000',
      'https://abc.example.com:9001',
      'https://abd.example.com:9000',
      'https://abc.example.com:1',
      'http://abc.example.com:1',
      'http://abc.example.com',
      'https://abc.example.org',
      'https://abc.example.org:8443',
      'https://abc.example.com:7000',
      'http://abc.example.com:7000',
    ];
    expect(origins.filter((origin) => !matches(origin))).toEqual([
      'https://acc.example.com:8443',
      'https://abd.example.com:9000',
      'https://abc.example.com:1',
      'http://abc.example.com',
      'https://abc.example.org:8443',
      'http://abc.example.com:7000',
    ]);
  });

  describe('RegExps', () => {
    test('each may allow', () => {
      const some = matcher(['https://example.com'], [/^https:\/\/(?:a|b)\.example\.org$/, /^x$/i]);
      const origins = ['https://a.example.org', 'https://c.example.org', 'x', 'X', 'null'];
      expect(origins.filter(some)).toEqual(['https://a.example.org', 'x', 'X']);
    });

    test('none allows null', () => {
      const matches = matcher(['https://example.com'], [/^https:\/\/a\.example\.org$/, /^.*$/]);
      expect([matches('null'), matches('nulls')]).toEqual([false, true]);
    });
  });
});
