import { issuesOf } from './configuration.js';

const origin = 'https://app.example.com';

it.each([true, false])('diagnostics may be %s', (diagnostics) => {
  expect(issuesOf({ origin, diagnostics })).toEqual([]);
});

it.each([
  ['verbose', "'verbose'` (string)"],
  [1, '1` (number)'],
  [null, 'null`'],
])('diagnostics may not be %j', (diagnostics, printed) => {
  expect(issuesOf({ origin, diagnostics })).toEqual([
    {
      path: 'forRoot().diagnostics',
      value: diagnostics,
      reason: 'switch-wrong-type',
      message: `Expected \`diagnostics\` to be a boolean, got \`${printed}. Write \`true\` or \`false\`, or omit it to follow \`NODE_ENV\`.`,
    },
  ]);
});
