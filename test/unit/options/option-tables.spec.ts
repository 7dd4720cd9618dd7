import { summaryOf } from './configuration.js';

describe('a boolean in an object is not a boolean', () => {
  // It counts as true, even where it holds false.
  const value: unknown = Object(false);

  it.each(['credentials', 'timingAllowOrigin', 'rejectDisallowed', 'diagnostics'])(
    '%s',
    (option) => {
      expect(summaryOf({ origin: '*', [option]: value })).toEqual([
        expect.stringMatching(new RegExp(`^forRoot\\(\\)\\.${option} .*-wrong-type$`)),
      ]);
    },
  );
});

it.each([
  ['ttl', '5'],
  ['max', 1.5],
  ['timeout', null],
])('a limit %s of %j is one issue', (limit, value) => {
  expect(summaryOf({ origin: '*', resolver: { [limit]: value } })).toEqual([
    `forRoot().resolver.${limit} resolver-limit-out-of-range`,
  ]);
});
