import { readSwitches } from '../../../lib/options/application-option-table.js';
import { explainedDefault } from '../../../lib/options/policy-option-table.js';
import { IssueList } from '../../../lib/options/refusal/cors-config-error.js';
import { issuesOf, summaryOf } from './configuration.js';

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

const IN_SECONDS = 'It is in seconds; `0` means that browsers remember nothing.';
const IS_SET = 'Is the environment variable it comes from set?';
const number = (seconds: number) =>
  `${IN_SECONDS} Write \`${seconds}\`; from an environment variable: \`Number(value)\`.`;
const OMIT = `${IN_SECONDS} Write \`600\`, or omit it.`;
const UNQUOTED = 'Write `true` or `false`, without quotes.';
const quoted = (value: string) =>
  `Write \`${value}\`, without quotes; from an environment variable: \`value === 'true'\`.`;

it.each<[option: string, value: unknown, remedy: string]>([
  ['credentials', 'true', quoted('true')],
  ['credentials', 'false', quoted('false')],
  ['credentials', 'yes', UNQUOTED],
  ['credentials', 1, UNQUOTED],
  ['credentials', null, UNQUOTED],
  ['maxAge', '60', number(60)],
  ['maxAge', ' 60 ', number(60)],
  ['maxAge', '90000', number(86_400)],
  ['maxAge', 90_000, number(86_400)],
  ['maxAge', -1, number(0)],
  ['maxAge', 1.5, OMIT],
  ['maxAge', 'soon', OMIT],
  ['maxAge', null, OMIT],
  ['maxAge', [], OMIT],
  ['maxAge', ' ', OMIT],
  ['maxAge', '', `${IS_SET} ${OMIT}`],
  ['maxAge', 'undefined', `${IS_SET} ${OMIT}`],
  ['maxAge', Number.NaN, `${IS_SET} ${OMIT}`],
])('%s: %j is not valid, and the remedy says what is', (option, value, remedy) => {
  const messages = issuesOf({ origin: '*', [option]: value }).map(({ message }) => message);
  expect(messages).toEqual([expect.stringMatching(/^Expected `\w+` to be .+, got `.*`/)]);
  expect(messages[0]?.replace(/^.*?, got `.*?`(?: \(\w+\))?\. /, '')).toBe(remedy);
});

it('explains each default, in words where its value says nothing', () => {
  expect([
    explainedDefault('origin'),
    explainedDefault('methods'),
    explainedDefault('allowedHeaders'),
    explainedDefault('exposedHeaders'),
    explainedDefault('credentials'),
    explainedDefault('maxAge'),
  ]).toEqual(['required', 'the methods mapped at the path', '*', [], false, 600]);
});

it.each([
  [{}, false, undefined],
  [{ rejectDisallowed: true, diagnostics: false }, true, false],
  [{ rejectDisallowed: undefined, diagnostics: 'on' }, false, undefined],
])('switches of %j: what is not set has its default', (options, rejectDisallowed, diagnostics) => {
  expect(readSwitches(options, new IssueList())).toEqual({
    rejectDisallowed,
    diagnostics,
    dangerouslyAllowInsecureOrigins: false,
    dangerouslyAllowPublicSuffixes: false,
  });
});
