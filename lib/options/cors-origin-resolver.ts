import type { CorsRequest } from '../policy/cors-request.js';

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
