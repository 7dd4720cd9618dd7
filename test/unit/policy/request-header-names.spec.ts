import { jest } from '@jest/globals';
import { parseRequestHeaderNames } from '../../../lib/policy/request-header-names.js';
import { setsMade } from './sets-made.js';

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `x${index}`);

describe('parseRequestHeaderNames', () => {
  test.each<[string | readonly string[] | undefined, readonly string[]]>([
    [undefined, []],
    ['', []],
    [' \t', []],
    [[], []],
    [[''], []],
    ['x', ['x']],
    ['content-type', ['content-type']],
    ['authorization,content-type', ['authorization', 'content-type']],
    ['Content-Type', ['content-type']],
    [' a ,\tb\t, c ', ['a', 'b', 'c']],
    ['b,a', ['b', 'a']],
    ['a,A,a', ['a']],
    ['a,b,A', ['a', 'b']],
    [',a', ['a']],
    ['a,', ['a']],
    ['a,,b', ['a', 'b']],
    [', ,a', ['a']],
    ["!#$%&'*+-.^_`|~", ["!#$%&'*+-.^_`|~"]],
    ['*', ['*']],
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [
      ['a,b', 'c'],
      ['a', 'b', 'c'],
    ],
    [['a', 'A'], ['a']],
    [['', 'a', ''], ['a']],
    [
      [',a', 'b,'],
      ['a', 'b'],
    ],
  ])('%j holds %j', (lines, parsed) => {
    expect(parseRequestHeaderNames(lines)).toEqual(parsed);
  });

  test.each<[string | readonly string[]]>([
    ['a b'],
    ['a\tb'],
    ['a;b'],
    ['a:b'],
    ['a,b c'],
    ['a, (b)'],
    ['"a"'],
    ['a\u00a0'],
    ['\u00e9'],
    ['\u212a'],
    ['a\n'],
    ['a\r\nb'],
    ['a\0'],
    ['a\u000b'],
    ['{}'],
    [['a', 'b c']],
    [['a ;', 'b']],
  ])('%j is malformed', (lines) => {
    expect(parseRequestHeaderNames(lines)).toBeNull();
  });

  describe('bounds', () => {
    test('8192 bytes in one line', () => {
      const name = 'x'.repeat(8192);
      expect(parseRequestHeaderNames(name)).toEqual([name]);
      expect(parseRequestHeaderNames(`${name}x`)).toBeNull();
    });

    test('8192 bytes in several lines, with a comma for each line end', () => {
      const line = 'x'.repeat(4000);
      const other = 'y'.repeat(4191);
      expect(parseRequestHeaderNames([line, other])).toEqual([line, other]);
      expect(parseRequestHeaderNames([line, `${other}y`])).toBeNull();
    });

    test('an empty line counts with its comma', () => {
      const lines = ['x'.repeat(8192), ''];
      expect(parseRequestHeaderNames(lines)).toBeNull();
      expect(parseRequestHeaderNames(lines.slice(0, 1))).toEqual([lines[0]]);
    });

    test('white space counts', () => {
      expect(parseRequestHeaderNames(`a${' '.repeat(8191)}`)).toEqual(['a']);
      expect(parseRequestHeaderNames(`a${' '.repeat(8192)}`)).toBeNull();
    });

    test('128 names', () => {
      expect(parseRequestHeaderNames(names(128).join())).toEqual(names(128));
      expect(parseRequestHeaderNames(names(129).join())).toBeNull();
      expect(parseRequestHeaderNames(names(128))).toEqual(names(128));
      expect(parseRequestHeaderNames(names(129))).toBeNull();
    });

    test('repeated names count', () => {
      expect(parseRequestHeaderNames(Array(128).fill('a').join())).toEqual(['a']);
      expect(parseRequestHeaderNames(Array(129).fill('a').join())).toBeNull();
    });

    test('16 empty members', () => {
      expect(parseRequestHeaderNames(`${','.repeat(16)}a`)).toEqual(['a']);
      expect(parseRequestHeaderNames(`${','.repeat(17)}a`)).toBeNull();
      expect(parseRequestHeaderNames(`a${','.repeat(16)}`)).toEqual(['a']);
      expect(parseRequestHeaderNames(`a${','.repeat(17)}`)).toBeNull();
      expect(parseRequestHeaderNames(`a${', '.repeat(8)}b${' ,'.repeat(10)}`)).toBeNull();
      expect(parseRequestHeaderNames(Array(16).fill(''))).toEqual([]);
      expect(parseRequestHeaderNames(Array(17).fill(''))).toBeNull();
    });
  });

  test('128 names and 16 empty members, to the last one', () => {
    const empty = Array.from({ length: 16 }, () => '');
    const named = names(128);
    expect(parseRequestHeaderNames([...empty, ...named].join())).toEqual(named);
    expect(parseRequestHeaderNames([...named, ...empty].join())).toEqual(named);
    expect(parseRequestHeaderNames([...empty, ...names(129)].join())).toBeNull();
    expect(parseRequestHeaderNames([...named, ...empty, ''].join())).toBeNull();
  });

  test.each([15, 16, 17, 100])('keeps each of %s names once, in any case', (count) => {
    const sent = Array.from({ length: count }, (_, index) => `x-${index}`);
    const again = [sent[0], sent[count - 1]?.toUpperCase(), 'x-new', 'X-New'];
    expect(parseRequestHeaderNames([...sent, ...again].join())).toEqual([...sent, 'x-new']);
  });

  const long = Array.from({ length: 40 }, (_, index) => `x-${'a'.repeat(40)}${index + 10}`);

  test('of a long list, names stay as they are, repeated ones as well', () => {
    const sent = long.flatMap((name) => [name, name.toUpperCase()]).join(', ');
    expect(parseRequestHeaderNames(sent)).toEqual(long.flatMap((name) => [name, name]));
    const reversed = long.toReversed().join();
    expect(setsMade(() => parseRequestHeaderNames(reversed))).toBe(0);
  });

  test('a list as browsers write it is read once', () => {
    const lists = ['*,a', 'authorization,content-type', 'x-a', long.join()];
    const trim = jest.spyOn(String.prototype, 'trim');
    const made = lists.map((list) => setsMade(() => parseRequestHeaderNames(list)));
    const { length } = trim.mock.calls;
    trim.mockRestore();
    expect([made, length]).toEqual([[0, 0, 0, 0], 0]);
    expect(setsMade(() => parseRequestHeaderNames('b,a'))).toBe(1);
  });

  test('of 1,024 bytes, each name stays once', () => {
    const sent = `b,a,b,${'c'.repeat(1018)}`;
    expect(parseRequestHeaderNames(sent)).toEqual(['b', 'a', 'c'.repeat(1018)]);
    expect(parseRequestHeaderNames(`${sent}c`)).toEqual(['b', 'a', 'b', 'c'.repeat(1019)]);
    const last = 'c'.repeat(1020);
    expect(parseRequestHeaderNames(`a,a,${last}`)).toEqual(['a', last]);
    expect(parseRequestHeaderNames(`a,a,${last}c`)).toEqual(['a', 'a', `${last}c`]);
  });
});
