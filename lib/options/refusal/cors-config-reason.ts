import type { OriginReason } from '../../policy/origins/parse-origin.js';

/** Why a configuration is refused: one code per rule, for tests and tools to rely on. */
export type CorsConfigReason =
  | OriginReason
  | OriginOptionReason
  | RegExpReason
  | ResolverReason
  // Shapes
  /** The options of `forRoot()`, or of `CorsInspector.setup()`, are not a plain object. */
  | 'options-wrong-type'
  /** `forRoot()` without options, or a factory that returned nothing. */
  | 'options-missing'
  /** A function instead of options, as `enableCors()` accepts. */
  | 'options-delegator'
  /** `forRoot()` with `useFactory`, `useClass` or `useExisting`, which `forRootAsync()` takes. */
  | 'options-of-for-root-async'
  /** `forRootAsync()` with options, which `forRoot()` takes. */
  | 'options-of-for-root'
  /** `forRootAsync()` without a usable `useFactory`, `useClass` or `useExisting`. */
  | 'factory-missing'
  /** `forRootAsync()` is given more than one of `useFactory`, `useClass` and `useExisting`. */
  | 'factory-twice'
  /** The class of `useClass` or `useExisting` has no method `createCorsOptions()`. */
  | 'factory-without-method'
  /** A factory of `forRootAsync()` threw, or rejected with, what is not an error. */
  | 'factory-threw'
  /** `inject` of `forRootAsync()` is not a list of injection tokens. */
  | 'inject-wrong-type'
  /** `imports` of `forRootAsync()` is not a list of modules. */
  | 'imports-wrong-type'
  /** Two `@Cors()` on one class or method: only one could apply. */
  | 'override-twice'
  /** The argument of `@Cors()` is neither options, nor a policy's name, nor `false`. */
  | 'override-wrong-type'
  /** `passThrough` is written, and not `true`. */
  | 'pass-through-not-true'
  /** `passThrough` beside options, which have no effect where no policy applies. */
  | 'pass-through-with-options'
  /** `@Cors(undefined)`: a missing value, which is not the same as `@Cors()`. */
  | 'override-undefined'
  /** `policies` is not a plain object of options by name. */
  | 'policies-wrong-type'
  /** A named policy is not a plain object of options. */
  | 'policy-wrong-type'
  /** An option that does not exist. */
  | 'unknown-option'
  /** An option that exists only elsewhere: `policies` or a `dangerously…` switch in `@Cors()`. */
  | 'misplaced-option'
  /** `policy` is not a string. */
  | 'policy-name-wrong-type'
  /** The name of a policy that is not in `policies`. */
  | 'unknown-policy'
  /** `resolver` is not a plain object of limits. */
  | 'resolver-options-wrong-type'
  /** A limit of `resolver` that is not an integer, or is out of range. */
  | 'resolver-limit-out-of-range'
  /** `paths` is not a plain object of policies by path. */
  | 'paths-wrong-type'
  /** A key of `paths` that is neither a path nor a path ending in `/*`. */
  | 'path-invalid'
  /** A key of `paths` that servers read differently, such as one with `..` or `%2F`. */
  | 'path-ambiguous'
  /** Two keys of `paths` that mean the same. */
  | 'path-duplicate'
  /** A member of `paths` that is neither options, nor a policy's name, nor `false`. */
  | 'path-policy-wrong-type'
  /** `reportOnly` is not a plain object of options. */
  | 'report-only-wrong-type'
  /** The argument of `CorsService.update()` is not a plain object of options. */
  | 'update-wrong-type'
  /** A switch that is not a boolean: `dangerously…`, `diagnostics`, `rejectDisallowed`. */
  | 'switch-wrong-type'
  // Single options
  /** `methods` is one string, as `enableCors()` accepts. */
  | 'methods-string'
  /** `methods` is neither `'*'` nor a list. */
  | 'methods-wrong-type'
  /** A method that is not a token (RFC 9110). */
  | 'method-invalid'
  /** `CONNECT`, `TRACE` and `TRACK`, which browsers never send for a page. */
  | 'method-forbidden'
  /** A method in lower case: browsers compare methods byte for byte. */
  | 'method-lower-case'
  /** `'*'` as a member of a list of methods. */
  | 'method-wildcard-in-list'
  /** `allowedHeaders` is one string, as `enableCors()` accepts. */
  | 'allowed-headers-string'
  /** `allowedHeaders` is neither `'*'` nor a list. */
  | 'allowed-headers-wrong-type'
  /** A response header of the CORS protocol among the allowed request headers. */
  | 'request-header-of-cors'
  /** `exposedHeaders` is one string, as `enableCors()` accepts. */
  | 'exposed-headers-string'
  /** `exposedHeaders` is neither `'*'` nor a list. */
  | 'exposed-headers-wrong-type'
  /** `Set-Cookie` and `Set-Cookie2`, which no page can read. */
  | 'response-header-forbidden'
  /** A header of the CORS protocol among the exposed ones. */
  | 'response-header-of-cors'
  /** A header name that is not a token (RFC 9110). */
  | 'header-name-invalid'
  /** `'*'` as a member of a list of header names. */
  | 'header-wildcard-in-list'
  /** `*` within a header name, such as `x-app-*`: names have no wildcards. */
  | 'header-name-wildcard'
  /** `credentials` is not a boolean. */
  | 'credentials-wrong-type'
  /** `maxAge` is not an integer. */
  | 'max-age-not-integer'
  /** `maxAge` is not between 0 and 86400. */
  | 'max-age-out-of-range'
  /** `timingAllowOrigin` is not a boolean. */
  | 'timing-allow-origin-wrong-type'
  // What `enableCors()` accepts and this module does not
  /** `preflightContinue: true`: preflights are always answered by this module. */
  | 'preflight-continue-unsupported'
  /** `optionsSuccessStatus` other than 204: preflights are answered with 204. */
  | 'options-success-status-unsupported'
  /** `preflight: false` of `@fastify/cors`: write `@Cors(false)` where you want none. */
  | 'preflight-unsupported'
  /** `strictPreflight: false` of `@fastify/cors`: other `OPTIONS` requests reach their handlers. */
  | 'strict-preflight-unsupported'
  /** `cacheControl` of `@fastify/cors`: HTTP never caches responses to `OPTIONS`. */
  | 'cache-control-unsupported'
  /** `delegator` of `@fastify/cors`: write `@Cors()` where a route differs. */
  | 'delegator-unsupported'
  /** `hook` of `@fastify/cors` other than `onRequest`: the module always runs before all other hooks. */
  | 'hook-unsupported'
  // Combinations within an effective policy
  /** `origin: '*'` with credentials. */
  | 'wildcard-origin-with-credentials'
  /** A RegExp that also allows pages of strangers, with credentials. */
  | 'strangers-with-credentials'
  /** A pattern or RegExp over a public suffix, below which anyone can own a name, with credentials. */
  | 'origin-public-suffix'
  /** An `http://` origin that is not loopback, with credentials. */
  | 'insecure-origin-with-credentials'
  /** `exposedHeaders: '*'` with credentials. */
  | 'wildcard-exposed-headers-with-credentials'
  // The application
  /** A second `CorsModule.forRoot()` in one application. */
  | 'duplicate-module'
  /** `CorsModule` in a module that `LazyModuleLoader` loads: the routes are registered by then. */
  | 'module-lazy'
  /** `CorsModule` imported without `forRoot()`. */
  | 'module-without-options'
  /** `enableCors()` alongside this module. */
  | 'enable-cors-conflict'
  /** An HTTP adapter that is neither Express nor Fastify. */
  | 'adapter-unsupported'
  /** An HTTP adapter that another application with `CorsModule` uses as well. */
  | 'adapter-shared'
  /** `CorsInspector.setup()` in an application without `CorsModule`. */
  | 'inspector-without-module'
  /** `CorsInspector.setup()` where `NODE_ENV` is `production`. */
  | 'inspector-in-production'
  /** The path of `CorsInspector.setup()` is not a plain path, or is the root. */
  | 'inspector-path-invalid'
  /** `hosts` of `CorsInspector.setup()` is not a list of host names. */
  | 'inspector-hosts-invalid'
  /** A resolver class whose instance has no method `isAllowed`, or a generator in its place. */
  | 'resolver-without-is-allowed';

/** What is wrong with the value of `origin`, or with a member of it, apart from its grammar. */
export type OriginOptionReason =
  /** The global policy has no `origin`. */
  | 'origin-missing'
  /** Present but undefined: usually an environment variable that is not set. */
  | 'origin-undefined'
  /** `true`, with which `enableCors()` reflects every origin. */
  | 'origin-true'
  /** `false` in a list; it must be the whole value. */
  | 'origin-false'
  /** A function that calls its second parameter, as `enableCors()` has it: it returns no answer. */
  | 'origin-callback'
  /** A generator function, `function*`: what it returns is a generator, not an answer. */
  | 'origin-generator'
  /** Neither a string, nor a RegExp, nor a list of these, nor a function, nor `false`. */
  | 'origin-wrong-type'
  /** A class in a list; it must be the whole value. */
  | 'origin-class-in-list'
  /** A list without members. */
  | 'origin-empty-list'
  /** `'*'` next to other origins. */
  | 'origin-wildcard-among-others'
  /** A wildcard in the domain that somebody registers, such as `https://*example.com`. */
  | 'origin-wildcard-in-domain';

/** What is wrong with a RegExp as an origin. */
export type RegExpReason =
  /** The flag `g` or `y`: the RegExp remembers where it stopped, so it matches only every other time. */
  | 'origin-regexp-stateful'
  /** The flag `m`: `^` and `$` match at line breaks, so they anchor nothing. */
  | 'origin-regexp-multiline'
  /** An alternative that does not begin with `^` or does not end with `$`. */
  | 'origin-regexp-unanchored'
  /** It matches `null`, which any page becomes inside a sandboxed frame. */
  | 'origin-regexp-matches-null'
  /** A dot that matches any character, where a literal dot is almost always meant. */
  | 'origin-regexp-unescaped-dot'
  /** `\1` or `\k<name>`, which depends on what a group has matched. */
  | 'origin-regexp-back-reference'
  /** A look-ahead, `$` or `\b` inside a look-behind. */
  | 'origin-regexp-look-ahead-in-look-behind'
  /** A class with strings in it, `[\q{…}]`. */
  | 'origin-regexp-class-strings'
  /** One that takes too many states to be matched in linear time, or has syntax that is not known yet. */
  | 'origin-regexp-too-complex'
  /** It matches nothing that a browser sends as `Origin`. */
  | 'origin-regexp-dead';

/** What is wrong with a class as `origin`, as dependency injection sees it. */
export type ResolverReason =
  /** A class without `@Injectable()`. */
  | 'resolver-not-injectable'
  /** A class that no module provides. */
  | 'resolver-not-provided'
  /** A class that is request-scoped or transient. */
  | 'resolver-not-singleton';
