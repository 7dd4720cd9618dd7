import type { CorsRequest } from '../policy/policy.js';

/**
 * Which origins are allowed:
 *
 * - `'*'`: any origin, without credentials.
 * - an exact origin: `'https://app.example.com'`.
 * - a pattern: `'https://*.example.com'` (one or more labels, not `example.com` itself) or
 *   `'http://localhost:*'` (any port, also none).
 * - a RegExp anchored at both ends, without the flags `g` and `y`.
 * - a list of exact origins, patterns and RegExps.
 * - a function of the origin and the request; its answers are never cached.
 * - an injectable class that implements `CorsOriginResolver`; its answers are cached.
 */
export type CorsOrigin =
  | string
  | RegExp
  | readonly (string | RegExp)[]
  | ((origin: string, request: CorsRequest) => boolean | Promise<boolean>)
  | OriginResolverClass;

/**
 * An injectable class that decides whether an origin is allowed, written as `origin`. Its answers are
 * cached, so it never sees the request: it names what its answer depends on, and that is a part of
 * the cache key.
 *
 * Any module may provide it. Concurrent look-ups of one origin are one; what throws, rejects, takes
 * longer than `resolver.timeout` or answers no boolean counts as no.
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
   * What of the request the answer depends on besides the origin, such as the tenant in the host
   * name. At most 256 bytes; a longer one counts as no.
   *
   * @default nothing: one answer per origin
   */
  scope?(request: CorsRequest): string;
  /**
   * Whether `origin` is allowed within `scope`. Anything but `true` means no.
   *
   * @param signal aborted when nobody waits for the answer any more
   */
  isAllowed(origin: string, scope: string, signal: AbortSignal): boolean | Promise<boolean>;
}

/** An injectable class as `origin`; Nest's dependency injection makes its one instance. */
export type OriginResolverClass = new (...args: never[]) => CorsOriginResolver;

/** How the answers of resolver classes are cached, and for how long anything asked may think. */
export interface CorsResolverOptions {
  /**
   * For how long an answer of a resolver class counts as fresh. Unit: milliseconds, an integer from
   * 1 to 86400000. After that it is served only while it is asked for again, and no longer than
   * `timeout`.
   *
   * @default 60000
   * @throws CorsConfigError at boot when out of range or no integer.
   * @example permitted: five minutes
   * resolver: { ttl: 300_000 }
   * @example prohibited: to cache nothing, write a function as `origin`
   * resolver: { ttl: 0 }
   */
  readonly ttl?: number;

  /**
   * How many allowed origins, and how many refused ones, are remembered for each resolver class, the
   * least recently used forgotten first. An integer from 1 to 1000000.
   *
   * @default 10000
   * @throws CorsConfigError at boot when out of range or no integer.
   * @example permitted
   * resolver: { max: 50_000 }
   * @example prohibited: unbounded
   * resolver: { max: Infinity }
   */
  readonly max?: number;

  /**
   * For how long a resolver class or an origin function may take to answer. Unit: milliseconds, an
   * integer from 1 to 60000. What has not answered by then has said no.
   *
   * @default 1000
   * @throws CorsConfigError at boot when out of range or no integer.
   * @example permitted
   * resolver: { timeout: 250 }
   * @example prohibited: a request must not wait for ever
   * resolver: { timeout: 0 }
   */
  readonly timeout?: number;
}
