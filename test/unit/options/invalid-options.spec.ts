import { handlerOf, issuesOf, NONE, summaryOf } from './configuration.js';

const APP = 'https://app.example.com';

/** A value of `origin`, and where it is refused for what: `[2] origin-path` is its third member. */
const ORIGINS: readonly [origin: unknown, ...refusals: string[]][] = [
  // Forgotten values
  [undefined, ' origin-undefined'],
  ['undefined', ' origin-undefined'],
  ['https://undefined', ' origin-undefined'],
  ['http://undefined:3000', ' origin-undefined'],
  ['http://undefined:undefined', ' origin-undefined'],
  ['http://localhost:NaN', ' origin-undefined'],
  ['http://localhost:undefined', ' origin-undefined'],
  ['https://null', ' origin-undefined'],
  ['https://app.undefined', ' origin-undefined'],
  ['undefined://app.example.com', ' origin-undefined'],
  ['NaN', ' origin-undefined'],
  ['', ' origin-empty'],
  [[], ' origin-empty-list'],
  [[undefined], '[0] origin-undefined'],
  [[APP, undefined], '[1] origin-undefined'],
  [[APP, ''], '[1] origin-empty'],
  // A hole
  [Object.assign([], { 1: APP }), '[0] origin-undefined'],
  // Other types
  [true, ' origin-true'],
  [null, ' origin-wrong-type'],
  [0, ' origin-wrong-type'],
  [443, ' origin-wrong-type'],
  [{}, ' origin-wrong-type'],
  [{ origin: APP }, ' origin-wrong-type'],
  [new Set([APP]), ' origin-wrong-type'],
  [new URL(APP), ' origin-wrong-type'],
  [Symbol('origin'), ' origin-wrong-type'],
  [Promise.resolve(APP), ' origin-wrong-type'],
  [new Proxy(() => true, {}), ' origin-wrong-type'],
  // Without an answer
  [function* () {}, ' origin-generator'],
  [async function* () {}, ' origin-generator'],
  [[function* () {}], '[0] origin-wrong-type'],
  [[true], '[0] origin-true'],
  [[false], '[0] origin-false'],
  [[null], '[0] origin-wrong-type'],
  [[[APP]], '[0] origin-wrong-type'],
  [[() => true], '[0] origin-wrong-type'],
  [[class PartnerOrigins {}], '[0] origin-class-in-list'],
  [[APP, 1, {}], '[1] origin-wrong-type', '[2] origin-wrong-type'],
  // `*`
  [['*', APP], '[0] origin-wildcard-among-others'],
  [[APP, '*'], '[1] origin-wildcard-among-others'],
  [['*', '*'], '[0] origin-wildcard-among-others', '[1] origin-wildcard-among-others'],
  // The grammar, of which `origin-parser.spec.ts` has the whole table
  ['null', ' origin-null'],
  [[APP, 'null'], '[1] origin-null'],
  ['https://a.example,https://b.example', ' origin-comma-joined'],
  ['*,https://a.example', ' origin-comma-joined'],
  [['https://a.example, https://b.example'], '[0] origin-comma-joined'],
  ['https://a.example https://b.example', ' origin-whitespace'],
  [`${APP}\n`, ' origin-whitespace'],
  ['["https://a.example"]', ' origin-json-string'],
  ['/^https:\\/\\/a\\.example$/', ' origin-regexp-string'],
  [`https://${'a.'.repeat(260)}example`, ' origin-too-long'],
  ['example.com', ' origin-without-scheme'],
  ['localhost:3000', ' origin-without-scheme'],
  ['*.example.com', ' origin-without-scheme'],
  ['https//example.com', ' origin-without-scheme'],
  ['ht!tp://example.com', ' origin-invalid-scheme'],
  ['file://', ' origin-unusable-scheme'],
  ['ws://example.com', ' origin-unusable-scheme'],
  ['HTTPS://example.com', ' origin-upper-case'],
  ['https://App.example.com', ' origin-upper-case'],
  ['https://user:password@example.com', ' origin-user-info'],
  ['https://example.com/', ' origin-trailing-slash'],
  ['https://example.com/app', ' origin-path'],
  ['https://example.com?a=b', ' origin-query'],
  ['https://example.com#top', ' origin-fragment'],
  ['https://m\u00fcller.example', ' origin-non-ascii-host'],
  ['https://', ' origin-invalid-host'],
  ['https://a..example.com', ' origin-invalid-host'],
  ['https://example.com..', ' origin-invalid-host'],
  ['http://127.1', ' origin-invalid-ip'],
  ['http://::1', ' origin-invalid-ip'],
  ['https://example.com:0', ' origin-invalid-port'],
  ['https://example.com:65536', ' origin-invalid-port'],
  ['https://example.com:443', ' origin-default-port'],
  ['http://example.com:80', ' origin-default-port'],
  ['https://*', ' origin-wildcard-position'],
  ['https://*example.com', ' origin-wildcard-in-domain'],
  ['https://my-*.co.uk', ' origin-wildcard-in-domain'],
  ['https://*a*.example.com', ' origin-wildcard-position'],
  ['https://my-*', ' origin-wildcard-position'],
  ['https://app.*.example.com', ' origin-wildcard-position'],
  ['http://*.127.0.0.1', ' origin-wildcard-ip'],
  ['capacitor://*.localhost', ' origin-wildcard-scheme'],
  [
    [APP, `${APP}/`, 'null', `${APP}/a`, APP],
    '[1] origin-trailing-slash',
    '[2] origin-null',
    '[3] origin-path',
  ],
  // RegExps
  [/^https:\/\/a\.example$/g, ' origin-regexp-stateful'],
  [/^https:\/\/a\.example$/y, ' origin-regexp-stateful'],
  [/^https:\/\/a\.example$/m, ' origin-regexp-multiline'],
  [/example\.com$/, ' origin-regexp-unanchored'],
  [/^https:\/\/example\.com/, ' origin-regexp-unanchored'],
  [/^https:\/\/a\.example|https:\/\/b\.example$/, ' origin-regexp-unanchored'],
  [/^(?:null|https:\/\/a\.example)$/, ' origin-regexp-matches-null'],
  [/^https:\/\/a.example$/, ' origin-regexp-unescaped-dot'],
  [/^https:\/\/(a|b)\1\.example$/, ' origin-regexp-back-reference'],
  [/^https:\/\/app\.example\.com\/$/, ' origin-regexp-dead'],
  [[APP, /example\.com$/], '[1] origin-regexp-unanchored'],
  [
    /a.b/gm,
    ' origin-regexp-stateful',
    ' origin-regexp-multiline',
    ' origin-regexp-unanchored',
    ' origin-regexp-unescaped-dot',
  ],
  [/.*/, ' origin-regexp-unanchored', ' origin-regexp-matches-null'],
];

/** Options beside a valid `origin`, and what is refused. */
const OPTIONS: readonly [options: Record<string, unknown>, ...refusals: string[]][] = [
  // methods
  [{ methods: 'GET' }, 'methods methods-string'],
  [{ methods: 'GET,PUT' }, 'methods methods-string'],
  [{ methods: '' }, 'methods methods-string'],
  [{ methods: 1 }, 'methods methods-wrong-type'],
  [{ methods: null }, 'methods methods-wrong-type'],
  [{ methods: true }, 'methods methods-wrong-type'],
  [{ methods: {} }, 'methods methods-wrong-type'],
  [{ methods: new Set(['GET']) }, 'methods methods-wrong-type'],
  [{ methods: ['*'] }, 'methods[0] method-wildcard-in-list'],
  [{ methods: ['GET', '*'] }, 'methods[1] method-wildcard-in-list'],
  [{ methods: [''] }, 'methods[0] method-invalid'],
  [{ methods: ['GET,PUT'] }, 'methods[0] method-invalid'],
  [{ methods: ['GET PUT'] }, 'methods[0] method-invalid'],
  [{ methods: ['GET', 1] }, 'methods[1] method-invalid'],
  [{ methods: ['GET', undefined] }, 'methods[1] method-invalid'],
  [{ methods: Object.assign([], { 1: 'GET' }) }, 'methods[0] method-invalid'],
  [{ methods: ['CONNECT'] }, 'methods[0] method-forbidden'],
  [{ methods: ['TRACE'] }, 'methods[0] method-forbidden'],
  [{ methods: ['TRACK'] }, 'methods[0] method-forbidden'],
  [{ methods: ['trace'] }, 'methods[0] method-forbidden'],
  [{ methods: ['patch'] }, 'methods[0] method-lower-case'],
  [{ methods: ['get', 'Query'] }, 'methods[1] method-lower-case'],
  [
    { methods: ['patch', 'TRACE', '', 'GET'] },
    'methods[0] method-lower-case',
    'methods[1] method-forbidden',
    'methods[2] method-invalid',
  ],
  // allowedHeaders
  [{ allowedHeaders: 'content-type' }, 'allowedHeaders allowed-headers-string'],
  [{ allowedHeaders: 'content-type,x-a' }, 'allowedHeaders allowed-headers-string'],
  [{ allowedHeaders: '' }, 'allowedHeaders allowed-headers-string'],
  [{ allowedHeaders: null }, 'allowedHeaders allowed-headers-wrong-type'],
  [{ allowedHeaders: true }, 'allowedHeaders allowed-headers-wrong-type'],
  [{ allowedHeaders: {} }, 'allowedHeaders allowed-headers-wrong-type'],
  [{ allowedHeaders: ['*'] }, 'allowedHeaders[0] header-wildcard-in-list'],
  [{ allowedHeaders: ['*', 'authorization'] }, 'allowedHeaders[0] header-wildcard-in-list'],
  [{ allowedHeaders: [''] }, 'allowedHeaders[0] header-name-invalid'],
  [{ allowedHeaders: ['content type'] }, 'allowedHeaders[0] header-name-invalid'],
  [{ allowedHeaders: ['content-type,x-a'] }, 'allowedHeaders[0] header-name-invalid'],
  [{ allowedHeaders: ['x-a:'] }, 'allowedHeaders[0] header-name-invalid'],
  [{ allowedHeaders: ['x-a', 1] }, 'allowedHeaders[1] header-name-invalid'],
  [{ allowedHeaders: ['\u212a'] }, 'allowedHeaders[0] header-name-invalid'],
  [{ allowedHeaders: ['Access-Control-Allow-Origin'] }, 'allowedHeaders[0] request-header-of-cors'],
  // exposedHeaders
  [{ exposedHeaders: 'etag' }, 'exposedHeaders exposed-headers-string'],
  [{ exposedHeaders: 'etag,link' }, 'exposedHeaders exposed-headers-string'],
  [{ exposedHeaders: null }, 'exposedHeaders exposed-headers-wrong-type'],
  [{ exposedHeaders: 5 }, 'exposedHeaders exposed-headers-wrong-type'],
  [{ exposedHeaders: ['*'] }, 'exposedHeaders[0] header-wildcard-in-list'],
  [{ exposedHeaders: ['etag', ''] }, 'exposedHeaders[1] header-name-invalid'],
  [{ exposedHeaders: ['etag', undefined] }, 'exposedHeaders[1] header-name-invalid'],
  [{ exposedHeaders: ['Set-Cookie'] }, 'exposedHeaders[0] response-header-forbidden'],
  [{ exposedHeaders: ['set-cookie2'] }, 'exposedHeaders[0] response-header-forbidden'],
  [
    { exposedHeaders: ['access-control-allow-origin'] },
    'exposedHeaders[0] response-header-of-cors',
  ],
  // credentials
  [{ credentials: 'true' }, 'credentials credentials-wrong-type'],
  [{ credentials: 1 }, 'credentials credentials-wrong-type'],
  [{ credentials: null }, 'credentials credentials-wrong-type'],
  [{ credentials: 'include' }, 'credentials credentials-wrong-type'],
  // maxAge
  [{ maxAge: '600' }, 'maxAge max-age-not-integer'],
  [{ maxAge: '' }, 'maxAge max-age-not-integer'],
  [{ maxAge: null }, 'maxAge max-age-not-integer'],
  [{ maxAge: true }, 'maxAge max-age-not-integer'],
  [{ maxAge: 0.5 }, 'maxAge max-age-not-integer'],
  [{ maxAge: Number.NaN }, 'maxAge max-age-not-integer'],
  [{ maxAge: Infinity }, 'maxAge max-age-not-integer'],
  [{ maxAge: 600n }, 'maxAge max-age-not-integer'],
  [{ maxAge: -1 }, 'maxAge max-age-out-of-range'],
  [{ maxAge: 86401 }, 'maxAge max-age-out-of-range'],
  [{ maxAge: Number.MAX_SAFE_INTEGER }, 'maxAge max-age-out-of-range'],
  // timingAllowOrigin
  [{ timingAllowOrigin: 'true' }, 'timingAllowOrigin timing-allow-origin-wrong-type'],
  [{ timingAllowOrigin: [APP] }, 'timingAllowOrigin timing-allow-origin-wrong-type'],
  // What `enableCors()` takes
  [{ preflightContinue: true }, 'preflightContinue preflight-continue-unsupported'],
  [{ optionsSuccessStatus: 200 }, 'optionsSuccessStatus options-success-status-unsupported'],
  [{ preflight: false }, 'preflight preflight-unsupported'],
  [{ strictPreflight: false }, 'strictPreflight strict-preflight-unsupported'],
  [{ cacheControl: 3600 }, 'cacheControl cache-control-unsupported'],
  [{ hook: 'preHandler' }, 'hook hook-unsupported'],
  [{ delegator: () => undefined }, 'delegator delegator-unsupported'],
  // Names
  [{ optionSuccessStatus: 200 }, 'optionSuccessStatus options-success-status-unsupported'],
  [{ preFlightContinue: true }, 'preFlightContinue preflight-continue-unsupported'],
  [{ orign: APP }, 'orign unknown-option'],
  [{ origins: [APP] }, 'origins unknown-option'],
  [{ allowedMethods: ['GET'] }, 'allowedMethods unknown-option'],
  [{ maxage: 5 }, 'maxage unknown-option'],
  [{ maxage: undefined }, 'maxage unknown-option'],
  [JSON.parse('{ "__proto__": {} }'), '__proto__ unknown-option'],
  [{ constructor: 1, toString: 2 }, 'constructor unknown-option', 'toString unknown-option'],
];

/** Options that only `forRoot()` takes. */
const ROOT_OPTIONS: readonly [options: Record<string, unknown>, ...refusals: string[]][] = [
  [
    { dangerouslyAllowInsecureOrigins: 'true' },
    'forRoot().dangerouslyAllowInsecureOrigins switch-wrong-type',
  ],
  [
    { dangerouslyAllowInsecureOrigins: ['http://printer.local'] },
    'forRoot().dangerouslyAllowInsecureOrigins switch-wrong-type',
  ],
  [
    { dangerouslyAllowPublicSuffixes: 1 },
    'forRoot().dangerouslyAllowPublicSuffixes switch-wrong-type',
  ],
  [{ policy: 'public' }, 'forRoot().policy misplaced-option'],
  [{ policies: null }, 'forRoot().policies policies-wrong-type'],
  [{ policies: ['public'] }, 'forRoot().policies policies-wrong-type'],
  [{ policies: 'public' }, 'forRoot().policies policies-wrong-type'],
  [{ policies: () => ({}) }, 'forRoot().policies policies-wrong-type'],
  [{ policies: { public: null } }, 'forRoot().policies.public policy-wrong-type'],
  [{ policies: { public: undefined } }, 'forRoot().policies.public policy-wrong-type'],
  [{ policies: { public: false } }, 'forRoot().policies.public policy-wrong-type'],
  [{ policies: { public: '*' } }, 'forRoot().policies.public policy-wrong-type'],
  [{ policies: { public: ['*'] } }, 'forRoot().policies.public policy-wrong-type'],
  [{ policies: { public: /^a$/ } }, 'forRoot().policies.public policy-wrong-type'],
  [{ policies: { a: { policy: 'b' }, b: {} } }, 'forRoot().policies.a.policy misplaced-option'],
  [{ policies: { a: { policies: {} } } }, 'forRoot().policies.a.policies misplaced-option'],
  [
    { policies: { a: { dangerouslyAllowInsecureOrigins: true } } },
    'forRoot().policies.a.dangerouslyAllowInsecureOrigins misplaced-option',
  ],
  [{ policies: { a: { orign: '*' } } }, 'forRoot().policies.a.orign unknown-option'],
  [{ policies: { a: { origin: undefined } } }, 'forRoot().policies.a.origin origin-undefined'],
  [
    { policies: { partner: { origin: [APP, APP, `${APP}/`] } } },
    'forRoot().policies.partner.origin[2] origin-trailing-slash',
  ],
  [
    { policies: { 'a b': { maxAge: -1 } } },
    "forRoot().policies['a b'].maxAge max-age-out-of-range",
  ],
  [{ policies: { '': { maxAge: -1 } } }, "forRoot().policies[''].maxAge max-age-out-of-range"],
  [{ policies: { '1': { maxAge: -1 } } }, "forRoot().policies['1'].maxAge max-age-out-of-range"],
];

/** What is given to `forRoot()`, altogether. */
const ROOTS: readonly [root: unknown, refusal: string][] = [
  [undefined, 'forRoot() options-missing'],
  [null, 'forRoot() options-wrong-type'],
  [true, 'forRoot() options-wrong-type'],
  [APP, 'forRoot() options-wrong-type'],
  [[APP], 'forRoot() options-wrong-type'],
  [/^a$/, 'forRoot() options-wrong-type'],
  [() => ({ origin: APP }), 'forRoot() options-delegator'],
  [{}, 'forRoot().origin origin-missing'],
  [{ credentials: true }, 'forRoot().origin origin-missing'],
  [Object.create({ origin: '*' }), 'forRoot() options-wrong-type'],
];

/** What is given to `@Cors()` on a method. */
const OVERRIDES: readonly [written: unknown, refusal: string][] = [
  [undefined, ' override-undefined'],
  [null, ' override-wrong-type'],
  [true, ' override-wrong-type'],
  [1, ' override-wrong-type'],
  [['public'], ' override-wrong-type'],
  [/^a$/, ' override-wrong-type'],
  [() => ({}), ' override-wrong-type'],
  ['', ': policy unknown-policy'],
  ['pubic', ': policy unknown-policy'],
  ['Public', ': policy unknown-policy'],
  ['*', ': policy unknown-policy'],
  [APP, ': policy unknown-policy'],
  ['constructor', ': policy unknown-policy'],
  ['__proto__', ': policy unknown-policy'],
  [{ policy: 'pubic' }, ': policy unknown-policy'],
  [{ policy: false }, ': policy policy-name-wrong-type'],
  [{ policy: null }, ': policy policy-name-wrong-type'],
  [{ policy: ['public'] }, ': policy policy-name-wrong-type'],
  [{ origin: undefined }, ': origin origin-undefined'],
  [{ origin: [APP, 'null'] }, ': origin[1] origin-null'],
  [{ policies: {} }, ': policies misplaced-option'],
  [{ dangerouslyAllowPublicSuffixes: true }, ': dangerouslyAllowPublicSuffixes misplaced-option'],
  [{ maxage: 60 }, ': maxage unknown-option'],
  [{ maxAge: '60' }, ': maxAge max-age-not-integer'],
  [{ policy: 'public', maxAge: -1 }, ': maxAge max-age-out-of-range'],
];

describe('options that are refused', () => {
  test.each(ORIGINS)('origin %p', (origin, ...refusals) => {
    expect(summaryOf({ origin })).toEqual(refusals.map((refusal) => `forRoot().origin${refusal}`));
  });

  test.each(OPTIONS)('%p', (options, ...refusals) => {
    expect(summaryOf({ origin: APP, ...options })).toEqual(
      refusals.map((refusal) => `forRoot().${refusal}`),
    );
  });

  test.each(OPTIONS)('%p in a policy', (options, ...refusals) => {
    expect(summaryOf({ origin: APP, policies: { partner: options } })).toEqual(
      refusals.map((refusal) => `forRoot().policies.partner.${refusal}`),
    );
  });

  test.each(OPTIONS)('%p in @Cors()', (options, ...refusals) => {
    expect(summaryOf({ origin: APP }, handlerOf(options, options))).toEqual([
      ...refusals.map((refusal) => `@Cors() on OrdersController: ${refusal}`),
      ...refusals.map((refusal) => `@Cors() on OrdersController.update: ${refusal}`),
    ]);
  });

  test.each(ROOT_OPTIONS)('%p', (options, ...refusals) => {
    expect(summaryOf({ origin: APP, ...options })).toEqual(refusals);
  });

  test.each(ROOTS)('forRoot(%p)', (root, refusal) => {
    expect(summaryOf(root)).toEqual([refusal]);
  });

  test.each(OVERRIDES)('@Cors(%p)', (written, refusal) => {
    const options = { origin: APP, policies: { public: { origin: '*' } } };
    expect(summaryOf(options, handlerOf(NONE, written))).toEqual([
      `@Cors() on OrdersController.update${refusal}`,
    ]);
    expect(summaryOf(options, handlerOf(written, NONE))).toEqual([
      `@Cors() on OrdersController${refusal}`,
    ]);
  });

  test('a getter is called once', () => {
    let count = 0;
    const options = {
      get origin() {
        count += 1;
        return count === 1 ? APP : '*';
      },
    };
    expect(summaryOf(options, handlerOf(NONE, {}))).toEqual([]);
    expect(count).toBe(1);
  });

  test('every issue of every policy is in one error', () => {
    const issues = issuesOf(
      { origin: ['null', `${APP}/`], maxAge: -1, policies: { a: { methods: 'GET' } } },
      handlerOf('b', { credentials: 'yes' }, 'one'),
      handlerOf('b', { origin: undefined }, 'two'),
    );
    expect(issues.map(({ path }) => path)).toEqual([
      'forRoot().origin[0]',
      'forRoot().origin[1]',
      'forRoot().maxAge',
      'forRoot().policies.a.methods',
      '@Cors() on OrdersController: policy',
      '@Cors() on OrdersController.one: credentials',
      '@Cors() on OrdersController.two: origin',
    ]);
  });
});
