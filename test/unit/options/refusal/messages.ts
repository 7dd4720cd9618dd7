import type { CorsConfigReason } from '../../../../lib/options/refusal/cors-config-reason.js';

const APP = 'https://app.example.com';

/** Reasons of the application, which options alone do not show. */
type OfTheApplication =
  | 'duplicate-module'
  | 'module-lazy'
  | 'override-twice'
  | 'options-of-for-root'
  | 'factory-missing'
  | 'factory-twice'
  | 'factory-without-method'
  | 'factory-threw'
  | 'inject-wrong-type'
  | 'imports-wrong-type'
  | 'adapter-unsupported'
  | 'adapter-shared'
  | 'enable-cors-conflict'
  | 'inspector-without-module'
  | 'inspector-in-production'
  | 'inspector-path-invalid'
  | 'inspector-hosts-invalid'
  | 'module-without-options'
  | 'resolver-not-injectable'
  | 'resolver-not-provided'
  | 'resolver-not-singleton'
  | 'resolver-without-is-allowed'
  | 'update-wrong-type';

export interface Example {
  readonly options: unknown;
  readonly onMethod?: unknown;
  readonly message: string;
}

const origin = (value: unknown, message: string): Example => ({
  options: { origin: value },
  message,
});
const option = (options: object, message: string): Example => ({
  options: { origin: APP, ...options },
  message,
});
const method = (onMethod: unknown, message: string, options: object = {}): Example => ({
  options: { origin: APP, ...options },
  onMethod,
  message,
});

/** One message for each reason, word for word. A reason without one does not compile. */
export const MESSAGES: Readonly<Record<Exclude<CorsConfigReason, OfTheApplication>, Example>> = {
  'origin-missing': {
    options: {},
    message:
      "Expected `origin` to be set, got `undefined`. There is no default: write the origins of your pages, such as `'https://app.example.com'`, `'*'` for any origin, or `false` for no CORS.",
  },
  'origin-undefined': origin(
    undefined,
    'Expected `origin` to be an origin, got `undefined`. Is the environment variable it comes from set? For no CORS without it, write `?? false` behind it, as in `process.env.CORS_ORIGIN ?? false`.',
  ),
  'origin-empty': origin(
    '',
    "Expected `origin` to be an origin, got `''` (string). Is the environment variable it comes from set? For no CORS without it, write `|| false` behind it, as in `process.env.CORS_ORIGIN || false`.",
  ),
  'origin-true': origin(
    true,
    "Expected `origin` to be an origin, got `true` (boolean). With `true`, `enableCors()` reflects every origin. Write `'*'` for any origin without credentials, or list the origins.",
  ),
  'origin-false': origin(
    [false],
    'Expected `origin[0]` to be an origin, got `false` (boolean). To switch CORS off, `false` must be the whole value: `origin: false`. Otherwise remove it.',
  ),
  'origin-callback': origin(
    (_: string, callback: (error: null, yes: boolean) => void) => callback(null, true),
    'Expected `origin` to be a function that returns whether the origin is allowed, got `function`. It calls its second parameter, `callback`, as `enableCors()` has it; here that is the request, and what counts is what the function returns. Write `return allowed` instead of `callback(null, allowed)`, and `return false` instead of `callback(error)`.',
  ),
  'origin-generator': origin(
    function* decide() {},
    'Expected `origin` to be a function that returns whether the origin is allowed, got `function decide` (function). A generator function returns a generator, which says neither yes nor no. Write it without `*`; it may be `async`.',
  ),
  'origin-wrong-type': origin(
    { origin: 'secret' },
    "Expected `origin` to be a string, a RegExp, a list of these, a function, or `false`, got `{…}` (object). Write an origin such as `'https://app.example.com'`.",
  ),
  'origin-class-in-list': origin(
    [class PartnerOrigins {}],
    'Expected `origin[0]` to be a string or a RegExp, got `function PartnerOrigins` (function). A class must be the whole value, `origin: PartnerOrigins`; let it allow the other origins as well.',
  ),
  'origin-empty-list': origin(
    [],
    'Expected `origin` to have members, got `[]` (array). List the origins, or write `origin: false` where you want no CORS.',
  ),
  'origin-wildcard-among-others': origin(
    [APP, '*'],
    "Expected `origin[1]` to stand alone or to be removed, got `'*'` (string). `'*'` allows every origin, so the others have no effect. Remove it, or write `origin: '*'`.",
  ),
  'origin-wildcard-in-domain': origin(
    'https://*example.com',
    "Expected `origin` to have its domain written out, got `'https://*example.com'` (string). Anyone can register a domain of that form. Write `https://*.example.com` for the names below your own.",
  ),
  'origin-null': origin(
    'null',
    "Expected `origin` not to be `null`, got `'null'` (string). Any page becomes `null` inside a sandboxed frame. List the origins of your pages.",
  ),
  'origin-comma-joined': origin(
    'https://a.example,https://b.example',
    "Expected `origin` to be one origin, got `'https://a.example,https://b.example'` (string). Write `['https://a.example', 'https://b.example']`. From an environment variable: `process.env.CORS_ORIGINS?.split(/[\\s,]+/)`.",
  ),
  'origin-whitespace': origin(
    [`${APP}\n`],
    "Expected `origin[0]` to have no spaces or control characters, got `'https://app.example.com\\u{a}'` (string). Write `'https://app.example.com'`. Where the list comes from a variable, append `.map((one) => one.trim())` to it.",
  ),
  'origin-json-string': origin(
    '["https://a.example"]',
    "Expected `origin` to be an origin without quotes or brackets, got `'[\"https://a.example\"]'` (string). Write `'https://a.example'`. Parse it first: `JSON.parse(value)`.",
  ),
  'origin-regexp-string': origin(
    '/^https:\\/\\/a\\.example$/',
    "Expected `origin` to be an origin, got `'/^https:\\\\/\\\\/a\\\\.example$/'` (string). Write a RegExp without quotes: `/^https:\\/\\/…$/`.",
  ),
  'origin-too-long': origin(
    `https://${'a'.repeat(600)}`,
    "Expected `origin` to have at most 512 characters, got `'https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'` (string). Longer values are ignored in requests.",
  ),
  'origin-without-scheme': origin(
    'localhost:3000',
    "Expected `origin` to begin with a scheme, got `'localhost:3000'` (string). Write `'http://localhost:3000'`. An origin is scheme, host and port: `https://app.example.com`.",
  ),
  'origin-invalid-scheme': origin(
    'ht_tp://example.com',
    "Expected `origin` to begin with a valid scheme, got `'ht_tp://example.com'` (string). An origin is scheme, host and port: `https://app.example.com`.",
  ),
  'origin-unusable-scheme': origin(
    'ws://example.com',
    "Expected `origin` to have a scheme that web pages use, got `'ws://example.com'` (string). Write `http` or `https`, even for WebSockets: `Origin` names the page, not the connection. The origin of `file:` pages and the like is `null`.",
  ),
  'origin-upper-case': origin(
    'https://Example.com',
    "Expected `origin` to be in lower case, got `'https://Example.com'` (string). Write `'https://example.com'`. Browsers compare byte for byte, and send nothing but scheme, host and port.",
  ),
  'origin-user-info': origin(
    'https://user:secret@example.com',
    "Expected `origin` to have no user name or password, got `'https://…@example.com'` (string). Write `'https://example.com'`. Browsers compare byte for byte, and send nothing but scheme, host and port.",
  ),
  'origin-trailing-slash': origin(
    [APP, 'https://example.com/'],
    "Expected `origin[1]` to have no slash at the end, got `'https://example.com/'` (string). Write `'https://example.com'`. Browsers compare byte for byte, and send nothing but scheme, host and port.",
  ),
  'origin-path': origin(
    'https://example.com/app',
    "Expected `origin` to have no path, got `'https://example.com/app'` (string). Write `'https://example.com'`. Browsers compare byte for byte, and send nothing but scheme, host and port.",
  ),
  'origin-query': origin(
    'https://example.com?a',
    "Expected `origin` to have no query, got `'https://example.com?a'` (string). Write `'https://example.com'`. Browsers compare byte for byte, and send nothing but scheme, host and port.",
  ),
  'origin-fragment': origin(
    'https://example.com#a',
    "Expected `origin` to have no fragment, got `'https://example.com#a'` (string). Write `'https://example.com'`. Browsers compare byte for byte, and send nothing but scheme, host and port.",
  ),
  'origin-non-ascii-host': origin(
    'https://m\u00fcller.example',
    "Expected `origin` to have its host in punycode, got `'https://müller.example'` (string). Write `'https://xn--mller-kva.example'`. That is how browsers send it: `https://xn--…`.",
  ),
  'origin-invalid-host': origin(
    'https://example..com',
    "Expected `origin` to have a valid host, got `'https://example..com'` (string). A label has 1 to 63 letters, digits, `-` or `_`, and valid punycode after `xn--`.",
  ),
  'origin-invalid-ip': origin(
    'http://127.1:8080',
    "Expected `origin` to have its IP address in the form browsers send, got `'http://127.1:8080'` (string). Write `'http://127.0.0.1:8080'`. IPv4 is four decimal numbers; IPv6 is compressed, in brackets and in lower case.",
  ),
  'origin-invalid-port': origin(
    'https://example.com:99999',
    "Expected `origin` to have a port from 1 to 65535 without leading zeros, got `'https://example.com:99999'` (string). Omit it for the default port; `*` matches any port.",
  ),
  'origin-default-port': origin(
    'https://example.com:443',
    "Expected `origin` not to name the scheme's default port, got `'https://example.com:443'` (string). Write `'https://example.com'`. Browsers omit it.",
  ),
  'origin-wildcard-position': origin(
    'https://app.*.example.com',
    "Expected `origin` to be an origin, got `'https://app.*.example.com'` (string). A wildcard is the whole leftmost label, `https://*.example.com`, one part of it, `https://my-app-*.example.com`, or the whole port, `http://localhost:*`; for anything else write a RegExp, or just `'*'` for any origin.",
  ),
  'origin-wildcard-ip': origin(
    'http://*.127.0.0.1',
    "Expected `origin` to have no wildcard before an IP address, got `'http://*.127.0.0.1'` (string). Addresses have no subdomains: list each one.",
  ),
  'origin-wildcard-scheme': origin(
    'capacitor://*.localhost',
    "Expected `origin` to be exact with this scheme, got `'capacitor://*.localhost'` (string). Patterns work for http and https only.",
  ),
  'origin-regexp-stateful': origin(
    /^https:\/\/a\.example$/g,
    'Expected `origin` to have neither the `g` nor the `y` flag, got `/^https:\\/\\/a\\.example$/g` (RegExp). Write `/^https:\\/\\/a\\.example$/`. With either, a RegExp remembers where it stopped, so it alternates between matching and not matching.',
  ),
  'origin-regexp-multiline': origin(
    /^https:\/\/a\.example$/m,
    'Expected `origin` not to have the `m` flag, got `/^https:\\/\\/a\\.example$/m` (RegExp). Write `/^https:\\/\\/a\\.example$/`. With it, `^` and `$` match at line breaks, so they anchor nothing.',
  ),
  'origin-regexp-unanchored': origin(
    /example\.com$/,
    'Expected `origin` to be anchored at both ends, in each alternative, got `/example\\.com$/` (RegExp). Write `/^https:\\/\\/(?:[a-z0-9-]+\\.)*example\\.com$/`. Otherwise it allows any origin that merely contains a match.',
  ),
  'origin-regexp-matches-null': origin(
    /^(?:null|https:\/\/a\.example)$/,
    'Expected `origin` not to match `null`, got `/^(?:null|https:\\/\\/a\\.example)$/` (RegExp). Any page becomes `null` inside a sandboxed frame. Begin with `^https:\\/\\/`.',
  ),
  'origin-regexp-unescaped-dot': origin(
    /^https:\/\/a.example$/,
    'Expected `origin` to escape its dots, got `/^https:\\/\\/a.example$/` (RegExp). A bare dot matches any character, so `app.example` also allows `appXexample`. Write `\\.`, or `[^]` if you mean any character.',
  ),
  'origin-regexp-back-reference': origin(
    /^https:\/\/(a|b)\.\1\.example$/,
    'Expected `origin` to have no back references, got `/^https:\\/\\/(a|b)\\.\\1\\.example$/` (RegExp). They depend on what a group has matched. List the possibilities, as in `(?:a\\.a|b\\.b)`.',
  ),
  'origin-regexp-look-ahead-in-look-behind': origin(
    /^https:\/\/(?<=\b)a\.example$/,
    'Expected `origin` not to look ahead inside a look-behind, got `/^https:\\/\\/(?<=\\b)a\\.example$/` (RegExp). Write the look-ahead, `\\b` or `$` beside it instead.',
  ),
  'origin-regexp-class-strings': origin(
    new RegExp('^https://[\\q{ab|c}]\\.example$', 'v'),
    'Expected `origin` to have no strings in classes, got `/^https:\\/\\/[\\q{ab|c}]\\.example$/v` (RegExp). Write alternatives: `(?:ab|c)` instead of `[\\q{ab|c}]`.',
  ),
  'origin-regexp-too-complex': origin(
    /^https:\/\/[a-z]*a[a-z]{30}\.example$/,
    'Expected `origin` to be simpler, got `/^https:\\/\\/[a-z]*a[a-z]{30}\\.example$/` (RegExp). Too many states are needed to match it in linear time. Use `*` or `+` instead of large counts, or list the origins.',
  ),
  'origin-regexp-dead': origin(
    /^https:\/\/App\.example\.com$/,
    "Expected `origin` to match an origin that a browser can send, got `/^https:\\/\\/App\\.example\\.com$/` (RegExp). It matches `'https://App.example.com'`. Browsers compare byte for byte, and send nothing but scheme, host and port.",
  ),
  'options-wrong-type': {
    options: APP,
    message:
      "Expected `forRoot()` to be given a plain object of options, got `'https://app.example.com'` (string). Write `{ origin: 'https://app.example.com' }`.",
  },
  'options-missing': {
    options: undefined,
    message:
      "Expected `forRoot()` to be given a plain object of options, got `undefined`. Write at least the origins of your pages: `{ origin: 'https://app.example.com' }`.",
  },
  'options-of-for-root-async': {
    options: { inject: [], useFactory: () => ({ origin: APP }) },
    message:
      'Expected `forRoot()` to be given a plain object of options, got `{…}` (object). That belongs to the other method: write `CorsModule.forRootAsync({ useFactory, inject })`.',
  },
  'options-delegator': {
    options: () => ({ origin: APP }),
    message:
      "Expected `forRoot()` to be given a plain object of options, got `function options` (function). Write the options themselves, such as `{ origin: ['https://app.example.com'] }`. Where they differ per route, `@Cors()` changes them; per request, `origin` may be a function, `(origin, request) => …`; computed at startup, they belong to `CorsModule.forRootAsync({ useFactory })`.",
  },
  'override-wrong-type': method(
    true,
    'Expected `@Cors()` to be given options, the name of a policy, or `false`, got `true` (boolean). Write options, such as `@Cors({ maxAge: 60 })`.',
  ),
  'pass-through-not-true': method(
    { passThrough: false },
    'Expected `passThrough` to be `true`, got `false` (boolean). Remove it where CORS is to be handled here.',
  ),
  'pass-through-with-options': method(
    { passThrough: true, maxAge: 60 },
    'Expected `passThrough` to be alone, not beside `maxAge`, got `true` (boolean). Where CORS passes through, no policy applies. Remove it, or the other options.',
  ),
  'override-undefined': method(
    undefined,
    'Expected `@Cors()` to be given options, the name of a policy, or `false`, got `undefined`. Write `@Cors()` without arguments to keep the outer policy.',
  ),
  'policies-wrong-type': option(
    { policies: ['public'] },
    "Expected `policies` to be a plain object of options by name, got `[… 1 …]` (array). Write `policies: { public: { origin: '*', credentials: false } }`.",
  ),
  'policy-wrong-type': option(
    { policies: { public: '*' } },
    "Expected `policies.public` to be a plain object of options, got `'*'` (string). Write `{ origin: 'https://app.example.com' }`; to switch CORS off, write `{ origin: false }`.",
  ),
  'unknown-option': option(
    { orign: 'secret' },
    'Expected options that exist, got `orign`. Did you mean `origin`?',
  ),
  'misplaced-option': method(
    { dangerouslyAllowPublicSuffixes: true },
    'Expected `dangerouslyAllowPublicSuffixes` to be at the top of `forRoot()` only, got `true` (boolean). It applies to the whole application. Write it there.',
  ),
  'policy-name-wrong-type': method(
    { policy: 1 },
    'Expected `policy` to be the name of one of `forRoot({ policies })`, got `1` (number). The names are `public`, `partner`.',
    { policies: { public: {}, partner: {} } },
  ),
  'unknown-policy': method(
    'pubic',
    "Expected `policy` to be the name of one of `forRoot({ policies })`, got `'pubic'` (string). Did you mean `public`?",
    { policies: { public: {} } },
  ),
  'switch-wrong-type': option(
    { dangerouslyAllowInsecureOrigins: 'yes' },
    "Expected `dangerouslyAllowInsecureOrigins` to be a boolean, got `'yes'` (string). Write `true` or omit it; it takes no list of exceptions.",
  ),
  'resolver-options-wrong-type': option(
    { resolver: 5 },
    'Expected `resolver` to be a plain object of limits, got `5` (number). Write some of `{ ttl: 60_000, max: 10_000, timeout: 1_000 }`; the class itself is `origin`.',
  ),
  'resolver-limit-out-of-range': option(
    { resolver: { ttl: 0 } },
    'Expected `ttl` to be an integer from 1 to 86400000, got `0` (number). It is in milliseconds; to cache nothing, write a function as `origin`.',
  ),
  'paths-wrong-type': option(
    { paths: ['/a'] },
    "Expected `paths` to be a plain object of policies by path, got `[… 1 …]` (array). Write `paths: { '/graphql': 'public', '/files/*': { origin: '*', credentials: false } }`.",
  ),
  'path-invalid': option(
    { paths: { '/a/:id': {} } },
    "Expected `paths` to have full paths as keys, got `'/a/:id'` (string). A key is an exact path, `/graphql`, or a path and everything below it, `/files/*`: the same on Express and Fastify, without parameters, query or other wildcards. Routes of controllers take `@Cors()`.",
  ),
  'path-ambiguous': option(
    { paths: { '/%40team/*': {} } },
    "Expected `paths` to have paths as keys that every server reads in the same way, got `'/%40team/*'` (string). Write '/@team/*': whether a character is decoded that need not be encoded depends on the server.",
  ),
  'path-duplicate': option(
    { paths: { '/a': {}, '/A/': {} } },
    "Expected `paths` to have each path once, got `'/A/'` (string). It is the same as '/a': letter case, trailing slashes and repeated slashes make no difference. Remove one.",
  ),
  'path-policy-wrong-type': option(
    { paths: { '/a': true } },
    "Expected `paths['/a']` to be options, the name of a policy, or `false`, got `true` (boolean). Write options, such as `{ origin: '*', credentials: false }`.",
  ),
  'report-only-wrong-type': option(
    { reportOnly: true },
    'Expected `reportOnly` to be a plain object of options, got `true` (boolean). Write the options the policy should get, such as `{ credentials: false }`.',
  ),
  'methods-string': option(
    { methods: 'GET,PUT' },
    "Expected `methods` to be a list, or `'*'`, got `'GET,PUT'` (string). Write `['GET', 'PUT']`, or omit it to allow the methods that are mapped at each path.",
  ),
  'methods-wrong-type': option(
    { methods: { get: true } },
    "Expected `methods` to be a list, or `'*'`, got `{…}` (object). Write a list, such as `['GET', 'PUT']`, or omit it to allow the methods that are mapped at each path.",
  ),
  'method-invalid': option(
    { methods: ['GET PUT'] },
    "Expected `methods[0]` to be a method, got `'GET PUT'` (string). Write `'GET', 'PUT'`. A method is a token, such as `PATCH`; each one is its own member of the list.",
  ),
  'method-forbidden': option(
    { methods: ['TRACE'] },
    "Expected `methods[0]` to be a method that pages can send, got `'TRACE'` (string). Browsers never send it for a page. Remove it.",
  ),
  'method-lower-case': option(
    { methods: ['patch'] },
    "Expected `methods[0]` to be in upper case, got `'patch'` (string). Browsers compare methods byte for byte, and Node.js receives them in upper case only. Write `'PATCH'`.",
  ),
  'method-wildcard-in-list': option(
    { methods: ['*'] },
    "Expected `methods[0]` to be a method, got `'*'` (string). Write `methods: '*'` for any requested method; in a list, `*` is a method of that name.",
  ),
  'allowed-headers-string': option(
    { allowedHeaders: 'x-a, x-b' },
    "Expected `allowedHeaders` to be a list, or `'*'`, got `'x-a, x-b'` (string). Write `['x-a', 'x-b']`, or omit it to allow the headers that are asked for.",
  ),
  'allowed-headers-wrong-type': option(
    { allowedHeaders: true },
    "Expected `allowedHeaders` to be a list, or `'*'`, got `true` (boolean). Write a list, such as `['content-type']`, or omit it to allow the headers that are asked for.",
  ),
  'request-header-of-cors': option(
    { allowedHeaders: ['Access-Control-Allow-Origin'] },
    "Expected `allowedHeaders[0]` to be a request header, got `'Access-Control-Allow-Origin'` (string). This is a response header. Remove it here, and where the page sets it.",
  ),
  'exposed-headers-string': option(
    { exposedHeaders: 'etag' },
    "Expected `exposedHeaders` to be a list, or `'*'`, got `'etag'` (string). Write `['etag']`.",
  ),
  'exposed-headers-wrong-type': option(
    { exposedHeaders: null },
    "Expected `exposedHeaders` to be a list, or `'*'`, got `null`. Write a list, such as `['etag']`.",
  ),
  'response-header-forbidden': option(
    { exposedHeaders: ['Set-Cookie'] },
    "Expected `exposedHeaders[0]` to be a header that pages can read, got `'Set-Cookie'` (string). Browsers never show it to a page. Remove it.",
  ),
  'response-header-of-cors': option(
    { exposedHeaders: ['access-control-max-age'] },
    "Expected `exposedHeaders[0]` to be a header of the application, got `'access-control-max-age'` (string). This one is meant for the browser. Remove it.",
  ),
  'header-name-invalid': option(
    { exposedHeaders: ['x-a:'] },
    "Expected `exposedHeaders[0]` to be a header name, got `'x-a:'` (string). Write `'x-a'`. A name is a token, such as `x-request-id`, without a colon; each one is its own member of the list.",
  ),
  'header-wildcard-in-list': option(
    { allowedHeaders: ['*', 'authorization'] },
    "Expected `allowedHeaders[0]` to be a header name, got `'*'` (string). Write `allowedHeaders: '*'`, without a list.",
  ),
  'header-name-wildcard': option(
    { allowedHeaders: ['authorization', 'x-app-*'] },
    "Expected `allowedHeaders[1]` to be a whole header name, got `'x-app-*'` (string). `*` stands for nothing inside a name: no browser would ever match it. List each header, or write `allowedHeaders: '*'` for all of them.",
  ),
  'credentials-wrong-type': option(
    { credentials: 'true' },
    "Expected `credentials` to be a boolean, got `'true'` (string). Write `true`, without quotes; from an environment variable: `value === 'true'`.",
  ),
  'max-age-not-integer': option(
    { maxAge: '600' },
    "Expected `maxAge` to be an integer from 0 to 86400, got `'600'` (string). It is in seconds; `0` means that browsers remember nothing. Write `600`; from an environment variable: `Number(value)`.",
  ),
  'max-age-out-of-range': option(
    { maxAge: -1 },
    'Expected `maxAge` to be an integer from 0 to 86400, got `-1` (number). It is in seconds; `0` means that browsers remember nothing. Write `0`; from an environment variable: `Number(value)`.',
  ),
  'timing-allow-origin-wrong-type': option(
    { timingAllowOrigin: [APP] },
    'Expected `timingAllowOrigin` to be a boolean, got `[… 1 …]` (array). It follows `origin` and takes no list of its own.',
  ),
  'preflight-continue-unsupported': option(
    { preflightContinue: true },
    'Expected `preflightContinue` to be removed, got `true` (boolean). Preflights are always answered by this module; any other `OPTIONS` request reaches your `@Options()` handlers.',
  ),
  'options-success-status-unsupported': option(
    { optionsSuccessStatus: 200 },
    'Expected `optionsSuccessStatus` to be removed, got `200` (number). Preflights are answered with 204; the browsers that needed 200 are gone.',
  ),
  'preflight-unsupported': option(
    { preflight: false },
    'Expected `preflight` to be removed, got `false` (boolean). Preflights are always answered; write `@Cors(false)` where you want none.',
  ),
  'strict-preflight-unsupported': option(
    { strictPreflight: false },
    'Expected `strictPreflight` to be removed, got `false` (boolean). Only `OPTIONS` with `Origin` and `Access-Control-Request-Method` counts as a preflight.',
  ),
  'cache-control-unsupported': option(
    { cacheControl: 3600 },
    'Expected `cacheControl` to be removed, got `3600` (number). HTTP never caches responses to `OPTIONS`; use `maxAge` for how long browsers remember a preflight.',
  ),
  'delegator-unsupported': option(
    { delegator: () => undefined },
    'Expected `delegator` to be removed, got `function delegator` (function). Write `@Cors()` where a route differs, or a function as `origin`: `(origin, request) => boolean`.',
  ),
  'hook-unsupported': option(
    { hook: 'preHandler' },
    "Expected `hook` to be removed, got `'preHandler'` (string). The module always runs before all other hooks.",
  ),
  'wildcard-origin-with-credentials': method(
    { origin: '*' },
    "Expected `origin` to be a list of origins where `credentials` is `true`, got `origin: '*'` from `@Cors()` on `OrdersController.update` and `credentials: true` from `forRoot()`. Any page could read data that is private to its visitor. List the origins, or write `credentials: false`.",
    { credentials: true },
  ),
  'strangers-with-credentials': option(
    { origin: [APP, /^https:\/\/.*example\.com$/], credentials: true },
    'Expected `origin[1]` not to allow origins of strangers where `credentials` is `true`, got `origin[1]: /^https:\\/\\/.*example\\.com$/` from `forRoot()` and `credentials: true` from `forRoot()`. It also allows `https://evilexample.com`. Write `/^https:\\/\\/(?:[a-z0-9-]+\\.)*example\\.com$/`.',
  ),
  'origin-public-suffix': option(
    { origin: 'https://my-app-*.vercel.app', credentials: true },
    "Expected `origin` not to cover names below the public suffix `vercel.app` where `credentials` is `true`, got `origin: 'https://my-app-*.vercel.app'` from `forRoot()` and `credentials: true` from `forRoot()`. Anyone can own a name there: it also allows `https://my-app-evil.vercel.app`. Write the names that are yours, such as `'https://my-app-main-my-team.vercel.app'`, or `'https://my-app-*-my-team.vercel.app'`, for the previews of one team, with `dangerouslyAllowPublicSuffixes: true`: whoever registers a name of that form is then allowed, too.",
  ),
  'insecure-origin-with-credentials': method(
    { credentials: true },
    "Expected `origin[1]` to be https where `credentials` is `true`, got `origin[1]: 'http://printer.local'` from `forRoot()` and `credentials: true` from `@Cors()` on `OrdersController.update`. Anyone who controls the network between that page and its visitor can hijack the session here. If it is a device on your network, for development, write `dangerouslyAllowInsecureOrigins: process.env.NODE_ENV !== 'production'`, and list it only where that is true; otherwise `https://`.",
    { origin: [APP, 'http://printer.local'] },
  ),
  'wildcard-exposed-headers-with-credentials': option(
    { credentials: true, policies: { open: { exposedHeaders: '*' } } },
    "Expected `exposedHeaders` to be a list where `credentials` is `true`, got `exposedHeaders: '*'` from `forRoot().policies.open` and `credentials: true` from `forRoot()`. With credentials, browsers read `*` as a header of that name. List the headers, or write `credentials: false`.",
  ),
};
