import type { CorsRequest } from '../policy/cors-request.js';

/**
 * An injectable class that decides whether an origin is allowed. Its answers are cached, so it
 * never sees the request: it names what its answer depends on, and that is a part of the cache key.
 */
export interface CorsOriginResolver {
  /**
   * What of the request the answer depends on besides the origin, such as the tenant in the host
   * name. At most 256 bytes.
   *
   * @default nothing: one answer per origin
   */
  scope?(request: CorsRequest): string;
  /** Whether `origin` is allowed within `scope`. Anything but `true` means no. */
  isAllowed(origin: string, scope: string): boolean | Promise<boolean>;
}
