import type { OriginFault } from '../../policy/origins/parse-origin.js';

/** Why a configuration is refused: one code per rule, for tests and tools to rely on. */
export type CorsConfigReason =
  | OriginFault
  | OriginOptionFault
  | RegExpFault
  | ResolverFault
  // Shapes
  /** The options of `forRoot()` are no object. */
  | 'options-wrong-type'
  /** A function instead of options, as `enableCors()` takes. */
  | 'options-delegator'
  /** What `@Cors()` was given is neither options, nor a policy's name, nor `false`. */
  | 'override-wrong-type'
  /** `@Cors(undefined)`: a forgotten value, not the same as `@Cors()`. */
  | 'override-undefined'
  /** `policies` is no object of options by name. */
  | 'policies-wrong-type'
  /** A named policy is no object of options. */
  | 'policy-wrong-type'
  /** An option that does not exist. */
  | 'unknown-option'
  /** An option that exists elsewhere only: `policies` or a `dangerously…` switch in `@Cors()`. */
  | 'misplaced-option'
  /** `policy` is no string. */
  | 'policy-name-wrong-type'
  /** The name of a policy that `policies` does not have. */
  | 'unknown-policy'
  /** `resolver` is no object of limits. */
  | 'resolver-options-wrong-type'
  /** A limit of `resolver` that is no integer, or out of range. */
  | 'resolver-limit-out-of-range'
  /** `paths` is no object of policies by path. */
  | 'paths-wrong-type'
  /** A key of `paths` that is neither a path nor a path ending in `/*`. */
  | 'path-invalid'
  /** Two keys of `paths` that mean the same. */
  | 'path-duplicate'
  /** A member of `paths` that is neither options, nor a policy's name, nor `false`. */
  | 'path-policy-wrong-type'
  /** `reportOnly` is no object of options. */
  | 'report-only-wrong-type'
  /** What `CorsService.update()` was given is no object of options. */
  | 'update-wrong-type'
  /** A switch that is no boolean: `dangerously…`, `diagnostics`, `rejectDisallowed`. */
  | 'switch-wrong-type'
  // Single options
  /** `methods` is one string, as `enableCors()` takes. */
  | 'methods-string'
  /** `methods` is neither `'*'` nor a list. */
  | 'methods-wrong-type'
  /** A method that is no token (RFC 9110). */
  | 'method-invalid'
  /** `CONNECT`, `TRACE` and `TRACK`, which browsers never send for a page. */
  | 'method-forbidden'
  /** A method in lower case, which browsers would compare byte for byte. */
  | 'method-lower-case'
  /** `'*'` as a member of a list of methods. */
  | 'method-wildcard-in-list'
  /** `allowedHeaders` is one string, as `enableCors()` takes. */
  | 'allowed-headers-string'
  /** `allowedHeaders` is neither `'*'` nor a list. */
  | 'allowed-headers-wrong-type'
  /** A name that browsers never let a page set. */
  | 'request-header-forbidden'
  /** A response header of the CORS protocol among the allowed request headers. */
  | 'request-header-of-cors'
  /** `exposedHeaders` is one string, as `enableCors()` takes. */
  | 'exposed-headers-string'
  /** `exposedHeaders` is neither `'*'` nor a list. */
  | 'exposed-headers-wrong-type'
  /** `Set-Cookie` and `Set-Cookie2`, which no page ever reads. */
  | 'response-header-forbidden'
  /** A header of the CORS protocol among the exposed ones. */
  | 'response-header-of-cors'
  /** A header name that is no token (RFC 9110). */
  | 'header-name-invalid'
  /** `'*'` as a member of a list of header names. */
  | 'header-wildcard-in-list'
  /** `credentials` is no boolean. */
  | 'credentials-wrong-type'
  /** `maxAge` is no integer. */
  | 'max-age-not-integer'
  /** `maxAge` is not from 0 to 86400. */
  | 'max-age-out-of-range'
  /** `timingAllowOrigin` is no boolean. */
  | 'timing-allow-origin-wrong-type'
  // What `enableCors()` takes and this module does not
  /** `preflightContinue`: CORS-preflight requests are always answered here. */
  | 'preflight-continue-unsupported'
  /** `optionsSuccessStatus`: answers to CORS-preflight requests are 204. */
  | 'options-success-status-unsupported'
  /** `hideOptionsRoute` of `@fastify/cors`: no route is added. */
  | 'hide-options-route-unsupported'
  /** `preflight` of `@fastify/cors`: write `@Cors(false)` where none is wanted. */
  | 'preflight-unsupported'
  /** `strictPreflight` of `@fastify/cors`: other `OPTIONS` requests reach their handlers. */
  | 'strict-preflight-unsupported'
  /** `cacheControl` of `@fastify/cors`: HTTP never caches answers to `OPTIONS`. */
  | 'cache-control-unsupported'
  /** `logLevel` of `@fastify/cors`: no route is added. */
  | 'log-level-unsupported'
  /** `delegator` of `@fastify/cors`: write `@Cors()` where a route differs. */
  | 'delegator-unsupported'
  /** `hook` of `@fastify/cors`: the module runs before all other hooks. */
  | 'hook-unsupported'
  // Combinations within an effective policy
  /** `origin: '*'` with credentials. */
  | 'wildcard-origin-with-credentials'
  /** A RegExp that allows every origin, with credentials. */
  | 'regexp-for-any-origin-with-credentials'
  /** An `http://` origin that is not loopback, with credentials. */
  | 'insecure-origin-with-credentials'
  /** `exposedHeaders: '*'` with credentials. */
  | 'wildcard-exposed-headers-with-credentials'
  // The application
  /** A second `CorsModule.forRoot()` in one application. */
  | 'duplicate-module'
  /** `CorsModule` imported without `forRoot()`. */
  | 'module-without-options'
  /** `enableCors()` next to this module. */
  | 'enable-cors-conflict'
  /** An HTTP adapter that is neither Express nor Fastify. */
  | 'adapter-unsupported'
  /** A resolver class whose instance has no method `isAllowed`. */
  | 'resolver-without-is-allowed';

/** What is wrong with the value of `origin`, or with a member of it, before its grammar is read. */
export type OriginOptionFault =
  /** The global policy says nothing about `origin`. */
  | 'origin-missing'
  /** Written, but undefined: mostly an environment variable that is not set. */
  | 'origin-undefined'
  /** `true`, with which `enableCors()` reflects every origin. */
  | 'origin-true'
  /** `false`, with which `enableCors()` switches CORS off. */
  | 'origin-false'
  /** Neither a string, nor a RegExp, nor a list of these, nor a function. */
  | 'origin-wrong-type'
  /** A class in a list; it stands alone. */
  | 'origin-class-in-list'
  /** A list without members. */
  | 'origin-empty-list'
  /** `'*'` beside other origins. */
  | 'origin-wildcard-among-others'
  /** A pattern over a public suffix, below which anyone can own a name. */
  | 'origin-public-suffix';

/** What is wrong with a RegExp as an origin. */
export type RegExpFault =
  /** The flag `g` or `y`: it remembers where it stopped, and alternates between yes and no. */
  | 'origin-regexp-stateful'
  /** The flag `m`: `^` and `$` match at line ends, hence are no anchors. */
  | 'origin-regexp-multiline'
  /** Some alternative does not begin with `^` or does not end with `$`. */
  | 'origin-regexp-unanchored'
  /** It matches `null`, which any page becomes inside a sandboxed frame. */
  | 'origin-regexp-matches-null'
  /** A dot that stands for any one character, where nearly always a literal dot is meant. */
  | 'origin-regexp-unescaped-dot'
  /** A repetition of a repetition that can split the same text in many ways. */
  | 'origin-regexp-catastrophic';

/** What is wrong with a class as `origin`; only dependency injection can tell. */
export type ResolverFault =
  /** A class without `@Injectable()`. */
  | 'resolver-not-injectable'
  /** A class that no module provides. */
  | 'resolver-not-provided'
  /** A class that is request-scoped or transient. */
  | 'resolver-not-singleton';
