import { accepts, type Automaton } from '../../../../lib/policy/origins/automaton.js';
import { buildAutomaton } from '../../../../lib/options/language/build-automaton.js';
import { isEmpty } from '../../../../lib/options/language/languages.js';
import {
  findDead,
  findInsecure,
  languageOfExact,
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

describe('what kind of page has an origin', () => {
  const EVERYTHING = languageOf('[^]*');
  const PARTS: readonly [string, (origins: OriginLanguages) => Automaton | undefined][] = [
    ['named', (origins) => origins.namedIn(EVERYTHING)],
    ['public address', (origins) => origins.publicAddressesIn(EVERYTHING)],
    ['insecure', (origins) => origins.insecureIn(EVERYTHING)],
    ['shell', (origins) => origins.shellsIn(EVERYTHING)],
    ['sendable', (origins) => origins.sendable],
    ['reachable', (origins) => origins.reachable],
    ['usual', (origins) => origins.usual],
  ];
  const BOTH = ['sendable', 'reachable'];
  const HERE = [...BOTH, 'usual'];
  const NAMED = ['named', ...HERE];
  const ADDRESS = ['public address', ...HERE];
  const IPV6 = ['public address', ...BOTH];
  const SHELL = ['shell', ...HERE];
  const label = (length: number) => 'a'.repeat(length);

  const PAGES: readonly [string, readonly string[]][] = [
    ['https://example.com', NAMED],
    ['https://example.com:8443', NAMED],
    ['https://example.com.', NAMED],
    ['https://a_b.example-1.com:1', NAMED],
    ['https://intranet', NAMED],
    ['https://1a', NAMED],
    ['https://a.1a', NAMED],
    ['https://127.0.0.1.example', NAMED],
    ['https://notlocalhost', NAMED],
    ['http://example.com', ['named', 'insecure', ...HERE]],
    ['http://example.com:443', ['named', 'insecure', ...HERE]],
    ['https://example.com:80', NAMED],
    ['https://-.example', ['named', ...BOTH]],
    [`https://${label(63)}.example`, NAMED],
    [`https://${label(64)}.example`, ['named', 'sendable', 'usual']],
    [`https://a.${label(63)}.`, NAMED],
    [`https://a.${label(64)}`, ['named', 'sendable', 'usual']],
    // This very machine
    ['http://localhost', HERE],
    ['https://localhost:3000', HERE],
    ['http://a.b.localhost', HERE],
    ['http://localhost.:3000', HERE],
    ['http://127.0.0.1:8080', HERE],
    ['http://127.255.255.255', HERE],
    ['https://[::1]', BOTH],
    ['http://[::1]:3000', BOTH],
    // The same network
    ['https://10.0.0.1', HERE],
    ['https://10.255.255.255:8443', HERE],
    ['https://172.16.0.1', HERE],
    ['https://172.20.0.1', HERE],
    ['https://172.31.255.255', HERE],
    ['https://192.168.0.1', HERE],
    ['https://169.254.1.1', HERE],
    ['https://[fc00::1]', BOTH],
    ['https://[fdff::1]:3000', BOTH],
    ['https://[fe80::1]', BOTH],
    ['https://[febf::1]', BOTH],
    ['http://10.0.0.1', ['insecure', ...HERE]],
    ['http://[fe80::1]', ['insecure', ...BOTH]],
    // The same machine everywhere
    ['https://8.8.8.8', ADDRESS],
    ['https://1.10.99.100:8443', ADDRESS],
    ['https://249.250.255.0', ADDRESS],
    ['https://100.0.0.1', ADDRESS],
    ['https://172.15.0.1', ADDRESS],
    ['https://172.32.0.1', ADDRESS],
    ['https://172.1.0.1', ADDRESS],
    ['https://192.167.0.1', ADDRESS],
    ['https://192.169.0.1', ADDRESS],
    ['https://169.253.0.1', ADDRESS],
    ['https://126.0.0.1', ADDRESS],
    ['https://128.0.0.1', ADDRESS],
    ['http://0.0.0.0', ['public address', 'insecure', ...HERE]],
    ['https://[2001:db8::1]:8443', IPV6],
    ['https://[fb00::1]', IPV6],
    ['https://[fe00::1]', IPV6],
    ['https://[fec0::1]', IPV6],
    ['https://[fe8::1]', IPV6],
    ['https://[::1:2]', IPV6],
    ['https://[1::]', IPV6],
    ['https://[::]', IPV6],
    ['https://[1:0:3:4:5:6:7:ffff]', IPV6],
    // Applications and extensions
    ['capacitor://localhost', SHELL],
    ['ionic://localhost:8080', SHELL],
    ['httpx://a', SHELL],
    ['a+b-1.c://a', SHELL],
    ['chrome-extension://abc', SHELL],
    ['moz-extension://0-1', SHELL],
    ['safari-web-extension://ABC_1.', ['shell', ...BOTH]],
    ['app://[::1]', ['shell', ...BOTH]],
    ['app://-', ['shell', ...BOTH]],
    // No page
    ['https://example.com:443', ['usual']],
    ['http://example.com:80', ['usual']],
    ['https://example.com:65536', ['usual']],
    ['https://1.2.3', ['usual']],
    ['https://1.2.3.4.5', ['usual']],
    ['https://1.2.3.256', ['usual']],
    ['https://1.2.3.04', ['usual']],
    ['https://1.2.3.4.', ['usual']],
    ['https://a.0x1f', ['usual']],
    ['https://0x', ['usual']],
    ['https://a..example', ['usual']],
    ['https://example.com/', ['usual']],
    ['file://a', ['usual']],
    ['data://a', ['usual']],
    ['blob://a', ['usual']],
    ['about://a', ['usual']],
    ['filesystem://a', ['usual']],
    ['ftp://a', ['usual']],
    ['javascript://a', ['usual']],
    ['ws://a', ['usual']],
    ['wss://a', ['usual']],
    ['https://Example.com', []],
    ['https://example.com:', []],
    ['https://example.com:0', []],
    ['https://example.com:01', []],
    ['https://', []],
    ['https://.example.com', []],
    ['https://[1]', []],
    ['https://[::g]', []],
    ['https://[:a]', []],
    ['https://[1:2]', []],
    ['1a://b', ['usual']],
    ['null', []],
    ['', []],
  ];

  test.each(PARTS)('%s: these, and no others', (part, languageIn) => {
    const language = languageIn(new OriginLanguages()) ?? languageOf('[]');
    const accepted = PAGES.filter(([origin]) => accepts(language, origin));
    expect(accepted).toEqual(PAGES.filter(([, parts]) => parts.includes(part)));
  });
});

describe('the language of exact origins', () => {
  const originOf = (index: number) => `https://team-${index}.example.com:8443`;

  test.each([1, 2, 49, 50, 51, 100, 101, 120])('of %i has them all, and no other', (count) => {
    const language = languageOfExact(Array.from({ length: count }, (_, index) => originOf(index)));
    const tried = Array.from({ length: 130 }, (_, index) => originOf(index));
    expect(tried.filter((origin) => accepts(language, origin))).toEqual(tried.slice(0, count));
  });

  test.each(['https://[2001:db8::1]:3000', 'moz+ext.a-b://x_y', 'app://.'])(
    '%s stands for itself alone',
    (origin) => {
      expect(languageOfExact([origin])).toEqual(languageOf(escape(origin)));
    },
  );
});

/** Each character by its number: none has a meaning of its own. */
function escape(text: string): string {
  return Array.from(text, (one) => `\\x${one.charCodeAt(0).toString(16)}`).join('');
}
