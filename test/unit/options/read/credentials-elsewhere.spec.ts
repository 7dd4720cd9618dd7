import { compileConfiguration } from '../../../../lib/options/compile-configuration.js';
import { handlerOf, issuesIn, issuesOf, NONE, RESOLVERS, TOOLS } from '../configuration.js';

const APP = 'https://app.example.com';
const BOTH = '*, https://a.example';

/** What each remedy says to write instead of `BOTH`. */
const adviceOf = (options: object, ...written: unknown[]) =>
  issuesOf(options, ...written.map((one) => handlerOf(NONE, one)))
    .filter(({ reason }) => reason === 'origin-comma-joined')
    .map(({ message }) => /Write `([^`]*)`/.exec(message)?.[1]);

const ANY = "'*'";
const LISTED = "'https://a.example'";

describe('a remedy offers any origin where there are no credentials', () => {
  test.each<[options: object, written: unknown[], ...advice: string[]]>([
    [{ origin: BOTH }, [], ANY],
    [{ origin: BOTH, credentials: true }, [], LISTED],
    [{ origin: BOTH, credentials: false }, [], ANY],
    [{ origin: APP }, [{ origin: BOTH }, { origin: BOTH, credentials: true }], ANY, LISTED],
    [
      { origin: APP, credentials: true },
      [{ origin: BOTH }, { origin: BOTH, credentials: false }],
      LISTED,
      ANY,
    ],
    [
      {
        origin: APP,
        credentials: true,
        policies: { a: { credentials: false }, b: { origin: BOTH } },
      },
      [],
      LISTED,
    ],
    [
      { origin: APP, policies: { a: { credentials: true }, b: { origin: BOTH } } },
      [{ credentials: true }, { origin: BOTH }],
      ANY,
      ANY,
    ],
    [
      { origin: APP, credentials: true, reportOnly: { credentials: false } },
      [{ origin: BOTH }],
      LISTED,
    ],
  ])('%j, @Cors() of %j', (options, written, ...advice) => {
    expect(adviceOf(options, ...written)).toEqual(advice);
  });
});

test('an update of a policy that does not exist names those that do', () => {
  const updates = { global: {}, policies: new Map([['partner', { maxAge: 1 }]]) };
  const issues = issuesIn(() =>
    compileConfiguration({
      options: { origin: APP, policies: { public: {}, internal: {} } },
      handlers: [],
      resolvers: RESOLVERS,
      tools: TOOLS,
      updates,
    }),
  );
  expect(issues.map(({ path, message }) => [path, message])).toEqual([
    [
      "CorsService.update('partner')",
      "Expected `policy` to be the name of one of `forRoot({ policies })`, got `'partner'` (string). The names are `public`, `internal`.",
    ],
  ]);
});
