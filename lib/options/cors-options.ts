import type { CorsResolverOptions } from './cors-origin.js';
import type { CorsPolicyOptions } from './cors-policy-options.js';

/**
 * The options of `CorsModule.forRoot()`: the global policy, and those of the whole application.
 *
 * Options, policies and lists are plain objects and arrays, read once when the application starts;
 * getters are called once. What changes in them later has no effect: write `CorsService.update()`.
 * Instances of classes, `Map`, `Set` and `Proxy` are refused.
 */
export interface CorsOptions extends CorsPolicyOptions {
  /**
   * Policies by name, for `@Cors('name')` and `@Cors({ policy: 'name' })`. Options that a policy does
   * not set come from the global policy.
   *
   * @default {}
   * @throws CorsConfigError at boot for any policy that would be refused as the global policy.
   * @example permitted
   * policies: { public: { origin: '*', credentials: false } }
   * @example prohibited: a policy is not a list of origins
   * policies: { public: ['*'] }
   */
  readonly policies?: Readonly<
    Record<CorsPolicyName, Omit<CorsOverride, 'policy' | 'passThrough'>>
  >;

  /**
   * Policies by path, for everything that no controller serves: files, GraphQL, responses of
   * middleware, 404s. A key is an exact path, or a path ending in `/*` for itself and everything below
   * it, the same on Express and Fastify. Keys are full paths, including the global prefix; the most
   * specific one wins. Letter case, trailing slashes and repeated slashes make no difference. Each
   * policy is written as in `@Cors()`; `false` leaves that path untouched, including its preflights; `origin: false` refuses them.
   * Where a controller serves a path, its own policy wins.
   *
   * Servers read some paths differently: one decodes `/private%2Fa` to `/private/a`, another does not.
   * Where the policies for these readings differ, no origin is allowed (see docs/routing.md).
   *
   * @default {}
   * @throws CorsConfigError at boot for a key that is not such a path, for one that servers read
   * differently, and for any policy that would be refused in `@Cors()`.
   * @example permitted
   * paths: { '/graphql': 'public', '/files/*': { origin: '*', credentials: false }, '/legacy/*': false }
   * @example prohibited: paths with parameters belong to controllers, which take `@Cors()`
   * paths: { '/orders/:id': 'public' }
   */
  readonly paths?: Readonly<Record<string, CorsOverride | CorsPolicyName | false>>;

  /**
   * Rejects requests from origins that are not allowed with 403, before any middleware, guard or handler
   * runs, instead of answering them without CORS headers. Global exception filters shape the response.
   * Requests without `Origin`, requests from the application's own origin and handlers with
   * `@Cors(false)` are not affected. This saves work and stops requests that need no CORS preflight,
   * such as forms that current browsers post from other sites. It is not authentication: clients other
   * than browsers can send any `Origin` they like.
   *
   * @default false
   * @throws CorsConfigError at boot when it is not a boolean.
   * @example permitted
   * rejectDisallowed: true
   * @example prohibited: a status code
   * rejectDisallowed: 403
   * @see https://fetch.spec.whatwg.org/#origin-header
   */
  readonly rejectDisallowed?: boolean;

  /**
   * Limits for caching the answers of resolver classes; `timeout` applies to origin functions as well.
   *
   * @default { ttl: 60_000, max: 10_000, timeout: 1_000 }
   * @throws CorsConfigError at boot for a limit out of range.
   * @example permitted
   * resolver: { ttl: 300_000 }
   * @example prohibited: the class itself is the value of `origin`
   * resolver: PartnerOrigins
   */
  readonly resolver?: CorsResolverOptions;

  /**
   * A candidate for the global policy, evaluated but not enforced. Its options change no header; each
   * request that would have been answered differently is published on the diagnostics channel
   * `nestjs-cors:report-only`, and logged once per origin, route and outcome where diagnostics are on.
   *
   * @default nothing is evaluated
   * @throws CorsConfigError at boot for anything that would be refused if it were enforced.
   * @example permitted: which pages still need credentials?
   * reportOnly: { credentials: false }
   * @example prohibited: it needs options to evaluate
   * reportOnly: true
   */
  readonly reportOnly?: Partial<CorsPolicyOptions>;

  /**
   * Explains refusals in the log and in refused responses: the log gets a table of routes and policies
   * at startup, and each refusal once, with the change that would allow it (at most 20 a minute, and
   * 1,000 until a restart); refused responses get the same sentence in the header `Cors-Diagnosis`.
   *
   * @default the log unless `NODE_ENV` is `production`; the header if `NODE_ENV` is `development`
   * @throws CorsConfigError at boot when it is not a boolean.
   * @example permitted
   * diagnostics: true
   * @example prohibited: a level
   * diagnostics: 'verbose'
   */
  readonly diagnostics?: boolean;

  /**
   * Allows `http://` origins other than loopback together with `credentials: true`. Anyone who
   * controls the network between that page and its visitor can hijack the session here.
   *
   * @default false
   * @throws CorsConfigError at boot when it is not a boolean.
   * @example permitted: a device on a local network that cannot have a certificate
   * dangerouslyAllowInsecureOrigins: true
   * @example prohibited: a list of exceptions
   * dangerouslyAllowInsecureOrigins: ['http://printer.local']
   */
  readonly dangerouslyAllowInsecureOrigins?: boolean;

  /**
   * Allows patterns and RegExps over a public suffix, such as `https://*.github.io`, together with
   * `credentials: true`. Anyone can own a name below a public suffix.
   *
   * @default false
   * @throws CorsConfigError at boot when it is not a boolean.
   * @example permitted: the suffix is yours, although it is on the public suffix list
   * dangerouslyAllowPublicSuffixes: true
   * @example prohibited: a list of exceptions
   * dangerouslyAllowPublicSuffixes: ['github.io']
   * @see https://publicsuffix.org
   */
  readonly dangerouslyAllowPublicSuffixes?: boolean;
}

/**
 * What `@Cors(…)` on a controller or a route changes. Each option set here replaces the outer one, a
 * list as a whole; the others stay as they are.
 */
export interface CorsOverride extends Partial<CorsPolicyOptions> {
  /**
   * The name of a policy of `forRoot({ policies })`. It stands for that policy's options; options
   * next to it override them.
   *
   * @default no named policy
   * @throws CorsConfigError at boot for a name that is not in `policies`.
   * @example permitted
   * @Cors({ policy: 'public', maxAge: 60 })
   * @example prohibited: an undefined name
   * @Cors({ policy: 'pubic' })
   */
  readonly policy?: CorsPolicyName;

  /**
   * Leaves CORS to whatever responds there, such as a handler that proxies an upstream with CORS of its
   * own: responses keep the headers they are given, `Vary` included, and preflights reach the
   * application's own `OPTIONS` handler, `@All()` handler or middleware. Nothing is checked: the startup
   * log says so, with the handlers' names. It stands alone; a nearer `@Cors(…)` starts again from the
   * global policy. In `paths` it is the same as `false`.
   *
   * @default the policy applies
   * @throws CorsConfigError at boot when it is not `true`, and beside other options.
   * @example permitted
   * @All('*path') @Cors({ passThrough: true }) proxy(@Req() request: Request, @Res() response: Response) {}
   * @example prohibited: no policy applies, so there is none to change
   * @Cors({ passThrough: true, maxAge: 60 })
   */
  readonly passThrough?: true;

  /**
   * A candidate for these options, evaluated but not enforced: as `reportOnly` of `forRoot()`, for this
   * route, this controller, this path or this named policy. It changes no header. An option that is
   * written nearer to the handler hides it, as it hides the option itself.
   *
   * @default nothing is evaluated
   * @throws CorsConfigError at boot for anything that would be refused if it were enforced.
   * @example permitted: who else reads the orders?
   * @Cors({ origin: 'https://*.example.com', reportOnly: { origin: 'https://shop.example.com' } })
   * @example prohibited: it needs options to evaluate
   * @Cors({ reportOnly: true })
   */
  readonly reportOnly?: Partial<CorsPolicyOptions>;
}

/** A class that creates the options, for `forRootAsync({ useClass })` and `({ useExisting })`. */
export interface CorsOptionsFactory {
  /** Creates the options, once, when the application starts. */
  createCorsOptions(): CorsOptions | Promise<CorsOptions>;
}

/**
 * The names of an application's policies, for completion and compile errors. Empty until the
 * application declares them; after that no other name compiles, and `policies` must define each one.
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
