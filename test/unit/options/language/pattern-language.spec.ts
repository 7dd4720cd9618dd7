import { findOpenness } from '../../../../lib/options/language/openness.js';
import {
  findInsecure,
  languageOfPattern,
  OriginLanguages,
} from '../../../../lib/options/language/origin-language.js';
import { PUBLIC_SUFFIXES } from '../../../../lib/options/origin/public-suffix.js';
import { findSuffixDanger } from '../../../../lib/options/origin/pattern-dangers.js';
import { accepts } from '../../../../lib/policy/origins/automaton.js';
import { compileOriginList } from '../../../../lib/policy/origins/origin-list.js';
import { type OriginPattern, parseOrigin } from '../../../../lib/policy/origins/parse-origin.js';

const LANGUAGES = new OriginLanguages();

function pattern(text: string): OriginPattern {
  const parsed = parseOrigin(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
}

const PATTERNS = [
  'https://app.example.com',
  'https://app.example.com:8443',
  'https://*.example.com',
  'http://*.example.com:*',
  'http://localhost:*',
  'http://*.localhost:3000',
  'http://127.0.0.1:*',
  'http://10.0.0.1:*',
  'https://[::1]:*',
  'https://*.com',
  'https://*.co.uk',
  'https://*.vercel.app',
  'https://*.github.io:8443',
  'https://*.compute.amazonaws.com',
  'https://*.s3.amazonaws.com',
  'https://*.corp',
  'https://*.team.github.io',
  'https://vercel.app',
  'https://intranet',
  'https://a_b.example.com',
  'https://my-app-*.example.com',
  'https://my-app-*.vercel.app',
  'http://*-team.github.io:*',
  'https://a*.corp',
  'http://app-*.localhost:3000',
  'https://app.example.com.',
  'https://*.example.com.',
  'https://*.vercel.app.',
  'http://localhost.:*',
  'capacitor://localhost',
  'safari-web-extension://ABC-1',
];
const ORIGINS = [
  ...PATTERNS.map((text) => text.replace('*.', 'a.b.').replace(':*', '').replace('*', 'x1-')),
  ...PATTERNS.map((text) => text.replace('*.', '').replace(':*', ':9999').replace('*', 'a.b')),
  ...PATTERNS.map((text) => text.replace('*.', '_.').replace(':*', '').replace('*', '')),
  ...PATTERNS.map((text) => text.replace('*.', '-.').replace(':*', '').replace('*', '_')),
  'https://xapp.example.com',
  'https://appXexample.com',
  'https://a_b.example.com:8443',
];

describe.each(PATTERNS)('the language of %s', (text) => {
  const written = pattern(text);
  test('is what the list matches', () => {
    const language = languageOfPattern(written);
    const list = compileOriginList([written], []);
    if (list.kind !== 'listed') throw new Error('It is a list.');
    for (const origin of ORIGINS) {
      expect([origin, accepts(language, origin)]).toEqual([origin, list.matches(origin)]);
    }
  });

  test('is refused as the string is', () => {
    const language = languageOfPattern(written);
    const { stranger, belowSuffix } = findOpenness(language, PUBLIC_SUFFIXES, LANGUAGES);
    expect(stranger).toBeUndefined();
    expect(belowSuffix !== undefined).toBe(findSuffixDanger(written, PUBLIC_SUFFIXES).length > 0);
    const { scheme, host } = written;
    const isLoopback = /^(?:(?:.+\.)?localhost\.?|127\..*|\[::1\])$/.test(host);
    expect(findInsecure(language, LANGUAGES) !== undefined).toBe(scheme === 'http' && !isLoopback);
  });
});

test('within a label, `*` stands for at least one character', () => {
  const language = languageOfPattern(pattern('https://my-app-*.vercel.app'));
  expect(accepts(language, 'https://my-app-1x-.vercel.app')).toBe(true);
  for (const host of ['my-app-.vercel.app', 'my-app-a.b.vercel.app', 'my-app-_.vercel.app']) {
    expect(accepts(language, `https://${host}`)).toBe(false);
  }
  expect(findOpenness(language, PUBLIC_SUFFIXES, LANGUAGES).belowSuffix?.witness).toBe(
    'https://my-app-evil.vercel.app',
  );
  const own = languageOfPattern(pattern('https://my-app-*.example.com'));
  expect(findOpenness(own, PUBLIC_SUFFIXES, LANGUAGES)).toEqual({});
});
