import { handlerOf, issuesOf, NONE } from '../configuration.js';
import { MESSAGES } from './messages.js';

const APP = 'https://app.example.com';

describe('messages', () => {
  test.each([
    ['public', {}, 'There are none yet.'],
    ['x', { public: {}, partner: {} }, 'The names are `public`, `partner`.'],
    ['https://a.example', { public: {} }, 'To allow an origin, write `@Cors({ origin: … })`.'],
    ['*', { public: {} }, 'To allow an origin, write `@Cors({ origin: … })`.'],
  ])('@Cors(%j) with policies %j', (name, policies, remedy) => {
    const issues = issuesOf({ origin: APP, policies }, handlerOf(NONE, name));
    expect(issues.map(({ message }) => message)).toEqual([
      `Expected \`policy\` to be the name of one of \`forRoot({ policies })\`, got \`'${name}'\` (string). ${remedy}`,
    ]);
  });

  test.each([
    [
      { origin: ` ${APP}` },
      "Expected `origin` to have no spaces or control characters, got `' https://app.example.com'` (string). Write `'https://app.example.com'`. Where it comes from a variable, append `.trim()`.",
    ],
    [
      { origin: 'https://a.example https://b.example' },
      "Expected `origin` to have no spaces or control characters, got `'https://a.example https://b.example'` (string). Write `['https://a.example', 'https://b.example']`. Several origins are a list.",
    ],
    [
      { origin: 'undefined' },
      "Expected `origin` to be an origin, got `'undefined'` (string). Is the environment variable it comes from set? For no CORS without it, write the variable itself, as in `process.env.CORS_ORIGIN ?? false`.",
    ],
    [
      { credentials: true },
      "Expected `origin` to be set, got `undefined`. There is no default: write the origins of your pages, such as `'https://app.example.com'`, or `false` for no CORS.",
    ],
    [
      { origin: true, credentials: true },
      "Expected `origin` to be an origin, got `true` (boolean). With `true`, `enableCors()` reflects every origin: any page can read what is private to its visitor. Write the origins of your pages, such as `['https://app.example.com']`.",
    ],
    [
      { origin: [''] },
      "Expected `origin[0]` to be an origin, got `''` (string). Is the environment variable it comes from set? If not, write `origin: false` for no CORS.",
    ],
    [
      { origin: [APP, ''] },
      "Expected `origin[1]` to be an origin, got `''` (string). Is the environment variable it comes from set? Where it is not, remove it: append `.filter(Boolean)` to the list.",
    ],
    [
      { origin: null },
      'Expected `origin` to be a string, a RegExp, a list of these, a function, or `false`, got `null`. Is the environment variable it comes from set? For no CORS without it, write `?? false` behind it, as in `process.env.CORS_ORIGIN ?? false`.',
    ],
    [
      { origin: 'http://localhost:NaN' },
      "Expected `origin` to be an origin, got `'http://localhost:NaN'` (string). Is the environment variable it comes from set? Where it is not, write `false` instead, for no CORS.",
    ],
    [
      { origin: [APP, 'https://'] },
      "Expected `origin[1]` to have a valid host, got `'https://'` (string). Is the environment variable it comes from set? Where it is not, remove it.",
    ],
    [
      { origin: /localhost/ },
      'Expected `origin` to be anchored at both ends, in each alternative, got `/localhost/` (RegExp). Write `/^https?:\\/\\/localhost(?::\\d+)?$/`. Otherwise it allows any origin that merely contains a match.',
    ],
    [
      { origin: /^https:\/\/[a-z]+/ },
      'Expected `origin` to be anchored at both ends, in each alternative, got `/^https:\\/\\/[a-z]+/` (RegExp). Otherwise it allows any origin that merely contains a match. Write it out from scheme to port, such as `/^https:\\/\\/(?:app|shop)\\.example\\.com$/`.',
    ],
    [
      { origin: APP, methods: ['PUT, POST, trace'] },
      "Expected `methods[0]` to be a method, got `'PUT, POST, trace'` (string). Write `'PUT', 'POST'`. A method is a token, such as `PATCH`; each one is its own member of the list.",
    ],
    [
      { origin: APP, methods: '' },
      "Expected `methods` to be a list, or `'*'`, got `''` (string). Is the environment variable it comes from set? Omit it, or write a list, such as `['GET', 'PUT']`.",
    ],
    [
      { origin: APP, exposedHeaders: 'ETag, Set-Cookie, Access-Control-Max-Age' },
      "Expected `exposedHeaders` to be a list, or `'*'`, got `'ETag, Set-Cookie, Access-Control-Max-Age'` (string). Write `['ETag']`.",
    ],
    [
      { origin: APP, allowedHeaders: [''] },
      "Expected `allowedHeaders[0]` to be a header name, got `''` (string). Is the environment variable it comes from set? If not, remove it.",
    ],
    [
      { origin: APP, maxAge: Number.NaN },
      'Expected `maxAge` to be an integer from 0 to 86400, got `NaN` (number). Is the environment variable it comes from set? It is in seconds; `0` means that browsers remember nothing. Write `600`, or omit it.',
    ],
    [
      { origin: APP, optionSuccessStatus: 200 },
      'Expected `optionSuccessStatus` to be removed, got `200` (number). It stands for `optionsSuccessStatus`. Preflights are answered with 204; the browsers that needed 200 are gone.',
    ],
    [
      { origin: 'http://203.0.113.7:8080', credentials: true },
      "Expected `origin` to be https where `credentials` is `true`, got `origin: 'http://203.0.113.7:8080'` from `forRoot()` and `credentials: true` from `forRoot()`. Anyone who controls the network between that page and its visitor can hijack the session here. Write `'https://203.0.113.7:8080'`, `credentials: false`, or `dangerouslyAllowInsecureOrigins: true`.",
    ],
    [
      { origin: [APP, '*'], credentials: true },
      "Expected `origin[1]` to stand alone or to be removed, got `'*'` (string). `'*'` allows every origin, which credentials exclude. Remove it, and keep the others.",
      "Expected `origin` to be a list of origins where `credentials` is `true`, got `origin: '*'` from `forRoot()` and `credentials: true` from `forRoot()`. Any page could read data that is private to its visitor. Remove `'*'`, and keep the others.",
    ],
    [
      { origin: APP, policies: { public: { policy: 'partner' } } },
      "Expected `policy` to be within `@Cors()` only, got `'partner'` (string). Policies do not build on each other; share options through a constant in your code.",
    ],
    [
      { origin: APP, passThrough: true },
      'Expected `passThrough` to be within `@Cors()` only, got `true` (boolean). It stands where CORS is left to a handler: `@Cors({ passThrough: true })`.',
    ],
    [
      { origin: APP, reportOnly: { reportOnly: {} } },
      'Expected `reportOnly` to be in `forRoot()`, a named policy or `@Cors()` only, got `{…}` (object). A candidate has none of its own, and no update brings one.',
    ],
    [
      { origin: APP, methods: 'GET, *' },
      "Expected `methods` to be a list, or `'*'`, got `'GET, *'` (string). Write `'*'`, or omit it to allow the methods that are mapped at each path.",
    ],
    [
      { origin: APP, methods: ['GET, *'] },
      "Expected `methods[0]` to be a method, got `'GET, *'` (string). A method is a token, such as `PATCH`; each one is its own member of the list.",
    ],
    [
      { origin: APP, methods: ['patch, x:y', undefined] },
      "Expected `methods[0]` to be a method, got `'patch, x:y'` (string). Write `'PATCH'`. A method is a token, such as `PATCH`; each one is its own member of the list.",
      'Expected `methods[1]` to be a method, got `undefined`. Is the environment variable it comes from set? If not, remove it.',
    ],
  ])('%p', (options, ...messages) => {
    expect(issuesOf(options).map((issue) => issue.message)).toEqual(messages);
  });

  describe('code to write is whole, or there is none', () => {
    const NAMES = Array.from({ length: 12 }, (_, index) => `customer-number-${index}`).join('|');
    const HOST = `${'a'.repeat(60)}.${'b'.repeat(60)}.example`;
    const lastOf = (options: object) =>
      issuesOf({ ...options, credentials: true }).map(({ message }) => message.split('…')[1]);

    test.each<[object, string]>([
      [
        { origin: new RegExp(`^https://(?:${NAMES})\\.example\\.com$`, 'g') },
        '` (RegExp). With either, a RegExp remembers where it stopped, so it alternates between matching and not matching.',
      ],
      [
        { origin: new RegExp(`https://${HOST.replaceAll('.', '\\.')}`) },
        '` (RegExp). Otherwise it allows any origin that merely contains a match. Write it out from scheme to port, such as `/^https:\\/\\/(?:app|shop)\\.example\\.com$/`.',
      ],
      [
        { origin: new RegExp(`^https?://(?:${NAMES})\\.example\\.com$`) },
        '` from `forRoot()` and `credentials: true` from `forRoot()`. It allows `http://customer-number-0.example.com`. Anyone who controls the network between that page and its visitor can hijack the session here. Begin with `^https:\\/\\/`, or write `credentials: false`, or `dangerouslyAllowInsecureOrigins: true`.',
      ],
      [
        { origin: `http://${HOST}` },
        "'` from `forRoot()` and `credentials: true` from `forRoot()`. Anyone who controls the network between that page and its visitor can hijack the session here. Begin with `https://`, or write `credentials: false`, or `dangerouslyAllowInsecureOrigins: true`.",
      ],
      [
        { origin: `https://${HOST}/` },
        "'` (string). Browsers compare byte for byte, and send nothing but scheme, host and port.",
      ],
    ])('%p', (options, end) => {
      expect(lastOf(options)).toEqual([end]);
    });
  });

  describe('an origin on the local network', () => {
    const { NODE_ENV } = process.env;
    afterEach(() => void (process.env['NODE_ENV'] = NODE_ENV));

    test.each([
      [
        'development',
        'http://192.168.3.74:3001',
        "If it is a device on your network, for development, write `dangerouslyAllowInsecureOrigins: process.env.NODE_ENV !== 'production'`, and list it only where that is true; otherwise `https://`.",
      ],
      [
        'production',
        'http://192.168.3.74:3001',
        "Write `'https://192.168.3.74:3001'`, `credentials: false`, or `dangerouslyAllowInsecureOrigins: true`.",
      ],
      [
        'development',
        'http://192.169.3.74',
        "Write `'https://192.169.3.74'`, `credentials: false`, or `dangerouslyAllowInsecureOrigins: true`.",
      ],
    ])('%s, %s', (environment, page, advice) => {
      process.env['NODE_ENV'] = environment;
      const [issue] = issuesOf({ origin: page, credentials: true });
      expect(issue?.message.endsWith(` can hijack the session here. ${advice}`)).toBe(true);
    });
  });

  describe('the name of an environment variable', () => {
    const set = (name: string, value: string) => void (process.env[name] = value);
    afterEach(() => {
      delete process.env['TEST_ORIGINS'];
      delete process.env['TEST_ORIGINS_TOO'];
    });
    const LIST = 'https://a.example, https://b.example';
    const last = (options: object) => issuesOf(options)[0]?.message.split('(string). ')[1];

    test('stands in the remedy where one alone has the value', () => {
      set('TEST_ORIGINS', LIST);
      expect(last({ origin: LIST })).toBe(
        "Write `['https://a.example', 'https://b.example']`. From the variable: `process.env.TEST_ORIGINS?.split(/[\\s,]+/)`.",
      );
      set('TEST_ORIGINS_TOO', LIST);
      expect(last({ origin: LIST })).not.toContain('TEST_ORIGINS');
    });

    test('of an empty one shows what it is for', () => {
      set('TEST_ORIGINS', '');
      expect(last({ origin: '' })).toBe(
        'Is the environment variable set? `process.env.TEST_ORIGINS` is empty. For no CORS without it, write `process.env.TEST_ORIGINS || false`.',
      );
    });
  });

  test.each(Object.entries(MESSAGES))('%s', (reason, { message, ...example }) => {
    const onMethod = 'onMethod' in example ? example.onMethod : NONE;
    const issues = issuesOf(example.options, handlerOf(NONE, onMethod));
    expect(issues.map((issue) => [issue.reason, issue.message])).toEqual([[reason, message]]);
  });
});
