import { normalizePath } from '../../../../lib/policy/paths/normalize-path.js';

it.each([
  ['/', '/'],
  ['', ''],
  ['*', '*'],
  ['/graphql', '/graphql'],
  ['/graphql/', '/graphql'],
  ['/graphql//', '/graphql'],
  ['//graphql', '/graphql'],
  ['/a///b', '/a/b'],
  ['/GraphQL', '/graphql'],
  ['/graphql?query={a}', '/graphql'],
  ['/graphql#fragment', '/graphql'],
  ['/graphql/?q=/x/', '/graphql'],
  ['/%67raphql', '/graphql'],
  ['/a%2Fb', '/a%2fb'],
  ['/a%3Fb', '/a%3fb'],
  ['/%E0%A4%A', '/%e0%a4%a'],
  ['/caf%C3%A9', '/café'],
  ['http://api.example.com/graphql?x', '/graphql'],
  ['HTTP://api.example.com', '/'],
  ['http://api.example.com?x', '/'],
  ['/files/*', '/files/*'],
  ['/a/../b', '/a/../b'],
  ['/%C3%A9%E0', '/é%e0'],
  ['/%E0%61', '/%e0a'],
  ['1http://a/b', '1http:/a/b'],
  ['h1ttp://a/b', '/b'],
])('%j is %j', (target, path) => {
  expect(normalizePath(target)).toBe(path);
});
