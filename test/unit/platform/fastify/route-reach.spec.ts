import { isRoutableTarget } from '../../../../lib/platform/fastify/route-reach.js';

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
    'ftp://host/users',
    'host:80',
    '?/a',
    'http://host?a/users',
  ])('does not take %j', (target) => {
    expect(isRoutableTarget(target)).toBe(false);
  });
});
