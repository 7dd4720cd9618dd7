import { findOpenness, type Openness } from '../../../../lib/options/language/openness.js';
import {
  findDead,
  findInsecure,
  OriginLanguages,
} from '../../../../lib/options/language/origin-language.js';
import { readOriginRegExp } from '../../../../lib/options/language/read-origin-regexp.js';
import { PUBLIC_SUFFIXES } from '../../../../lib/options/origin/public-suffix.js';
import type { Automaton } from '../../../../lib/policy/origins/automaton.js';
import { SAFE_REGEXPS } from './regexps.js';

const ORIGINS = new OriginLanguages();

function languageOf(regexp: RegExp): Automaton {
  const language = readOriginRegExp(regexp).language;
  if (language === undefined) throw new Error(`${String(regexp).slice(0, 80)} has no automaton.`);
  return language;
}

function opennessOf(regexp: RegExp): Openness {
  const openness = findOpenness(languageOf(regexp), PUBLIC_SUFFIXES, ORIGINS);
  const witnesses = [openness.stranger, openness.belowSuffix?.witness];
  expect(witnesses.filter((witness) => witness !== undefined && !regexp.test(witness))).toEqual([]);
  return openness;
}

describe('no false alarm', () => {
  test.each(SAFE_REGEXPS)('%s', (regexp) => {
    const { faults } = readOriginRegExp(regexp) ?? {};
    expect(faults).toEqual([]);
    expect(findDead(languageOf(regexp), ORIGINS)).toBeUndefined();
    expect(findInsecure(languageOf(regexp), ORIGINS)).toBeUndefined();
    expect(opennessOf(regexp)).toEqual({});
  });
});

describe('strangers', () => {
  test.each<[RegExp, string]>([
    [/^https:\/\/.*example\.com$/, 'https://evilexample.com'],
    [/^https:\/\/[a-z0-9.-]*example\.com$/, 'https://evilexample.com'],
    [/^https:\/\/[a-z]+example\.co\.uk$/, 'https://evilexample.co.uk'],
    [/^https:\/\/(?:x)*example\.com$/, 'https://xexample.com'],
    [/^https?:\/\/.*\.[a-z]{2,4}$/, 'https://evil.com'],
    [/^https:\/\/app[.]example[^]com$/, 'https://app.examplexcom'],
    [/^https:\/\/app\.example\.com.*$/, 'https://app.example.com.evil.example'],
    [/^https:\/\/app\.example\.com[^/]*$/, 'https://app.example.com.evil.example'],
    [/^https:\/\/app\.example\.com\S*$/, 'https://app.example.com.evil.example'],
    [/^https:\/\/app\.example\.com(?:\.[a-z]+)*$/, 'https://app.example.com.evil.example'],
    [/^[a-z]+:\/\/app\.example\.com$/, 'evil://app.example.com'],
    [/^.*:\/\/localhost(:\d+)?$/, 'evil://localhost'],
    [/^https:\/\/app-?[a-z]*\.[a-z]+$/, 'https://appevil.example'],
    [/^.*localhost.*$/, 'https://localhost.evil.example'],
    [/^.*example.*$/, 'https://evil.example'],
    [/^(?!null).{3,}(?<!\.invalid)$/, 'https://evil.example'],
    [/^https:\/\/.{1,15}$/, 'https://evil.example'],
    [/^https:\/\/.*$/, 'https://evil.example'],
    // Some names of a registry, and the one that is tried among them
    [/^https:\/\/.*evil\.com$/, 'https://evil.com'],
    [/^https:\/\/(?:evil|x[a-z]*)\.com$/, 'https://evil.com'],
    [/^https:\/\/(?:.+\.)?[a-z]{4}\.com$/, 'https://evil.com'],
    [/^https:\/\/[a-z]{2,11}\.com$/, 'https://evil.com'],
    [/^https:\/\/[b-z]+\.com$/, 'https://evil.com'],
    [/^https:\/\/app.example\.com$/, 'https://appxexample.com'],
    [/^https:\/\/example\.[a-z]{2}$/, 'https://example.xh'],
    [/^https:\/\/pr-\d+\.com$/, 'https://pr-00.com'],
    [/^https:\/\/(?!evil)[a-z]+\.com$/, 'https://xevil.com'],
    [/^https:\/\/[a-z]{3}\.com$/, 'https://xhh.com'],
    [/^https:\/\/(?:app\.example|.*-app|shop)\.com$/, 'https://evil-app.com'],
    [/^https:\/\/\d+\.\d+\.\d+\.\d+$/, 'https://0.0.0.0'],
    [/^https:\/\/\[[0-9a-f:]+\]$/, 'https://[::]'],
    // Not in 10.0.0.0/8, and not in 172.16.0.0/12
    [/^https:\/\/10[0-9]\.\d+\.\d+\.\d+$/, 'https://100.0.0.0'],
    [/^https:\/\/172\.2\d\d\.\d+\.\d+$/, 'https://172.200.0.0'],
    [/^https:\/\/app\.example\.com\.?[a-z]*$/, 'https://app.example.comevil'],
    [/^chrome-extension:\/\/[a-p]{32}$/, `chrome-extension://${'a'.repeat(32)}`],
    [/^moz-extension:\/\/[0-9a-f-]+$/, 'moz-extension://a'],
    [/^exp:\/\/.*$/, 'exp://evil'],
    [/^app:\/\/(?:ab)+$/, 'app://ab'],
    [/^capacitor:\/\/[a-z]+(:\d+)?$/, 'capacitor://evil'],
  ])('%s lets in %s', (regexp, witness) => {
    expect(opennessOf(regexp)).toEqual({ stranger: witness });
  });
});

describe('below a public suffix', () => {
  test.each<[RegExp, string, string]>([
    [/^https:\/\/[a-z0-9-]+\.vercel\.app$/, 'vercel.app', 'https://evil.vercel.app'],
    [/^https:\/\/myapp-.*\.vercel\.app$/, 'vercel.app', 'https://myapp-evil.vercel.app'],
    [/^https:\/\/my-[a-z0-9]+-team\.vercel\.app$/, 'vercel.app', 'https://my-evil-team.vercel.app'],
    [/^https:\/\/[a-z0-9-]+\.github\.io$/, 'github.io', 'https://evil.github.io'],
    [/^https:\/\/.+\.com$/, 'com', 'https://evil.com'],
    [/^https:\/\/(.*\.)?[a-z0-9-]+\.co\.uk$/, 'co.uk', 'https://evil.co.uk'],
    [
      /^https:\/\/[a-z-]+\.s3\.amazonaws\.com$/,
      's3.amazonaws.com',
      'https://evil.s3.amazonaws.com',
    ],
    [
      /^https:\/\/.*\.compute\.amazonaws\.com$/,
      'compute.amazonaws.com',
      'https://evil.compute.amazonaws.com',
    ],
    [/^https:\/\/[a-z0-9]+\.corp$/, 'corp', 'https://evil.corp'],
    [/^https:\/\/.+\.kawasaki\.jp$/, 'kawasaki.jp', 'https://evil.kawasaki.jp'],
    // Each name has a suffix below it, and is not one.
    [/^https:\/\/(?:.+\.)*amazonaws\.com$/, 's3.amazonaws.com', 'https://evil.s3.amazonaws.com'],
    [
      /^https:\/\/[a-z]+\.[a-z0-9]+\.amazonaws\.com$/,
      's3.amazonaws.com',
      'https://evil.s3.amazonaws.com',
    ],
    // Of the suffixes below, not the nearest one
    [
      /^https:\/\/[a-z0-9-]+\.s3-website-[a-z0-9-]+\.amazonaws\.com$/,
      's3-website-eu-west-1.amazonaws.com',
      'https://evil.s3-website-eu-west-1.amazonaws.com',
    ],
    [
      /^https:\/\/[a-z0-9-]+\.s3\.eu-[a-z0-9-]+\.amazonaws\.com$/,
      's3.eu-west-1.amazonaws.com',
      'https://evil.s3.eu-west-1.amazonaws.com',
    ],
    [
      /^https:\/\/[a-z0-9]+\.lambda-url\.[a-z0-9-]+\.on\.aws$/,
      'lambda-url.ap-east-1.on.aws',
      'https://evil.lambda-url.ap-east-1.on.aws',
    ],
    [
      /^https:\/\/.+\.(?:example|windows)\.net$/,
      'servicebus.windows.net',
      'https://evil.servicebus.windows.net',
    ],
    // All names, at least if they have names below
    [/^https:\/\/.+\.[a-z]{3,12}\.com$/, 'com', 'https://x.evil.com'],
    [/^https:\/\/[a-z]+\.vercel\.app:8443$/, 'vercel.app', 'https://evil.vercel.app:8443'],
    [/^https:\/\/[a-z]+\.vercel\.app\.$/, 'vercel.app', 'https://evil.vercel.app.'],
  ])('%s', (regexp, suffix, witness) => {
    expect(opennessOf(regexp)).toEqual({ belowSuffix: { suffix, witness } });
  });

  test('and strangers elsewhere', () => {
    expect(opennessOf(/^https:\/\/(?:[a-z]+\.vercel\.app|.*example\.com)$/)).toEqual({
      stranger: 'https://evilexample.com',
      belowSuffix: { suffix: 'vercel.app', witness: 'https://evil.vercel.app' },
    });
  });

  test('of the suffixes below, not the nearest one, and strangers before them', () => {
    const regexp = /^https:\/\/(?:.*example\.nl|[a-z0-9-]+\.s3\.eu-[a-z0-9-]+\.amazonaws\.com)$/;
    expect(opennessOf(regexp)).toEqual({
      stranger: 'https://evilexample.nl',
      belowSuffix: {
        suffix: 's3.eu-west-1.amazonaws.com',
        witness: 'https://evil.s3.eu-west-1.amazonaws.com',
      },
    });
  });
});

test.each([
  /^https:\/\/[a-z0-9-]+\.amazonaws\.com$/,
  /^https:\/\/.+\.console\.render\.com$/,
  // Literal above each suffix
  /^https:\/\/my-bucket\.s3-website[.-][a-z0-9-]+\.amazonaws\.com$/,
  /^https:\/\/[a-z0-9-]+\.console-[a-z0-9-]+\.amazonaws\.com$/,
])('no name that is not below a suffix is taken for one: %s', (regexp) => {
  expect(opennessOf(regexp)).toEqual({});
});

describe('many names', () => {
  const names = (count: number) =>
    Array.from({ length: count }, (_, index) => `team${index}`).join('|');

  test('1,000 domains written one by one are known', () => {
    expect(opennessOf(new RegExp(`^https://(?:${names(999)})\\.com$`))).toEqual({});
  });

  test('more are as good as any', () => {
    expect(opennessOf(new RegExp(`^https://(?:${names(1001)})\\.com$`)).stranger).toBeDefined();
  });

  test('below a domain there may be any number', () => {
    expect(opennessOf(new RegExp(`^https://(?:${names(1500)})\\.example\\.com$`))).toEqual({});
  });

  test('they are counted together', () => {
    const regexp = new RegExp(`^https://(?:(?:${names(600)})\\.com|(?:${names(600)})\\.org)$`);
    expect(opennessOf(regexp).stranger).toMatch(/^https:\/\/team\d+\.(?:com|org)$/);
  });

  test('what is below a domain is not counted among them', () => {
    const regexp = new RegExp(`^https://(?:${names(600)})\\.(?:example\\.)?com$`);
    expect(opennessOf(regexp)).toEqual({});
  });

  test.each(['', '(?::\\d+)?', ':\\d+'])(
    '1,000 applications with %j are known, 1,001 not',
    (port) => {
      expect(opennessOf(new RegExp(`^app:\\/\\/\\d{3}${port}$`))).toEqual({});
      expect(opennessOf(new RegExp(`^app:\\/\\/(?:\\d{3}|x)${port}$`)).stranger).toBeDefined();
    },
  );

  test('extensions are, however long their names', () => {
    const ids = Array.from({ length: 60 }, (_, index) => `${index}`.padStart(32, 'a')).join('|');
    expect(opennessOf(new RegExp(`^chrome-extension://(?:${ids})$`))).toEqual({});
  });

  test('one letter of all is many', () => {
    expect(opennessOf(/^app-[a-z]:\/\/localhost$/)).toEqual({ stranger: 'app-x://localhost' });
  });

  test('any port of one address is one', () => {
    expect(opennessOf(/^https:\/\/(?:\[2001:db8::1\]|192\.0\.2\.1)(?::\d+)?$/)).toEqual({});
  });

  test('digits are a number, not a wildcard', () => {
    expect(opennessOf(/^https:\/\/example[0-9a-f]\.com$/)).toEqual({});
    expect(opennessOf(/^https:\/\/example[0-9a-g]\.com$/).stranger).toBeDefined();
  });

  test('256 addresses are known, 65,536 are not', () => {
    expect(opennessOf(/^https:\/\/203\.0\.113\.\d+$/)).toEqual({});
    expect(opennessOf(/^https:\/\/203\.0\.\d+\.\d+$/)).toEqual({ stranger: 'https://203.0.0.0' });
  });
});

describe('in the clear', () => {
  test.each<[RegExp, string | undefined]>([
    [/^https?:\/\/(?:.+\.)?example\.com$/, 'http://app.example.com'],
    [/^http:\/\/.*\.example\.com$/, 'http://app.example.com'],
    [/^[a-z]+:\/\/shop\.example\.com$/, 'http://shop.example.com'],
    [/^http:\/\/shop\.example\.com:8080$/, 'http://shop.example.com:8080'],
    [/^http:\/\/10\.\d+\.\d+\.\d+(:\d+)?$/, 'http://10.0.0.0'],
    [/^http:\/\/128\.0\.0\.1$/, 'http://128.0.0.1'],
    [/^https?:\/\/\[::2\]$/, 'http://[::2]'],
    [/^https?:\/\/notlocalhost$/, 'http://notlocalhost'],
    [/^https?:\/\/localhost(:\d+)?$/, undefined],
    [/^https?:\/\/(?:.+\.)?localhost(:\d+)?$/, undefined],
    [/^http:\/\/127\.\d+\.\d+\.\d+(:\d+)?$/, undefined],
    [/^http:\/\/\[::1\](:\d+)?$/, undefined],
    [/^https:\/\/.*$/, undefined],
  ])('%s: %s', (regexp, witness) => {
    expect(findInsecure(languageOf(regexp), ORIGINS)).toBe(witness);
    expect(witness === undefined || regexp.test(witness)).toBe(true);
  });
});

describe('dead', () => {
  test.each<[RegExp, string | undefined]>([
    [/^https:\/\/app\.example\.com:443$/, 'origin-default-port'],
    [/^https:\/\/App\.example\.com$/, 'origin-upper-case'],
    [/^https:\/\/app\.example\.com\/$/, 'origin-trailing-slash'],
    [/^app\.example\.com$/, 'origin-without-scheme'],
    [/^file:\/\/app$/, 'origin-unusable-scheme'],
    // It is a pattern.
    [/^https:\/\/\*\.example\.com$/, undefined],
    [/^$a$/, undefined],
  ])('%s: %s', (regexp, fault) => {
    expect(findDead(languageOf(regexp), ORIGINS)?.fault).toBe(fault);
  });

  test.each<[RegExp, string | undefined]>([
    [/^https:\/\/app\.example\.com:443$/, 'https://app.example.com:443'],
    [/^http:\/\/localhost:80$/, 'http://localhost:80'],
    [/^https:\/\/App\.Example\.com$/, 'https://App.Example.com'],
    [/^https:\/\/app\.example\.com\/$/, 'https://app.example.com/'],
    [/^https:\/\/app\.example\.com:[89]\d{4}$/, 'https://app.example.com:80000'],
    [/^app\.example\.com$/, 'app.example.com'],
    [/^https:\/\/1\.2\.3$/, 'https://1.2.3'],
    [/^https:\/\/1\.2\.3\.256$/, 'https://1.2.3.256'],
    [/^https:\/\/a\.0x1f$/, 'https://a.0x1f'],
    [/^file:\/\/app$/, 'file://app'],
    [/^wss?:\/\/app\.example\.com$/, 'ws://app.example.com'],
    [/^https:\/\/a\.\.example$/, 'https://a..example'],
    [/^https:\/\/user@example\.com$/, 'https://user@example.com'],
    [/^null$/, 'null'],
    [/^$a$/, undefined],
    [/^https:\/\/é\.example$/, undefined],
    [/^https:\/\/[a-z]{505}$/, `https://${'x'.repeat(505)}`],
  ])('%s', (regexp, matches) => {
    expect(findDead(languageOf(regexp), ORIGINS)?.matches).toBe(matches);
    expect(findDead(languageOf(regexp), ORIGINS)).toBeDefined();
  });

  test.each([
    /^https:\/\/APP\.example\.com$/i,
    /^http:\/\/app\.example\.com:443$/,
    /^https:\/\/app\.example\.com\.$/,
    /^https:\/\/a_b\.example$/,
    /^https:\/\/1\.2\.3\.4$/,
    /^https:\/\/a\.0x1g$/,
    /^safari-web-extension:\/\/[A-F0-9-]+$/,
    /^https:\/\/\[2001:db8::1\]:8443$/,
    // Not the shortest
    /^https:\/\/1\.2\.3(?:\.4\.example)?$/,
    // 512 bytes
    /^https:\/\/[a-z]{504}$/,
  ])('not %s', (regexp) => {
    expect(findDead(languageOf(regexp), ORIGINS)).toBeUndefined();
  });
});
