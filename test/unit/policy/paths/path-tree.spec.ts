import { PathTree } from '../../../../lib/policy/paths/path-tree.js';

const tree = new PathTree(['/a/b', '/a/b/c/*', '/a/*', '/long-name', '/*'], 1, 0);

it.each([
  ['/a/b', 1],
  ['/a/b/', 1],
  ['/A/B', 1],
  ['/a///b//', 1],
  ['/a/b/c', 2],
  ['/a/b/c/d/e', 2],
  ['/a/b/d', 3],
  ['/a', 3],
  ['/a/c', 3],
  ['/long-name', 4],
  ['/long-name/a', 5],
  ['/long-names', 5],
  ['/', 5],
  ['', 5],
])('the key of %j is number %s', (path, value) => {
  expect(tree.walk(path)).toBe(value);
});

it('a path has no key where there is none', () => {
  const empty = new PathTree([], 1, -1);
  expect([empty.walk('/a'), empty.walk('/')]).toEqual([-1, -1]);
});

it.each<[path: string, value: number | undefined]>([
  ['/a/b/c/d/', 2],
  ['/x/', 5],
  // Longer than any segment of a key: nothing that follows makes it one.
  ['/long-names', 5],
  ['/a/b/c/long-names', 2],
  // What follows may make another segment of it.
  ['/long-name', undefined],
  ['/x', undefined],
  ['/a/b', undefined],
  // No more is known than that the key lies here or below.
  ['/a/b/', undefined],
  ['/a//', undefined],
  ['/', undefined],
])('the first part of a path, %j, is number %s', (part, value) => {
  expect(tree.walk(part, false)).toBe(value);
});

it.each<[keys: string[]]>([
  [['/ab/cde']],
  [['/a']],
  [['/a/b/c', '/x/*', '/long-name/a']],
  [['/*']],
  [[]],
])('as many characters as are said lead beyond the keys %j, and one less does not', (keys) => {
  const own = new PathTree(keys, 1, 0);
  const longest = keys.toSorted((a, b) => b.length - a.length)[0]?.replace('/*', '') ?? '';
  const path = `${longest}/${'x'.repeat(own.longest + 1)}`;
  const below = own.walk(`${longest}/xx`);
  expect(path.length).toBe(own.reach);
  expect([own.walk(path, false), own.walk(path.slice(0, -1), false)]).toEqual([below, undefined]);
});
