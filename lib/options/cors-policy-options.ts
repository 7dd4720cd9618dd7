import type { CorsOrigin } from './cors-origin.js';

/** The options of one policy. Their names are those of `app.enableCors()`. */
export interface CorsPolicyOptions {
  /**
   * Origins allowed to read responses. Required: there is no default. `false`: CORS is off, as with
   * `@Cors(false)`: no headers are sent, and preflights are refused. In `forRoot()` this lets one
   * controller switch it on with `@Cors({ origin: … })`.
   *
   * Sets `Access-Control-Allow-Origin` and, unless it is `'*'`, `Vary: Origin`.
   *
   * @throws CorsConfigError at boot when missing, empty, malformed or dangerous, and for a function
   * that calls its second parameter.
   * @example permitted
   * origin: ['https://app.example.com', 'https://*.example.com', 'http://localhost:*']
   * @example prohibited: a trailing slash never equals an origin
   * origin: 'https://app.example.com/'
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-origin
   */
  readonly origin: CorsOrigin;

  /**
   * Methods pages may use. `'*'`: any requested method.
   *
   * Sets `Access-Control-Allow-Methods` on responses to CORS-preflight requests: those that a preflight
   * of their own would allow too. Where an origin function decides, that is the requested one alone: it
   * may allow GET and refuse DELETE. Of a class, it is those that have the same `scope()`.
   *
   * @default the methods mapped at the path
   * @throws CorsConfigError at boot for an invalid or forbidden method.
   * @example permitted
   * methods: ['GET', 'PUT', 'PATCH']
   * @example prohibited: one string of several methods
   * methods: 'GET,PUT'
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-methods
   */
  readonly methods?: '*' | readonly string[];

  /**
   * Request headers pages may set. `'*'`: all requested names, at most 128 of them in 8 kB; a literal
   * `*` is never sent, so this covers credentialed requests and `Authorization` as well. Names that
   * browsers never let a page set, such as `Cookie` and `Origin`, change nothing: a startup warning
   * names them.
   *
   * Sets `Access-Control-Allow-Headers` on responses to CORS-preflight requests.
   *
   * @default '*'
   * @throws CorsConfigError at boot for an invalid header name, one of the CORS protocol, and for `*`
   * within one.
   * @example permitted
   * allowedHeaders: ['content-type', 'authorization', 'x-request-id']
   * @example prohibited: names have no wildcards
   * allowedHeaders: ['x-app-*']
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-headers
   */
  readonly allowedHeaders?: '*' | readonly string[];

  /**
   * Response headers pages may read in addition to the safelisted ones. `'*'`: all but
   * `Set-Cookie`, without credentials only.
   *
   * Sets `Access-Control-Expose-Headers` on responses to allowed origins. Names that a handler sends
   * in this header itself are added to them.
   *
   * @default []
   * @throws CorsConfigError at boot for an invalid or forbidden header name, and for `'*'`
   * together with `credentials: true`.
   * @example permitted
   * exposedHeaders: ['x-total-count', 'etag']
   * @example prohibited: with credentials, browsers read `*` as a header of that name
   * { exposedHeaders: '*', credentials: true }
   * @see https://fetch.spec.whatwg.org/#http-access-control-expose-headers
   */
  readonly exposedHeaders?: '*' | readonly string[];

  /**
   * Allows pages to send and receive cookies, client certificates and HTTP authentication.
   *
   * Sets `Access-Control-Allow-Credentials: true` on responses to allowed origins.
   *
   * @default false
   * @throws CorsConfigError at boot together with `origin: '*'`, and with an `http://` origin
   * that is not loopback unless `dangerouslyAllowInsecureOrigins` is set.
   * @example permitted
   * { origin: 'https://app.example.com', credentials: true }
   * @example prohibited: any page could read data that is private to its visitor
   * { origin: '*', credentials: true }
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-credentials
   */
  readonly credentials?: boolean;

  /**
   * How long browsers may cache the response to a CORS-preflight request. Unit: seconds, an integer
   * from 0 (no caching) to 86400. Browsers cap it: Safari at 600, Chromium at 7200, Firefox at 86400.
   *
   * Sets `Access-Control-Max-Age` on responses to CORS-preflight requests.
   *
   * @default 600
   * @throws CorsConfigError at boot when out of range or not an integer.
   * @example permitted
   * maxAge: 3600
   * @example prohibited: a string, such as an environment variable
   * maxAge: '3600'
   * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
   */
  readonly maxAge?: number;

  /**
   * Allows the same origins to read detailed resource timing.
   *
   * Sets `Timing-Allow-Origin` to the allowed origin, or to `*` where any origin is allowed.
   *
   * @default false
   * @throws CorsConfigError at boot when it is not a boolean.
   * @example permitted
   * timingAllowOrigin: true
   * @example prohibited: it follows `origin` and takes no list of its own
   * timingAllowOrigin: ['https://app.example.com']
   * @see https://fetch.spec.whatwg.org/#concept-tao-check
   */
  readonly timingAllowOrigin?: boolean;
}

/** The name of a policy's option. */
export type PolicyOption = keyof CorsPolicyOptions;

/** What a policy's option may be set to. */
export type OptionValue<K extends PolicyOption> = NonNullable<CorsPolicyOptions[K]>;
