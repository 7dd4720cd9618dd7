import { PathPolicies } from '../../../lib/routing/policy-registry.js';

describe('PathPolicies', () => {
  const paths = new PathPolicies(['/graphql', '/files/*', '/files/open/*', '/files/open'], 3);

  it.each([
    ['/graphql', 3],
    ['/graphql/x', 0],
    ['/files/a', 4],
    ['/files/a/b/c', 4],
    ['/files', 4],
    ['/files/', 4],
    ['/files/open/a', 5],
    ['/files/open', 6],
    ['/files/openly', 4],
    ['/filesystem', 0],
    ['/', 0],
    ['', 0],
    ['*', 0],
  ])('%j has policy %i', (target, index) => {
    expect(paths.find(target)).toBe(index);
  });

  it.each([
    ['/', 3],
    ['/a/b', 3],
    ['', 3],
  ])('`/*` is everything: %j', (target, index) => {
    expect(new PathPolicies(['/*'], 3).find(target)).toBe(index);
  });

  it.each<[path: string, keys: string[]]>([
    ['/files/:id', ['/files/*']],
    ['/files/open/:id', ['/files/*', '/files/open/*']],
    ['/graphql', ['/graphql']],
    ['/files', ['/files/*']],
    ['/orders', []],
  ])('the route %j is covered by %j', (path, keys) => {
    expect(paths.covering(path)).toEqual(keys);
  });
});
