import { compile, handlerOf, issuesOf, NONE } from './configuration.js';

const APP = 'https://app.example.com';

/** Options that may stay, and what the log says about them. */
const IDLE: readonly [options: object, ...warnings: string[]][] = [
  [
    { preflightContinue: false },
    'preflightContinue: `false` changes nothing. Preflights are always answered by this module; any other `OPTIONS` request reaches your `@Options()` handlers. Remove it.',
  ],
  [
    { optionsSuccessStatus: 204 },
    'optionsSuccessStatus: `204` changes nothing. Preflights are answered with 204; the browsers that needed 200 are gone. Remove it.',
  ],
  [
    { optionSuccessStatus: 204 },
    'optionSuccessStatus: `204` changes nothing. It stands for `optionsSuccessStatus`. Preflights are answered with 204; the browsers that needed 200 are gone. Remove it.',
  ],
  [
    { preflight: true, strictPreflight: true, hook: 'onRequest' },
    'preflight: `true` changes nothing. Preflights are always answered; write `@Cors(false)` where you want none. Remove it.',
    'strictPreflight: `true` changes nothing. Only `OPTIONS` with `Origin` and `Access-Control-Request-Method` counts as a preflight. Remove it.',
    "hook: `'onRequest'` changes nothing. The module always runs before all other hooks. Remove it.",
  ],
  [
    { hideOptionsRoute: false, logLevel: 'silent' },
    'hideOptionsRoute: `false` changes nothing. No route is added, so there is nothing to hide. Remove it.',
    "logLevel: `'silent'` changes nothing. No route is added, so there is nothing to log. Remove it.",
  ],
  [
    { allowedHeaders: ['Content-Type', 'Cookie'] },
    "allowedHeaders: `'Cookie'` changes nothing. Browsers set such headers themselves or never send them, and never ask for permission. Remove it.",
  ],
  [
    {
      allowedHeaders: ['Origin', 'host', 'sec-fetch-mode', 'Proxy-Authorization', 'authorization'],
    },
    "allowedHeaders: `'Origin'`, `'host'`, `'sec-fetch-mode'`, `'Proxy-Authorization'` change nothing. Browsers set such headers themselves or never send them, and never ask for permission. Remove them.",
  ],
  [{ preflightContinue: undefined, hook: undefined }],
  [{ allowedHeaders: '*' }],
  [{ allowedHeaders: ['content-type'] }],
  [{ allowedHeaders: [] }],
];

describe('options that change nothing', () => {
  test.each(IDLE)('%j', (options, ...warnings) => {
    const root = compile({ origin: APP, ...options });
    expect(root.warnings).toEqual(warnings.map((warning) => `forRoot().${warning}`));

    const override = compile({ origin: APP }, handlerOf(NONE, options));
    const place = '@Cors() on OrdersController.update';
    expect(override.warnings).toEqual(warnings.map((warning) => `${place}: ${warning}`));
  });

  test('the same value in two policies is two warnings, one found twice is one', () => {
    const headers = { allowedHeaders: ['Cookie'] };
    const options = { origin: APP, policies: { a: headers, b: headers } };
    const { warnings } = compile(options, handlerOf(NONE, 'a', 'one'), handlerOf(NONE, 'a', 'two'));
    expect(warnings.map((warning) => warning.split(':')[0])).toEqual([
      'forRoot().policies.a.allowedHeaders',
      'forRoot().policies.b.allowedHeaders',
    ]);
  });

  test.each([
    { preflightContinue: true },
    { preflightContinue: 'false' },
    { optionsSuccessStatus: 200 },
    { preflight: false },
    { strictPreflight: false },
    { hook: 'preHandler' },
  ])('%j changes something, so it is refused', (options) => {
    expect(issuesOf({ origin: APP, ...options })).toHaveLength(1);
  });
});
