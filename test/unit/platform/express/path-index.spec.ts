import { jest } from '@jest/globals';
import {
  ExpressPathIndex,
  type IndexedRoute,
} from '../../../../lib/platform/express/path-index.js';
import { ExpressPathPattern } from '../../../../lib/platform/express/path-pattern.js';

function indexOf(paths: readonly string[], caseSensitive = false): ExpressPathIndex<IndexedRoute> {
  const options = { caseSensitive, strict: false };
  const index = new ExpressPathIndex<IndexedRoute>(options);
  for (const [order, path] of paths.entries()) {
    index.add({ order, pattern: ExpressPathPattern.compile(path, options) });
  }
  return index;
}

function ordersFor(index: ExpressPathIndex<IndexedRoute>, path: string): number[] {
  return [...index.routesFor(path)].map(({ order }) => order);
}

describe('ExpressPathIndex', () => {
  it('looks at none of a thousand other routes', () => {
    const numbers = Array.from({ length: 1000 }, (_, number) => number);
    const literal = indexOf(numbers.map((number) => `/api/v1/resource${number}`));
    const parametric = indexOf(numbers.map((number) => `/api/v1/resource${number}/:id`));

    expect(ordersFor(literal, '/api/v1/resource417')).toStrictEqual([417]);
    expect(ordersFor(parametric, '/api/v1/resource417/8')).toStrictEqual([417]);
    expect(ordersFor(parametric, '/api/v1/other/8')).toStrictEqual([]);
  });

  it('merges all kinds of paths in the order of registration', () => {
    const paths = ['/:a', '/a', '/a{/:b}', '/b', '/*c', '/a/:b', '/a'];
    expect(ordersFor(indexOf(paths), '/a')).toStrictEqual([0, 1, 2, 4, 5, 6]);
  });

  it('folds ASCII case only', () => {
    const index = indexOf(['/kit', '/KIT/:id', '/é/:id', '/é']);
    expect(ordersFor(index, '/KIT')).toStrictEqual([0, 1, 2, 3]);
    // What RegExp folds beyond ASCII is left to RegExp: these two are asked for every path.
    expect(ordersFor(index, '/\u212ait')).toStrictEqual([2, 3]);
    expect(ordersFor(indexOf(['/kit', '/KIT/:id'], true), '/KIT')).toStrictEqual([1]);
  });

  it('looks no further into a long path than its routes go', () => {
    const index = indexOf(['/a/:b', '/a/b/c/:d']);
    expect(ordersFor(index, '/a/b/c' + '/x'.repeat(32_000))).toStrictEqual([0, 1]);
    expect(ordersFor(index, '/'.repeat(64_000))).toStrictEqual([]);
  });

  it('looks up no more of a long path than its longest route has', () => {
    const get = jest.spyOn(Map.prototype, 'get');
    ordersFor(indexOf(['/a/:b', '/a/b/c', '/d/:e']), '/A/B/C' + 'x'.repeat(15_000));
    const longest = Math.max(...get.mock.calls.map(([key]) => String(key).length));
    get.mockRestore();
    expect(longest).toBe('/a/b/c'.length + 2);
  });
});
