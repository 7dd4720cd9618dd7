import { handlerOf, issuesOf, NONE, summaryOf } from './configuration.js';

const APP = 'https://app.example.com';
const AT_CLASS = '@Cors() on OrdersController: ';
const AT_METHOD = '@Cors() on OrdersController.update: ';

type Case = readonly [
  options: unknown,
  onClass: unknown,
  onMethod: unknown,
  ...refusals: readonly string[],
];

/** Each option is valid; what is refused is an effective policy. */
const CASES: readonly Case[] = [
  // At one place
  [
    { origin: '*', credentials: true },
    NONE,
    NONE,
    'forRoot().origin wildcard-origin-with-credentials',
  ],
  [
    { origin: ['*'], credentials: true },
    NONE,
    NONE,
    'forRoot().origin wildcard-origin-with-credentials',
  ],
  [
    { origin: /^https:\/\/.+$/, credentials: true },
    NONE,
    NONE,
    'forRoot().origin strangers-with-credentials',
  ],
  [
    { origin: [APP, /^https:\/\/[a-z.-]+$/i], credentials: true },
    NONE,
    NONE,
    'forRoot().origin[1] strangers-with-credentials',
  ],
  [
    { origin: 'http://printer.local', credentials: true },
    NONE,
    NONE,
    'forRoot().origin insecure-origin-with-credentials',
  ],
  [
    {
      origin: [
        APP,
        'http://*.example.com',
        'http://localhost.example.com',
        'http://localhost',
        'http://127.0.0.1.example.com',
        'http://192.168.0.1:*',
      ],
      credentials: true,
    },
    NONE,
    NONE,
    'forRoot().origin[1] insecure-origin-with-credentials',
    'forRoot().origin[2] insecure-origin-with-credentials',
    'forRoot().origin[4] insecure-origin-with-credentials',
    'forRoot().origin[5] insecure-origin-with-credentials',
  ],
  [
    { origin: APP, credentials: true, exposedHeaders: '*' },
    NONE,
    NONE,
    'forRoot().exposedHeaders wildcard-exposed-headers-with-credentials',
  ],
  [
    { origin: '*', credentials: true, exposedHeaders: '*' },
    NONE,
    NONE,
    'forRoot().origin wildcard-origin-with-credentials',
    'forRoot().exposedHeaders wildcard-exposed-headers-with-credentials',
  ],
  // A switch that is not a boolean is off
  [
    { origin: 'http://a.example', credentials: true, dangerouslyAllowInsecureOrigins: 'true' },
    NONE,
    NONE,
    'forRoot().dangerouslyAllowInsecureOrigins switch-wrong-type',
    'forRoot().origin insecure-origin-with-credentials',
  ],
  // One danger, one switch
  [
    { origin: 'http://a.example', credentials: true, dangerouslyAllowPublicSuffixes: true },
    NONE,
    NONE,
    'forRoot().origin insecure-origin-with-credentials',
  ],
  [
    { origin: 'https://*.github.io', credentials: true, dangerouslyAllowInsecureOrigins: true },
    NONE,
    NONE,
    'forRoot().origin origin-public-suffix',
  ],
  [
    { origin: 'http://*.github.io', credentials: true },
    NONE,
    NONE,
    'forRoot().origin origin-public-suffix',
    'forRoot().origin insecure-origin-with-credentials',
  ],
  // Merged: the issue is at the one of higher precedence
  [
    { origin: APP, credentials: true },
    NONE,
    { origin: '*' },
    `${AT_METHOD}origin wildcard-origin-with-credentials`,
  ],
  [
    { origin: APP, credentials: true },
    { origin: '*' },
    NONE,
    `${AT_CLASS}origin wildcard-origin-with-credentials`,
  ],
  [
    { origin: '*' },
    { credentials: true },
    NONE,
    `${AT_CLASS}credentials wildcard-origin-with-credentials`,
  ],
  [
    { origin: APP },
    { credentials: true },
    { origin: '*' },
    `${AT_METHOD}origin wildcard-origin-with-credentials`,
  ],
  [
    { origin: APP },
    { origin: '*' },
    { credentials: true },
    `${AT_METHOD}credentials wildcard-origin-with-credentials`,
  ],
  [
    { origin: [APP, 'http://a.example'] },
    NONE,
    { credentials: true },
    `${AT_METHOD}credentials insecure-origin-with-credentials`,
  ],
  [
    { origin: APP, credentials: true },
    NONE,
    { origin: [APP, 'http://a.example'] },
    `${AT_METHOD}origin[1] insecure-origin-with-credentials`,
  ],
  [
    { origin: APP, exposedHeaders: '*' },
    { credentials: true },
    NONE,
    `${AT_CLASS}credentials wildcard-exposed-headers-with-credentials`,
  ],
  // Named policies, each alone on top of the global one
  [
    { origin: APP, credentials: true, policies: { public: { origin: '*' } } },
    NONE,
    NONE,
    'forRoot().policies.public.origin wildcard-origin-with-credentials',
  ],
  [
    { origin: '*', policies: { session: { credentials: true } } },
    NONE,
    NONE,
    'forRoot().policies.session.credentials wildcard-origin-with-credentials',
  ],
  // The same cause, found by three ways, is one issue
  [
    { origin: APP, credentials: true, policies: { public: { origin: '*' } } },
    'public',
    { policy: 'public', maxAge: 5 },
    'forRoot().policies.public.origin wildcard-origin-with-credentials',
  ],
  [
    { origin: '*', credentials: true, policies: { public: { maxAge: 60 } } },
    { maxAge: 5 },
    { methods: '*' },
    'forRoot().origin wildcard-origin-with-credentials',
  ],
  // Written beside the name of a policy
  [
    { origin: APP, policies: { public: { origin: '*' } } },
    NONE,
    { policy: 'public', credentials: true },
    `${AT_METHOD}credentials wildcard-origin-with-credentials`,
  ],
  // Nobody gets to see these two together
  [{ origin: APP, credentials: true }, { origin: '*' }, { origin: APP }],
  [{ origin: APP, credentials: true }, { origin: '*' }, { credentials: false }],
  [{ origin: APP }, { credentials: true }, { origin: '*', credentials: false }],
  [{ origin: APP, credentials: true }, { origin: '*' }, false],
  [
    { origin: APP, policies: { public: { origin: '*' } } },
    { credentials: true },
    { policy: 'public', credentials: false },
  ],
  [{ origin: '*' }, { credentials: true }, false],
  [{ origin: '*' }, false, { maxAge: 5 }],
  // What is not valid hides the outer value all the same: one mistake, one issue
  [
    { origin: APP, credentials: true },
    NONE,
    { origin: '*', credentials: 'false' },
    `${AT_METHOD}credentials credentials-wrong-type`,
  ],
  [
    { origin: '*', credentials: true },
    NONE,
    { origin: 'https://example.com/' },
    `${AT_METHOD}origin origin-trailing-slash`,
    'forRoot().origin wildcard-origin-with-credentials',
  ],
  // A member that is invalid alone does not hide the others
  [
    { origin: ['https://example.com/', 'http://a.example', '*'], credentials: true },
    NONE,
    NONE,
    'forRoot().origin[0] origin-trailing-slash',
    'forRoot().origin[2] origin-wildcard-among-others',
    'forRoot().origin wildcard-origin-with-credentials',
    'forRoot().origin[1] insecure-origin-with-credentials',
  ],
];

describe('effective policies', () => {
  test.each(CASES)('%j, class %p, method %p', (options, onClass, onMethod, ...refusals) => {
    expect(summaryOf(options, handlerOf(onClass, onMethod))).toEqual(refusals);
  });

  test('the same mistake at two places is two issues', () => {
    const options = { origin: APP, credentials: true };
    const paths = issuesOf(
      options,
      handlerOf(NONE, { origin: '*' }, 'one'),
      handlerOf(NONE, { origin: '*' }, 'two'),
    ).map(({ path }) => path);
    expect(paths).toEqual([
      '@Cors() on OrdersController.one: origin',
      '@Cors() on OrdersController.two: origin',
    ]);
  });

  test('a value is that of the place', () => {
    const [atOrigin] = issuesOf(
      { origin: APP, credentials: true },
      handlerOf(NONE, { origin: '*' }),
    );
    const [atCredentials] = issuesOf({ origin: '*' }, handlerOf(NONE, { credentials: true }));
    expect([atOrigin?.value, atCredentials?.value]).toEqual(['*', true]);
  });
});
