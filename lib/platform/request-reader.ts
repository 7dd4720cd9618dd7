import type { CorsRequest } from '../policy/policy.js';

/** Reads a platform's request, and only when asked: most requests need none of this. */
export interface RequestReader {
  /** @param requestedMethod in a CORS-preflight request, the method that it asks about */
  describe(source: unknown, requestedMethod?: string): CorsRequest;
  /** Whether the page that sent the request is of this application's own origin. */
  isSameOrigin(source: unknown): boolean;
}
