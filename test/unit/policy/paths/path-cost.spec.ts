import { jest } from '@jest/globals';
import { findPath } from '../../../../lib/policy/paths/path-readings.js';
import { PathTree } from '../../../../lib/policy/paths/path-tree.js';

const KEYS = ['/graphql', '/files/*', '/a/b/c/*', '/a/a/a/a/b'];
const DEEPEST = 5;
const tree = new PathTree(KEYS, 1, 0);

afterEach(() => {
  jest.restoreAllMocks();
});

/** How many segments are looked up for a target. */
function lookUps(target: string): number {
  const get = jest.spyOn(Map.prototype, 'get');
  findPath(target, tree);
  const { length } = get.mock.calls;
  get.mockRestore();
  return length;
}

it.each([
  ['/a', '/a'.repeat(7500)],
  ['/files/x', `/files${'/x'.repeat(7500)}`],
  ['slashes', `/files${'/'.repeat(15_000)}x`],
  ['one long segment', `/${'a'.repeat(15_000)}`],
])('a path of thousands of segments is looked up as deep as the deepest key: %s', (_, target) => {
  expect(lookUps(target)).toBeLessThanOrEqual(DEEPEST);
});

/** How many look-ups are worth making for a path that is read in several ways. */
const WORST = 250;

it.each([
  ['encoded slashes', '/x%2F'],
  ['encoded letters', '/%61'],
  ['twice-encoded letters', '/%2561'],
  ['letters of unescape()', '/%u0061'],
  ['dots', '/..'],
  ['encoded dots', '/a/%2e%2E'],
  ['dots in one segment', '/...'],
  ['semicolons', '/a;a'],
  ['backslashes', '/a\\..'],
  ['spaces', '/a%20'],
  ['slashes', '//'],
  ['all of it', '/a//..%2F;\\%5C..%252e%u002f%20./%3f::'],
])('a path of thousands of %s costs no more than a path of some', (_, part) => {
  const some = lookUps(`/x%2f${part.repeat(Math.ceil(2048 / part.length))}`);
  const many = lookUps(`/x%2f${part.repeat(Math.ceil(15_000 / part.length))}`);
  expect([many <= Math.max(some, DEEPEST), some <= WORST]).toEqual([true, true]);
});

it('the worst of short paths are given up as well', () => {
  for (let repeat = 1; repeat <= 40; repeat++) {
    for (const part of ['/a//..', '/a/%2e%2e;', '/a%2F..%5C', '/..;//%25']) {
      expect(lookUps(`${part.repeat(repeat)}%u0061`)).toBeLessThanOrEqual(WORST);
    }
  }
});

it.each([
  ['bytes of no character', '%ff%c0%af%ed%a0%80%f4%90%80%80%f8%80'],
  ['half characters', '%e2%84/%c3/%f0%9f'],
  ['no escapes', '%/%zz%2'],
  ['characters', '%c3%a9%E2%84%AA%ed%9f%bf%f0%9f%98%80%f4%8f%bf%bf'],
])('escapes are decoded without an error to catch: %s', (_, part) => {
  const decode = jest.spyOn(globalThis, 'decodeURIComponent');
  findPath(`/${part}/..`, tree);
  const results = decode.mock.results.map(({ type }) => type);
  decode.mockRestore();
  expect(results.filter((type) => type === 'throw')).toEqual([]);
});

/** Counts the characters that strings and expressions go through. */
function charactersRead(target: string): number {
  let characters = 0;
  const strings = ['indexOf', 'includes', 'slice', 'split', 'replace', 'replaceAll', 'toLowerCase'];
  for (const name of strings as ('slice' | 'indexOf')[]) {
    const original = Reflect.get(String.prototype, name) as (...args: unknown[]) => unknown;
    jest.spyOn(String.prototype, name).mockImplementation(function (this: string, ...args) {
      const result = Reflect.apply(original, this, args) as never;
      characters += 1;
      if (name === 'slice') characters += String(result).length;
      else if (name !== 'indexOf') characters += this.length;
      else characters += (Number(result) === -1 ? this.length : Number(result)) - (args[1] ?? 0);
      return result;
    });
  }
  const test = RegExp.prototype.test;
  jest.spyOn(RegExp.prototype, 'test').mockImplementation(function (this: RegExp, text) {
    characters += text.length;
    return Reflect.apply(test, this, [text]);
  });
  findPath(target, tree);
  jest.restoreAllMocks();
  return characters;
}

it.each([
  ['a long path', `/files/${'x/'.repeat(7000)}`],
  ['a long path of odd characters', `/files/x/y/${';%'.repeat(100)}${'%61;/'.repeat(3000)}`],
])('beyond the deepest key, all that is looked for is what leads up: %s', (_, target) => {
  // The query, the fragment, a dot, an escape, and dots between dividers.
  expect(charactersRead(target)).toBeLessThanOrEqual(5 * target.length + 5000);
});

it.each([
  ['dots, encoded twice', '/%2561/..'],
  ['cuts and slashes', '/%61..%5c%00'],
  ['letters of unescape()', '/%u0061..'],
  ['bytes', '/%ff%20%e2..'],
  ['empty segments', '//a%25'],
  ['characters', '%3b%u4e2d%ff%252e'],
  ['long segments of bytes', `/${'%ff%61'.repeat(40)}..`],
])('of many %s no more are decoded than a request leaves time for', (_, part) => {
  for (let times = 1; times <= 60; times++) {
    const decode = jest.spyOn(String.prototype, 'normalize');
    findPath(`/a/a/${part.repeat(times)}`, tree);
    const { length } = decode.mock.calls;
    decode.mockRestore();
    expect(length).toBeLessThanOrEqual(12);
  }
});

it.each([
  ['segments', '/a'],
  ['segments below a key', '/files/x'],
  ['encoded letters', '/%61'],
  ['encoded slashes', '%2Fa'],
  ['dots', '/../a'],
])('twice as many %s cost at most twice as much', (_, part) => {
  const once = charactersRead(`/a${part.repeat(1500)}`);
  const twice = charactersRead(`/a${part.repeat(3000)}`);
  expect(twice).toBeLessThanOrEqual(2.1 * once);
  expect(once).toBeLessThanOrEqual(20 * 1500 * part.length);
});

it.each([
  ['of a segment that has keys below', '/a/%61', 2],
  ['where no key has the segments before', '/x/y/%61/%62/..', 1],
  ['parameters', '/x;%61/%62/..', 1],
  ['as much as a segment of a key may take', `/${'%61'.repeat(84)}/..`, 1],
  ['more than that', `/${'%61'.repeat(85)}/..`, 0],
  ['more than any key is long', `/${'%61'.repeat(200)}/..%2f`, 0],
  ['below the last segment of a key', '/graphql/%61/..', 1],
  ['no more bytes than there is time for', `/${'%ff'.repeat(16)}/..`, 0],
])('decoded are only what may be segments of keys: %s', (_, target, count) => {
  const decode = jest.spyOn(String.prototype, 'normalize');
  findPath(target, tree);
  const { length } = decode.mock.calls;
  decode.mockRestore();
  expect(length).toBe(count);
});

it('what has no escapes is not decoded, and characters in a row are decoded at once', () => {
  const decode = jest.spyOn(globalThis, 'decodeURIComponent');
  findPath('/a;x/b/..', tree);
  findPath('/a/%61%62%ff/..', tree);
  const { calls } = decode.mock;
  decode.mockRestore();
  expect(calls).toEqual([['%61%62'], ['%61%62']]);
});

it('a plain path of up to 256 characters is looked through once, for what is not plain', () => {
  const exec = jest.spyOn(RegExp.prototype, 'exec');
  findPath(`/a/${'b'.repeat(249)}.txt`, tree);
  const { length } = exec.mock.calls;
  exec.mockRestore();
  expect(length).toBe(1);
});

it('a path is not divided into more parts than are read', () => {
  const split = jest.spyOn(String.prototype, 'split' as 'slice');
  findPath(`/x${'%2Fx'.repeat(100)}/..`, tree);
  const { results } = split.mock;
  split.mockRestore();
  const lengths = results.map(({ value }) => (value as readonly string[]).length);
  expect(Math.max(...lengths)).toBe(26);
});
