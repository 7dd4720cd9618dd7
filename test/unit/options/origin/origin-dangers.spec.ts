import { OriginDangers } from '../../../../lib/options/check-policy.js';
import { Unsupported } from '../../../../lib/options/language/limits.js';
import { findDangers, readRegExp } from '../../../../lib/options/language/regexp-origins.js';
import { NO_ORIGIN_TOOLS } from '../../../../lib/options/origin/origin-tools.js';
import { PUBLIC_SUFFIXES, type SuffixList } from '../../../../lib/options/origin/public-suffix.js';
import { OriginReader } from '../../../../lib/options/origin/read-origins.js';
import { finish } from '../../../../lib/options/steps.js';
import { issuesOf, TOOLS } from '../configuration.js';
import { SAFE_REGEXPS } from '../language/regexps.js';
import { OriginLanguages } from '../../../../lib/options/language/origin-language.js';

const ORIGINS = new OriginLanguages();

const reasonsOf = (options: object) =>
  issuesOf({ credentials: true, ...options }).map(({ reason }) => reason);

describe('with credentials', () => {
  test.each(SAFE_REGEXPS)('%s boots', (origin) => {
    expect(reasonsOf({ origin })).toEqual([]);
  });

  test('all of them boot as one list', () => {
    expect(reasonsOf({ origin: SAFE_REGEXPS })).toEqual([]);
  });

  test.each<[RegExp, ...string[]]>([
    [/^https:\/\/.*example\.com$/, 'strangers-with-credentials'],
    [/^https:\/\/[^/]+example\.com$/, 'strangers-with-credentials'],
    [/^https:\/\/app\.example\.com.*$/, 'strangers-with-credentials'],
    [/^https:\/\/.*\.[a-z]{2,4}$/, 'strangers-with-credentials'],
    [/^https:\/\/.+$/, 'strangers-with-credentials'],
    [/^chrome-extension:\/\/[a-p]{32}$/, 'strangers-with-credentials'],
    [/^https:\/\/[a-z0-9-]+\.vercel\.app$/, 'origin-public-suffix'],
    [/^https:\/\/.+\.co\.uk$/, 'origin-public-suffix'],
    [/^https?:\/\/app\.example\.com$/, 'insecure-origin-with-credentials'],
    [/^http:\/\/.*\.example\.com$/, 'insecure-origin-with-credentials'],
    [/^https?:\/\/[a-z]+\.github\.io$/, 'origin-public-suffix', 'insecure-origin-with-credentials'],
  ])('%s is refused, alone, in a list, and in no way without them', (origin, ...reasons) => {
    expect(reasonsOf({ origin })).toEqual(reasons);
    expect(reasonsOf({ origin: [/^https:\/\/a\.example\.com$/, origin] })).toEqual(reasons);
    expect(reasonsOf({ origin, credentials: false })).toEqual([]);
  });

  test.each<[options: object, ...reasons: string[]]>([
    [{ origin: /^https:\/\/[a-z]+\.github\.io$/, dangerouslyAllowPublicSuffixes: true }],
    [{ origin: 'https://my-app-*.vercel.app', dangerouslyAllowPublicSuffixes: true }],
    [{ origin: /^http:\/\/a\.example\.com$/, dangerouslyAllowInsecureOrigins: true }],
    [
      { origin: /^http:\/\/[a-z]+\.github\.io$/, dangerouslyAllowInsecureOrigins: true },
      'origin-public-suffix',
    ],
    [
      {
        origin: /^https?:\/\/.*example\.com$/,
        dangerouslyAllowInsecureOrigins: true,
        dangerouslyAllowPublicSuffixes: true,
      },
      'strangers-with-credentials',
    ],
    [
      { origin: /^https:\/\/.*evil\.com$/, dangerouslyAllowPublicSuffixes: true },
      'strangers-with-credentials',
    ],
    [{ origin: /^https:\/\/.+\.com$/, dangerouslyAllowPublicSuffixes: true }],
    [
      { origin: ['https://*.amazonaws.com', /^https:\/\/(?:.+\.)*amazonaws\.com$/] },
      'origin-public-suffix',
      'origin-public-suffix',
    ],
    [{ origin: 'https://*.amazonaws.com', dangerouslyAllowPublicSuffixes: true }],
  ])('%j: each danger has its own switch, strangers none', (options, ...reasons) => {
    expect(reasonsOf(options)).toEqual(reasons);
  });

  const BEGIN = 'Begin with `^https:\\/\\/`, or write';
  test.each([
    [/^https?:\/\/app\.example\.com$/, 'Write `/^https:\\/\\/app\\.example\\.com$/`,'],
    [
      /^http:\/\/app\.example\.com:80\d\d$/i,
      'Write `/^https:\\/\\/app\\.example\\.com:80\\d\\d$/i`,',
    ],
    [
      /^https?:\/\/app\.example\.com$|(?:^http:\/\/app\.example\.org$)/,
      'Write `/^https:\\/\\/app\\.example\\.com$|(?:^https:\\/\\/app\\.example\\.org$)/`,',
    ],
    // The scheme does not stand at the beginning.
    [/^(?:http|https):\/\/app\.example\.com$/, BEGIN],
    // Over https, no browser sends it, or it is an origin of strangers.
    [/^http:\/\/app\.example\.com:443$/, BEGIN],
    [/^http:\/\/(?:app\.example|[a-z]+\.com:80|app\.example\.com)$/, BEGIN],
  ])('%s over https: %s', (origin, advice) => {
    const issues = issuesOf({ origin, credentials: true });
    expect(issues.map(({ message }) => message.split(' the session here. ')[1])).toEqual([
      `${advice} \`credentials: false\`, or \`dangerouslyAllowInsecureOrigins: true\`.`,
    ]);
  });

  test('what is wrong by itself is one issue, with credentials as without', () => {
    expect(reasonsOf({ origin: /^https:\/\/app.example\.com$/ })).toEqual([
      'origin-regexp-unescaped-dot',
    ]);
    expect(reasonsOf({ origin: /^https:\/\/[^.]{1,63}(?:\.[^.]{1,63}){0,20}$/ })).toEqual([
      'origin-regexp-too-complex',
    ]);
  });

  test('a question that takes too much work refuses the expression', () => {
    const value = /^https:\/\/a\.example\.com$/;
    const { language } = readRegExp(value, ORIGINS);
    if (language === undefined) throw new Error('It has an automaton.');
    const suffixes = {
      kindOf: () => {
        throw new Unsupported('too-complex');
      },
      below: () => [],
    };
    const switches = { allowInsecureOrigins: true, allowPublicSuffixes: true };
    const member = { option: 'origin', value, language };
    expect(finish(findDangers([member], [language], { ...switches, suffixes }, ORIGINS))).toEqual([
      expect.objectContaining({ reason: 'origin-regexp-too-complex', option: 'origin', value }),
    ]);
    const broken = () => {
      throw new Error('The list is broken.');
    };
    const context = { ...switches, suffixes: { ...suffixes, kindOf: broken } };
    expect(() => finish(findDangers([member], [language], context, ORIGINS))).toThrow(
      'The list is broken.',
    );
  });
});

describe('OriginDangers', () => {
  test('1,000 RegExps are asked together, and one by one only if something is found', () => {
    let asked = 0;
    const kindOf: SuffixList['kindOf'] = (host) => {
      asked += 1;
      return PUBLIC_SUFFIXES.kindOf(host);
    };
    const tools = { ...TOOLS, suffixes: { ...PUBLIC_SUFFIXES, kindOf } };
    const list = Array.from(
      { length: 200 },
      (_, index) => new RegExp(`^https://[a-z0-9-]+\\.tenant-${index}\\.example\\.com$`),
    );
    const reader = new OriginReader({ tools, reasonAgainst: () => undefined });
    const dangers = new OriginDangers(
      { allowInsecureOrigins: false, allowPublicSuffixes: false },
      tools,
    );
    const read = reader.read(list);
    expect([read.languages.length, dangers.of(read), asked]).toEqual([1, [], expect.any(Number)]);
    const together = asked;
    expect(together).toBeLessThan(2 * list.length);
    dangers.of(read);
    expect(asked).toBe(together);
  });

  test('where languages stay apart, each of them is asked', () => {
    const members = [
      /^https:\/\/a\.example\.com$/,
      /^https:\/\/b\.example\.com$/,
      /^https:\/\/.*c\.com$/,
    ];
    const read = members.map((value, index) => {
      const { language } = readRegExp(value, ORIGINS);
      if (language === undefined) throw new Error('It has an automaton.');
      return { option: `origin[${index}]`, value, language };
    });
    const [first, , open] = read.map(({ language }) => language);
    if (first === undefined || open === undefined) throw new Error('There are three.');
    const context = {
      allowInsecureOrigins: false,
      allowPublicSuffixes: false,
      suffixes: PUBLIC_SUFFIXES,
    };
    const found = finish(findDangers(read, [first, open], context, ORIGINS));
    expect(found.map(({ option }) => option)).toEqual(['origin[2]']);
  });

  test('a RegExp for which nothing was loaded is a fault of ours, not an origin', () => {
    const reader = new OriginReader({ tools: NO_ORIGIN_TOOLS, reasonAgainst: () => undefined });
    expect(() => reader.read(/^https:\/\/a\.example$/)).toThrow('No tools have been loaded');
  });
});

describe('dead RegExps', () => {
  test.each<[RegExp, string]>([
    [/^https:\/\/example\.com\/$/, "It matches `'https://example.com/'`. Browsers compare byte"],
    [/^example\.com$/, "It matches `'example.com'`. An origin is scheme, host and port"],
    [/^https:\/\/example\.com:443$/, 'Browsers omit it.'],
    [/^(?:https:\/\/a\.example(?!x)x)$/, 'It matches nothing.'],
    [/^wss:\/\/[a-z]+\.example\.com$/, 'Write `http` or `https`, even for WebSockets'],
  ])('%s never allowed anybody', (origin, text) => {
    const [issue] = issuesOf({ origin });
    expect([issue?.reason, issue?.message]).toEqual([
      'origin-regexp-dead',
      expect.stringContaining(text),
    ]);
  });

  test.each([/^https:\/\/a\.example(?::443)?$/, /^https?:\/\/[^/]+\.example\.com\/?$/])(
    '%s is not dead',
    (origin) => {
      expect(issuesOf({ origin })).toEqual([]);
    },
  );
});
