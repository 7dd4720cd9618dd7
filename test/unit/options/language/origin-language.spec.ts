import { accepts, type Automaton } from '../../../../lib/policy/origins/automaton.js';
import { buildAutomaton } from '../../../../lib/options/language/build-automaton.js';
import { isEmpty } from '../../../../lib/options/language/languages.js';
import {
  findDead,
  findInsecure,
  OriginLanguages,
} from '../../../../lib/options/language/origin-language.js';
import { readOriginRegExp } from '../../../../lib/options/language/read-origin-regexp.js';
import { SAFE_REGEXPS } from './regexps.js';

const ORIGINS = new OriginLanguages();

function languageOf(source: string): Automaton {
  return buildAutomaton({ source: `^(?:${source})$`, flags: '' });
}

const NEVER = {
  usual: ORIGINS.usual,
  get sendable(): never {
    throw new Error('The language of all origins is built.');
  },
};

describe('parts of a language', () => {
  test.each(SAFE_REGEXPS)('%s: a live one needs the language of all origins', (regexp) => {
    const { language = languageOf('') } = readOriginRegExp(regexp);
    expect(findDead(language, NEVER as unknown as OriginLanguages)).toBeUndefined();
  });

  test.each([
    ['capacitor:\\/\\/localhost', 'capacitor://localhost'],
    ['https?:\\/\\/a\\.com|ionic:\\/\\/localhost', 'ionic://localhost'],
    ['[a-z]+:\\/\\/localhost', 'tauri://localhost'],
    ['httpx:\\/\\/localhost', 'httpx://localhost'],
    ['htt:\\/\\/localhost', 'htt://localhost'],
    ['https?s:\\/\\/localhost', 'httpss://localhost'],
    ['http[+s]:\\/\\/localhost', 'http+://localhost'],
    ['h[ti]tp:\\/\\/localhost', 'hitp://localhost'],
    ['[hx]ttp:\\/\\/localhost', 'xttp://localhost'],
  ])('shells are overlooked in %s', (source, origin) => {
    const shells = ORIGINS.shellsIn(languageOf(source));
    expect(shells && accepts(shells, origin)).toBe(true);
  });

  test.each([
    'https:\\/\\/a\\.com',
    'http:\\/\\/a\\.com',
    'https?:\\/\\/[^]*',
    'http:\\/\\/b\\.com|https:\\/\\/a\\.com',
  ])('shells are looked for in %s', (source) => {
    expect(ORIGINS.shellsIn(languageOf(source))).toBeUndefined();
  });

  test.each([
    ['https:\\/\\/8\\.8\\.8\\.8', 'https://8.8.8.8'],
    ['http:\\/\\/8\\.8\\.8\\.8:\\d+', 'http://8.8.8.8:8080'],
    ['https?:\\/\\/[\\d.]+(?::\\d+)?', 'http://9.9.9.9'],
    ['https:\\/\\/\\[2001:db8::1\\]', 'https://[2001:db8::1]'],
    ['http:\\/\\/(?:a\\.com|\\[2001:db8::1\\])', 'http://[2001:db8::1]'],
    ['[^]*', 'https://8.8.8.8'],
  ])('addresses are overlooked in %s', (source, origin) => {
    const addresses = ORIGINS.publicAddressesIn(languageOf(source));
    expect(addresses && accepts(addresses, origin)).toBe(true);
  });

  test.each([
    'https:\\/\\/a\\.com',
    'https:\\/\\/(?:[a-z0-9-]+\\.)*example\\.com(?::\\d+)?',
    'https:\\/\\/8\\.example\\.com',
    'capacitor:\\/\\/8\\.8\\.8\\.8',
  ])('addresses are looked for in %s', (source) => {
    expect(ORIGINS.publicAddressesIn(languageOf(source))).toBeUndefined();
  });

  test('pages over http are overlooked, or looked for where there are none', () => {
    const web = languageOf('https?:\\/\\/a\\.com');
    const [https, loopback] = ['https:\\/\\/a\\.com', 'http:\\/\\/localhost'].map(languageOf);
    expect(findInsecure(web, ORIGINS)).toBe('http://a.com');
    expect(https && ORIGINS.insecureIn(https)).toBeUndefined();
    const insecure = loopback && ORIGINS.insecureIn(loopback);
    expect(insecure && isEmpty(insecure)).toBe(true);
  });

  test('each part is built once', () => {
    const origins = new OriginLanguages();
    expect(origins.sendable).toBe(origins.sendable);
  });
});
