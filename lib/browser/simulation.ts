import type { CorsCheckId } from './cors-check-id.js';
import type { FailureDetails } from './failure.js';
import type { Finding } from './finding.js';
import type { Fix } from './fix.js';
import type { SimulationStep } from './simulation-step.js';
import type { Stage } from './stage.js';

/**
 * - `allowed`: the page may read the response.
 * - `blocked`: a check did not pass; see `failedCheck`.
 * - `not-cors`: no CORS check applies (same origin, `mode: 'no-cors'`).
 * - `network-error`: there was no response to check.
 */
export type Verdict = 'allowed' | 'blocked' | 'not-cors' | 'network-error';

/** What the browser does with a request, and why. */
export interface Simulation {
  /** How it ended. */
  readonly verdict: Verdict;
  /** Everything that was sent, in order. */
  readonly steps: readonly SimulationStep[];
  /** Null unless `blocked` or `network-error`. */
  readonly failedCheck: CorsCheckId | null;
  /** Where that check was made. */
  readonly blockedAt: Stage | null;
  /** What that check found. */
  readonly details: FailureDetails;
  /** The console's message, as the browser words it; null where it has none about CORS. */
  readonly message: string | null;
  /** What would help; null where nothing is blocked. */
  readonly fix: Fix | null;
  /** What was noticed besides, whatever the verdict. */
  readonly findings: readonly Finding[];
  /** The response headers that the page can read, lower-cased and sorted. */
  readonly exposed: readonly string[];
}
