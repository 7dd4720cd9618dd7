import type { CorsRequest } from '../policy/cors-request.js';
import type { OriginResolverClass } from './origin-resolver-class.js';

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
