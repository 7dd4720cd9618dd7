import { parse } from 'path-to-regexp';
import { sharedPrefix } from '../../../../lib/platform/express/path-pattern.js';

describe('sharedPrefix', () => {
  it.each([
    ['/users/:id', '/users'],
    ['/api/v1/users/:id/books', '/api/v1/users'],
    ['/users{/:id}', '/users'],
    ['/users{/:id}{/books}', '/users'],
    ['/users{/:id}/books', '/users'],
    ['/files/*path', '/files'],
    ['/files{/*path}', '/files'],
    ['/api/{*path}', '/api'],
    ['/a//:b', '/a/'],
    ['/api/user-:id', '/api'],
  ])('finds the segments that all paths of %s share', (path, prefix) => {
    expect(sharedPrefix(parse(path).tokens)).toBe(prefix);
  });

  it.each([
    '/:id',
    '*path',
    '/*path',
    '{/:lang}/users',
    '/user-:id',
    '/user{s}',
    '/users{/:id}s',
    '/users{/:id}:rest',
    '/users{{/:id}s}',
    '/users{:id/x}',
    'users/:id',
    '{users}/:id',
  ])('finds none in %s', (path) => {
    expect(sharedPrefix(parse(path).tokens)).toBe('');
  });
});
