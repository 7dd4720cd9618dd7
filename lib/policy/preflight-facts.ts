import type { CorsRequest } from './cors-request.js';

/** What a CORS-preflight request says. */
export interface PreflightFacts {
  /** `Origin`. */
  readonly origin: string;
  /** `Access-Control-Request-Method`. */
  readonly method: string;
  /** `Access-Control-Request-Headers`, all lines joined. */
  readonly headers: string | undefined;
  /** What a user's origin function may see; made only when there is one. */
  readonly request: () => CorsRequest;
}
