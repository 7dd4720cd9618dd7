import type { CorsOutcome } from './cors-outcome.js';

/** What a policy says of one response, as data: nothing is written here. */
export interface CorsDecision {
  readonly outcome: CorsOutcome;
  /** Names and values in turn, as `writeHead` takes them, without `Vary`. */
  readonly headers: readonly string[];
  /** Whether the response differs by origin, so that caches must be told: `Vary: Origin`. */
  readonly varyByOrigin: boolean;
}
