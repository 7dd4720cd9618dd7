import type { CorsOutcome } from './cors-outcome.js';

/** The whole answer to a CORS-preflight request, as data. It has no body. */
export interface PreflightDecision {
  readonly outcome: CorsOutcome;
  /** 204 when the origin is allowed (an ok status, as Fetch requires), else 403. */
  readonly status: 204 | 403;
  /** Names and values in turn, as `writeHead` takes them, `Vary` included. */
  readonly headers: readonly string[];
}
