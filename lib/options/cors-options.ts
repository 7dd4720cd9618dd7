import type { CorsResolverOptions } from './cors-origin.js';
import type { CorsPolicyOptions } from './cors-policy-options.js';

/** The options of `CorsModule.forRoot()`: the global policy, and what holds for the application. */
export interface CorsOptions extends CorsPolicyOptions {
  /**
   * Policies by name, for `@Cors('name')` and `@Cors({ policy: 'name' })`. What a policy does not
   * say is as in the global policy.
   *
   * @default {}
   * @throws CorsConfigError at boot for any policy that would be refused as the global one.
   * @example permitted
   * policies: { public: { origin: '*', credentials: false } }
   * @example prohibited: a policy is no list of origins
   * policies: { public: ['*'] }
   */
  readonly policies?: Readonly<Record<CorsPolicyName, Omit<CorsOverride, 'policy'>>>;

  /**
   * Policies for what no controller serves, by path: files, GraphQL, what a middleware answers, what
   * is not found. A key is an exact path, or one ending in `/*` for it and everything below, the same on
   * Express and Fastify; full paths, the global prefix included; the most specific wins. Neither
   * letter case nor slashes at the end or in a row matter. Each policy is written as in `@Cors()`;
   * `false` passes what is there untouched, CORS-preflight requests included. A controller's own
   * policy wins.
   *
   * @default {}
   * @throws CorsConfigError at boot for a key that is no such path, and for any policy that would be
   * refused in `@Cors()`.
   * @example permitted
   * paths: { '/graphql': 'public', '/files/*': { origin: '*', credentials: false }, '/legacy/*': false }
   * @example prohibited: routes of controllers have parameters; they take `@Cors()`
   * paths: { '/orders/:id': 'public' }
   */
  readonly paths?: Readonly<Record<string, CorsOverride | CorsPolicyName | false>>;

  /**
   * Whether requests from origins that are not allowed are refused with 403, before any guard or
   * handler runs, instead of being answered without CORS headers. Global exception filters shape the
   * answer. Not refused: requests without `Origin`, those from the application's own origin, and what
   * has `@Cors(false)`. This spares work and stops what needs no CORS-preflight request, such as forms
   * posted from other sites by current browsers; it is no authentication, since anything but a browser
   * sends whatever `Origin` it likes.
   *
   * @default false
   * @throws CorsConfigError at boot when it is no boolean.
   * @example permitted
   * rejectDisallowed: true
   * @example prohibited: a status
   * rejectDisallowed: 403
   * @see https://fetch.spec.whatwg.org/#origin-header
   */
  readonly rejectDisallowed?: boolean;

  /**
   * How the answers of resolver classes are cached; `timeout` holds for origin functions too.
   *
   * @default { ttl: 60_000, max: 10_000, timeout: 1_000 }
   * @throws CorsConfigError at boot for a limit out of range.
   * @example permitted
   * resolver: { ttl: 300_000 }
   * @example prohibited: the class is written as `origin`
   * resolver: PartnerOrigins
   */
  readonly resolver?: CorsResolverOptions;

  /**
   * What the global policy may become: these options are tried on every request, change no header,
   * and each request that would have been answered differently is published on the diagnostics
   * channel `nestjs-cors:report-only`, and logged once per origin, route and outcome where
   * diagnostics are on.
   *
   * @default nothing is tried
   * @throws CorsConfigError at boot for whatever would be refused if it were live.
   * @example permitted: which pages still need credentials?
   * reportOnly: { credentials: false }
   * @example prohibited: it is tried beside live options, not instead of them
   * reportOnly: true
   */
  readonly reportOnly?: Partial<CorsPolicyOptions>;

  /**
   * Whether the application says why browsers refuse: in the log, a table of routes and policies at
   * boot and each refusal once, with the change that would allow it; on refused answers, the header
   * `Cors-Diagnosis` with the same sentence.
   *
   * @default the log unless `NODE_ENV` is `production`; the header if `NODE_ENV` is `development`
   * @throws CorsConfigError at boot when it is no boolean.
   * @example permitted
   * diagnostics: true
   * @example prohibited: a level
   * diagnostics: 'verbose'
   */
  readonly diagnostics?: boolean;

  /**
   * Allows `http://` origins other than loopback together with `credentials: true`. Whoever
   * controls the network between that page and its visitor then controls the session here.
   *
   * @default false
   * @throws CorsConfigError at boot when it is no boolean.
   * @example permitted: a device on a local network that cannot have a certificate
   * dangerouslyAllowInsecureOrigins: true
   * @example prohibited: a list of exceptions
   * dangerouslyAllowInsecureOrigins: ['http://printer.local']
   */
  readonly dangerouslyAllowInsecureOrigins?: boolean;

  /**
   * Allows patterns over a public suffix, such as `https://*.github.io`. Anyone can own a name
   * below a public suffix.
   *
   * @default false
   * @throws CorsConfigError at boot when it is no boolean.
   * @example permitted: the suffix is yours, although the public suffix list has it
   * dangerouslyAllowPublicSuffixes: true
   * @example prohibited: a list of exceptions
   * dangerouslyAllowPublicSuffixes: ['github.io']
   * @see https://publicsuffix.org
   */
  readonly dangerouslyAllowPublicSuffixes?: boolean;
}

/**
 * What `@Cors(…)` on a controller or a route changes. Each option written replaces that of the
 * outer level, a list as a whole; options not written stay.
 */
export interface CorsOverride extends Partial<CorsPolicyOptions> {
  /**
   * The name of a policy of `forRoot({ policies })`. It stands for that policy's options; options
   * written beside it come after them.
   *
   * @default no named policy
   * @throws CorsConfigError at boot for a name that `policies` does not have.
   * @example permitted
   * @Cors({ policy: 'public', maxAge: 60 })
   * @example prohibited: a name nobody defined
   * @Cors({ policy: 'pubic' })
   */
  readonly policy?: CorsPolicyName;
}

/** A class that makes the options, for `forRootAsync({ useClass })` and `({ useExisting })`. */
export interface CorsOptionsFactory {
  /** Makes the options, once, when the application starts. */
  createCorsOptions(): CorsOptions | Promise<CorsOptions>;
}

/**
 * The names of an application's policies, for completion and compile errors. Empty until the
 * application declares them; then no other name compiles, and `forRoot()` must define each one.
 *
 * @example permitted
 * declare module 'nestjs-cors' {
 *   interface CorsPolicyNames { public: true; partner: true }
 * }
 */
// Filled by declaration merging.
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
export interface CorsPolicyNames {}

/** A name of `forRoot({ policies })`: any string until `CorsPolicyNames` declares some. */
export type CorsPolicyName = [keyof CorsPolicyNames] extends [never]
  ? string
  : Extract<keyof CorsPolicyNames, string>;
