import { parse } from 'node:url';
import { requestPath } from '../../../lib/routing/request-path.js';

describe('requestPath', () => {
  it.each([
    ['/users', '/users'],
    ['/users?active=1', '/users'],
    ['/users?a=/b?c', '/users'],
    ['/', '/'],
    ['/?', '/'],
    ['//users//', '//users//'],
    ['/a/../b/./c', '/a/../b/./c'],
    ['/%zz/%00/\0', '/%zz/%00/\0'],
    ['/a;b=1', '/a;b=1'],
    ['/a\\b', '/a\\b'],
    ['/é{}', '/é{}'],
  ])('cuts the query off %j by itself', (target, path) => {
    expect(requestPath(target, parseNothing)).toBe(path);
  });

  it.each([
    ['/users#top', '/users'],
    ['/users?a#top', '/users'],
    ['/a{b}#top', '/a%7Bb%7D'],
    ['/a\\b#top', '/a/b'],
    ['/a\\b?c#top', '/a/b'],
    ['/a\\b?c\u00a0', '/a/b'],
    ['/users\t', '/users'],
    ['/users?a\u00a0', '/users'],
    ['http://api.example.com/users?a', '/users'],
    ['http://api.example.com', '/'],
    ['//user@host/users#', '/users'],
    ['*', '*'],
    ['users', 'users'],
  ])('reads %j as the parser of Express does', (target, path) => {
    expect(requestPath(target, parse)).toBe(path);
  });

  it.each(['', '?a', 'http://a%zz@host/users'])('reads no path in %j', (target) => {
    expect(requestPath(target, parse)).toBeUndefined();
  });
});

function parseNothing(url: string): never {
  throw new Error(`Not to be asked for ${url}`);
}
