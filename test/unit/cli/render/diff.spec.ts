import { diffText } from '../../../../lib/cli/render/diff.js';

const diff = (before: readonly string[], after: readonly string[]) =>
  diffText('a.ts', `${before.join('\n')}\n`, `${after.join('\n')}\n`, { colour: false })
    .trimEnd()
    .split('\n')
    .slice(2);
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`);

it('heads each hunk as git does, with its first lines and how many there are', () => {
  const before = numbered(30);
  const after = ['new', ...before.filter((line) => line !== 'line 20'), 'last'];
  expect(diff(before, after)).toEqual([
    '@@ -1,3 +1,4 @@',
    '+new',
    ' line 0',
    ' line 1',
    ' line 2',
    '@@ -18,7 +19,6 @@',
    ' line 17',
    ' line 18',
    ' line 19',
    '-line 20',
    ' line 21',
    ' line 22',
    ' line 23',
    '@@ -28,3 +28,4 @@',
    ' line 27',
    ' line 28',
    ' line 29',
    '+last',
  ]);
});

it('writes no count where there is one line', () => {
  expect(diff(['a'], ['b'])).toEqual(['@@ -1 +1 @@', '-a', '+b']);
});

it.each([
  [
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
  ],
  [
    ['a', 'a', 'b'],
    ['a', 'b', 'b', 'a'],
  ],
  [numbered(5), []],
])('turns %j into %j', (before, after) => {
  const lines = diff(before, after).filter((line) => !line.startsWith('@@'));
  const side = (sign: string) =>
    lines.filter((line) => line[0] === ' ' || line[0] === sign).map((line) => line.slice(1));
  expect([side('-'), side('+')]).toEqual([before, after.length === 0 ? [''] : after]);
});

it('compares long files of which the first and the last line changed', () => {
  const before = numbered(60_000);
  const after = ['first', ...before.slice(1, -1), 'last'];
  expect(diff(before, after)).toHaveLength(12);
});
