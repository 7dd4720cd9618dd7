import { compile, issuesOf, summaryOf } from '../configuration.js';

it.each([
  '/files/../other',
  '/files/./x',
  '/files/..',
  '/files%2Fopen',
  '/files%2fopen/*',
  '/files\\open',
  '/files%5Copen',
  '/files;v=1/*',
  '/files%3Bv=1',
  '/what%3F',
  '/files%252Fopen',
  '/%2541/*',
  '//files',
  '/files./*',
  '/files%20/*',
  '/fil%65s/*',
  '/%40team/*',
  '/caf%E9',
])('%j is refused as a key: servers read it in several ways', (key) => {
  expect(summaryOf({ origin: '*', paths: { [key]: {} } })).toEqual([
    expect.stringMatching(/ path-ambiguous$/),
  ]);
});

it.each([
  ['/', '/'],
  ['/*', '/*'],
  ['/GraphQL/', '/graphql'],
  ['/Files//open/*', '/files/open/*'],
  ['/@team/*', '/@team/*'],
  ['/.well-known/*', '/.well-known/*'],
  ['/a.b/c..d', '/a.b/c..d'],
  ['/my%20files/*', '/my files/*'],
  ['/caf%C3%A9', '/café'],
  ['/café', '/café'],
  ['/100%25/*', '/100%/*'],
])('%j is a key: %j', (key, spelling) => {
  expect(compile({ origin: '*', paths: { [key]: {} } }).paths).toEqual([spelling]);
});

const DISAGREE =
  'Servers disagree on `.` and `..`, encoded slashes, `\\`, `;`, `//` at the start, and dots and spaces at the end of a segment: nothing is allowed where such a reading makes a difference. Name a path above it, `/files/*`.';

it.each([
  [
    '/fil%65s/*',
    "Write '/files/*': whether a character is decoded that need not be encoded depends on the server.",
  ],
  ['/files/../open', DISAGREE],
  ['/what%3F', DISAGREE],
  ['/%2541/*', DISAGREE],
  ['//files', "Write '/files': servers disagree on `//` at the start."],
  ['//files/..', DISAGREE],
])('%s, a path with several readings: %s', (key, remedy) => {
  const [issue, ...others] = issuesOf({ origin: '*', paths: { [key]: {} } });
  expect([issue?.reason, issue?.message, others]).toEqual([
    'path-ambiguous',
    `Expected \`paths\` to have paths as keys that every server reads in the same way, got \`'${key}'\` (string). ${remedy}`,
    [],
  ]);
});
