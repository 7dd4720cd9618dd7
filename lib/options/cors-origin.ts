import type { CorsRequest } from '../policy/policy.js';

/**
 * The allowed origins:
 *
 * - `'*'`: any origin, without credentials.
 * - `false`: no CORS here. No headers are sent, and preflights are refused, as with `@Cors(false)`.
 * - an exact origin: `'https://app.example.com'`. A dot at the end of the host makes another one.
 * - a pattern: `'https://*.example.com'` (one or more labels, not `example.com` itself),
 *   `'https://my-app-*.example.com'` (one or more letters, digits and hyphens of the first label) or
 *   `'http://localhost:*'` (any port, including none).
 * - a RegExp anchored at both ends, without the flags `g`, `y` and `m`, and without back references. It
 *   is matched in linear time. With credentials, it must not allow origins of strangers.
 * - a list of exact origins, patterns and RegExps.
 * - a function of the origin and the request; its answers are never cached.
 * - an injectable class that implements `CorsOriginResolver`; its answers are cached.
 */
export type CorsOrigin =
  | string
  | false
  | RegExp
  | readonly (string | RegExp)[]
  | ((origin: string, request: CorsRequest) => boolean | Promise<boolean>)
  | OriginResolverClass;

/**
 * An injectable class that decides whether an origin is allowed, as the value of `origin`. Its answers
 * are cached, so it never sees the request: it names what its answer depends on, and that becomes part
 * of the cache key.
 *
 * Any module may provide it. Concurrent lookups of the same origin share one call. A thrown error, a
 * rejection, an answer that is not a boolean, or one later than `resolver.timeout` counts as no.
 *
 * @example permitted
 * @Injectable()
 * class TenantOrigins implements CorsOriginResolver {
 *   constructor(private readonly tenants: Tenants) {}
 *   scope({ hostname }: CorsRequest) { return hostname; }
 *   isAllowed(origin: string, tenant: string) { return this.tenants.trusts(tenant, origin); }
 * }
 * @example prohibited: the tenant is not in the cache key, so one tenant gets another's answers
 * isAllowed(origin: string) { return this.tenants.trusts(this.currentTenant(), origin); }
 */
export interface CorsOriginResolver {
  /**
   * What else in the request the answer depends on, such as the tenant in the host name. At most 256
   * bytes; a longer scope counts as no.
   *
   * @default nothing: one answer per origin
   */
  scope?(request: CorsRequest): string;
  /**
   * Whether `origin` is allowed within `scope`. Anything but `true` means no.
   *
   * @param signal aborted when nobody is waiting for the answer any more
   */
  isAllowed(origin: string, scope: string, signal: AbortSignal): boolean | Promise<boolean>;
}

/** An injectable class as `origin`; Nest's dependency injection creates its only instance. */
export type OriginResolverClass = new (...args: never[]) => CorsOriginResolver;

/** Limits for resolver classes and origin functions. */
export interface CorsResolverOptions {
  /**
   * How long an answer of a resolver class counts as fresh. Unit: milliseconds, an integer from 1 to
   * 86400000. After that it is used only while a new answer is being fetched, and for no longer than
   * `timeout`.
   *
   * @default 60000
   * @throws CorsConfigError at boot when out of range or not an integer.
   * @example permitted: five minutes
   * resolver: { ttl: 300_000 }
   * @example prohibited: to cache nothing, write a function as `origin`
   * resolver: { ttl: 0 }
   */
  readonly ttl?: number;

  /**
   * How many allowed origins, and how many refused ones, are remembered for each resolver class. The
   * least recently used are forgotten first. An integer from 1 to 1000000.
   *
   * @default 10000
   * @throws CorsConfigError at boot when out of range or not an integer.
   * @example permitted
   * resolver: { max: 50_000 }
   * @example prohibited: unbounded
   * resolver: { max: Infinity }
   */
  readonly max?: number;

  /**
   * How long a resolver class or an origin function may take to answer. Unit: milliseconds, an integer
   * from 1 to 60000. A later answer counts as no.
   *
   * @default 1000
   * @throws CorsConfigError at boot when out of range or not an integer.
   * @example permitted
   * resolver: { timeout: 250 }
   * @example prohibited: a request must not wait forever
   * resolver: { timeout: 0 }
   */
  readonly timeout?: number;
}
