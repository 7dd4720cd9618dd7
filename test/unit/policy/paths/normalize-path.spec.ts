import {
  decodeText,
  isDecodable,
  normalizePath,
} from '../../../../lib/policy/paths/normalize-path.js';

it.each([
  ['/', '/'],
  ['', ''],
  ['*', '*'],
  ['/graphql', '/graphql'],
  ['/graphql/', '/graphql'],
  ['/graphql//', '/graphql'],
  ['//graphql', '/graphql'],
  ['/a///b', '/a/b'],
  ['/GraphQL', '/graphql'],
  ['/graphql?query={a}', '/graphql'],
  ['/graphql#fragment', '/graphql'],
  ['/graphql/?q=/x/', '/graphql'],
  ['/%67raphql', '/graphql'],
  ['/a%2Fb', '/a%2fb'],
  ['/a%3Fb', '/a%3fb'],
  ['/a%3Bb%5Cc%23%00', '/a%3bb%5cc%23%00'],
  ['/a\\B;C', '/a\\b;c'],
  ['/a%3Ab', '/a:b'],
  ['/a:%3Ab%3A%3A', '/a:%3ab%3a%3a'],
  ['/%E0%A4%A', '/%e0%a4%a'],
  ['/caf%C3%A9', '/café'],
  ['http://api.example.com/graphql?x', '/graphql'],
  ['HTTP://api.example.com', '/'],
  ['http://api.example.com?x', '/'],
  ['/files/*', '/files/*'],
  ['/a/../b', '/a/../b'],
  ['/%C3%A9%E0', '/é%e0'],
  ['/%E0%61', '/%e0a'],
  ['1http://a/b', '1http:/a/b'],
  ['h1ttp://a/b', '/b'],
])('%j is %j', (target, path) => {
  expect(normalizePath(target)).toBe(path);
});

describe('the text between two dividers', () => {
  it.each<[part: string, text: string, latin1: string | undefined]>([
    ['', '', undefined],
    ['Ab', 'ab', undefined],
    ['e\u0301', 'é', undefined],
    ['A%20%2e', 'a .', undefined],
    ['%C3%89', 'é', undefined],
    ['e%CC%81', 'é', undefined],
    // What is not a character is decoded byte by byte by some.
    ['%e9', '%e9', 'é'],
    ['%C3%A9%E9x', 'é%e9x', 'ééx'],
    ['%41%ff%c0%80', 'a%ff%c0%80', 'aÿà\x80'],
    ['%F9', '%f9', 'ù'],
    ['%zz%4', '%zz%4', '%zz%4'],
    ['%%34', '%4', '%4'],
  ])('%j is %j, byte by byte %j', (part, text, latin1) => {
    expect(decodeText(part)).toStrictEqual({ text, latin1 });
  });

  /** Bytes next to every bound of UTF-8: the first of a character, and the others. */
  const FIRST = [0, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xd0, 0xda, 0xdf, 0xe0, 0xe1, 0xec, 0xed];
  const LAST = [0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xfa, 0xff];
  const OTHERS = [0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0];
  const escaped = (bytes: readonly number[]) =>
    bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const isDecoded = (text: string) => {
    try {
      return decodeURIComponent(text).length > 0;
    } catch {
      return false;
    }
  };

  it.each([...FIRST, ...LAST])(
    'is decoded where Node decodes it, beginning with byte %i',
    (first) => {
      const wrong: string[] = [];
      const check = (...bytes: number[]) => {
        for (const text of [escaped(bytes), escaped(bytes).toUpperCase(), `a${escaped(bytes)}b`]) {
          if (isDecodable(text) !== isDecoded(text)) wrong.push(text);
        }
      };
      check(first);
      for (const second of OTHERS) {
        check(first, second);
        for (const third of OTHERS) {
          check(first, second, third);
          for (const fourth of OTHERS) if (first >= 0xf0) check(first, second, third, fourth);
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it.each(Array.from({ length: 256 }, (_, byte) => byte))('byte %i alone', (byte) => {
    for (const text of [escaped([byte]), escaped([byte]).toUpperCase()]) {
      expect([text, isDecodable(text)]).toEqual([text, byte < 0x80]);
    }
  });

  it.each(['%', '%4', '%g1', '%4g', '%7', '%%41', '%c3%', '%c3%a', '%c3%ag', '%c3a9'])(
    '%s is not decoded',
    (text) => {
      expect([isDecoded(text), isDecodable(text)]).toEqual([false, false]);
    },
  );
});
