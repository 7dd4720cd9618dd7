import { jest } from '@jest/globals';
import { FastifyPathTable } from '../../../../lib/platform/fastify/fastify-path-table.js';
import { isRoutableTarget, RouteReach } from '../../../../lib/platform/fastify/route-reach.js';

afterEach(() => {
  jest.restoreAllMocks();
});

function reachOf(paths: readonly string[], options: object = {}): RouteReach {
  const reach = new RouteReach({ maxParamLength: 10, ...options });
  for (const path of paths) reach.add(path);
  return reach;
}

describe('RouteReach', () => {
  it.each<[target: string, path: string | undefined]>([
    ['/users/1', '/users/1'],
    ['/users/1?a=/b', '/users/1'],
    ['/users/1#a', '/users/1'],
    ['/users/a;b', '/users/a;b'],
    ['//users//1', '//users//1'],
    ['http://host/users/1?a', '/users/1'],
    ['http://host', '/'],
    ['http://host?a', '/'],
    ['http://host#/users/1', undefined],
    ['http:///users/1', undefined],
    ['*', undefined],
    ['/users/%41', '/users/%41'],
    ['/users/%zz', undefined],
    ['/users/%ff', undefined],
    // 7 characters, 3 for `:id`, 10 of the parameter, a slash, and what follows it
    [`/users/${'a'.repeat(13)}/`, `/users/${'a'.repeat(13)}/`],
    [`/users/${'%e2%84%aa'.repeat(15)}`, `/users/${'%e2%84%aa'.repeat(15)}`],
    [`/users/${'a'.repeat(16)}`, undefined],
    [`/users/${'%e2%84%aa'.repeat(16)}`, undefined],
    [`/users/1?${'a'.repeat(100)}`, '/users/1'],
  ])('of %j, a route without a wildcard can have %j', (target, path) => {
    expect(reachOf(['/users/:id']).pathOf(target)).toBe(path);
  });

  it.each<[target: string, path: string | undefined]>([
    [`/a/${'b'.repeat(100)}`, '/a/bbb'],
    [`/a/${'%C3%A9'.repeat(100)}`, '/a/%C3%A9%C3%A9%C3%A9'],
    [`/a/${'b'.repeat(100)}%C3`, undefined],
    [`/a/${'b'.repeat(100)}%zz?`, undefined],
    [`/a/${'b'.repeat(100)}?%zz`, '/a/bbb'],
    [`/a/${'%C3%99'.repeat(100)}`, '/a/%C3%99%C3%99%C3%99'],
    [`/a/${'%C3%Bb'.repeat(100)}`, '/a/%C3%Bb%C3%Bb%C3%Bb'],
    [`/a/${'%C3%bB'.repeat(100)}`, '/a/%C3%bB%C3%bB%C3%bB'],
    // So long that an error costs less than to look for one.
    [`/a/${'b'.repeat(2000)}%C3%A9`, '/a/bbb'],
    [`/a/${'b'.repeat(2000)}%C3`, undefined],
    [`/a/${'b'.repeat(2000)}%zz`, undefined],
  ])('of %j, a wildcard needs no more than %j', (target, path) => {
    expect(reachOf(['/a/*']).pathOf(target)).toBe(path);
  });

  it('counts repeated slashes once where the router does', () => {
    const reach = reachOf(['/a/b'], { ignoreDuplicateSlashes: true });
    expect(reach.pathOf(`/a${'/'.repeat(100)}b`)).toBe('/a/b');
  });

  it('ends a path at a semicolon where the router does', () => {
    const reach = reachOf(['/a/b'], { useSemicolonDelimiter: true });
    expect(reach.pathOf(`/a/b;${'c'.repeat(100)}%zz`)).toBe('/a/b');
  });

  it('reads as many characters as a path has in lower case', () => {
    const route = `/${'\u0130'.repeat(10)}`;
    const path = `/${encodeURI('i\u0307'.repeat(10))}`;
    expect(reachOf([route], { caseSensitive: false }).pathOf(path)).toBe(path);
  });

  it('reads all of a path whose lower case depends on its end', () => {
    const path = `/a/%CE%A3${"'".repeat(100)}b`;
    const pathOf = (options: object) => reachOf(['/a/*'], options).pathOf(path);
    expect([pathOf({ caseSensitive: false }), pathOf({})]).toEqual([path, "/a/%CE%A3''"]);
  });
});

/** How many characters are decoded to find the routes of a target that has eight methods. */
function charactersDecoded(paths: readonly string[], target: string): number {
  const table = new FastifyPathTable<string>({});
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'SEARCH', 'TRACE']) {
      table.add({ method, path, conditional: false, value: path });
    }
  }
  const decode = jest.spyOn(globalThis, 'decodeURI');
  table.match(target);
  return decode.mock.calls.reduce((sum, [text]) => sum + text.length, 0);
}

it.each([
  ['letters', '%61'],
  ['percent signs', '%2561/'],
  ['slashes', 'a%2f'],
  ['bytes of no character', '%ff'],
])('a long path is decoded once, not for each method: %s', (_, part) => {
  const target = `/files/${part.repeat(3000)}`;
  expect(charactersDecoded(['/files/:id'], target)).toBe(0);
  // Eight times as much as a route with a parameter can have, each percent sign written as five characters.
  expect(charactersDecoded(['/files/:id', '/files/*'], target)).toBeLessThanOrEqual(
    target.length + 8 * 5 * 112,
  );
});

describe('isRoutableTarget', () => {
  it.each([
    '/',
    '/users?a=http://b',
    '//users',
    'http://host/users',
    'HTTPS://host/users',
    'http://host',
    'http://host?a',
    'http://host/users?a=/b',
  ])('takes %j', (target) => {
    expect(isRoutableTarget(target)).toBe(true);
  });

  it.each([
    '',
    '*',
    '*users',
    'users',
    'httpx',
    'ftp://host/users',
    'host:80',
    '?/a',
    'http://host?a/users',
  ])('does not take %j', (target) => {
    expect(isRoutableTarget(target)).toBe(false);
  });
});
