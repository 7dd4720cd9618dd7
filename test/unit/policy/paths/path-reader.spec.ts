import { Found, PathReader } from '../../../../lib/policy/paths/path-reader.js';
import { PathTree } from '../../../../lib/policy/paths/path-tree.js';

const tree = new PathTree(['/graphql', '/files/*'], 1, 0);

/** Whether all readings of a path were followed, in how many steps, and what they stand for. */
function read(path: string, meanings?: readonly unknown[]): readonly unknown[] {
  const found = new Found(meanings);
  const isOver = new PathReader(path, true, true, tree, found).read();
  return [isOver, found.steps, [...found.values].toSorted((a, b) => a - b)];
}

// Of each part eight, one for each reading so far and what the part can be, and what decoding takes.
it.each<[path: string, steps: number, values: number[]]>([
  ['/', 9, [0]],
  ['/x', 9, [0]],
  ['/x/y', 18, [0]],
  ['/graphql', 9, [1]],
  ['/graphql/', 18, [1]],
  ['/x%2Fy', 19, [0]],
  ['//', 19, [0]],
  ['/..', 9, [0]],
  ['/%2e', 9, [0]],
  ['/%20', 10, [0]],
  ['/x/../y', 28, [0]],
  // Of four readings at `x`, two are the same.
  ['/../../x', 30, [0]],
  // A character, decoded; one that need not be escaped, and so is another segment as it came.
  ['/caf%C3%A9', 17, [0]],
  ['/%67raphql', 18, [0, 1]],
  // One byte, read in two ways.
  ['/%e9', 22, [0]],
  ['/%e9%e9%61', 35, [0]],
  // Not decoded: no key is below.
  ['/graphql/%67', 18, [0]],
])('%s takes %i steps', (path, steps, values) => {
  expect(read(path)).toEqual([true, steps, values]);
});

it('a hundred steps are taken, and no more', () => {
  const ten = '/x'.repeat(10);
  expect(read(`${ten}%2Fx`)).toEqual([true, 100, [0]]);
  expect(read(`${'/x'.repeat(9)}%2Fx/x`)).toEqual([false, 101, []]);
  expect(read(`${ten}/x`)).toEqual([true, 99, [0]]);
  expect(read(`${ten}/x/x`)).toEqual([false, 108, []]);
});

describe('what was found', () => {
  it('is one value where there is one', () => {
    const found = new Found(undefined);
    expect(found.agreed).toBeUndefined();
    for (const value of [3, 3]) found.add(value);
    expect(found.agreed).toBe(3);
    found.add(1);
    expect([found.agreed, [...found.values], found.differ]).toEqual([undefined, [3, 1], false]);
  });

  it('is the first of those that mean the same', () => {
    const found = new Found(['a', 'b', 'a']);
    for (const value of [2, 0]) found.add(value);
    expect([found.agreed, found.differ]).toEqual([2, false]);
    found.add(1);
    expect([found.agreed, found.differ, [...found.values]]).toEqual([undefined, true, [2, 0, 1]]);
  });
});
