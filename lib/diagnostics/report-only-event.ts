import type { CorsOutcome } from '../policy/policy.js';
import type { CorsDecisionEvent } from './decision-event.js';

/** An answer as far as CORS is concerned. */
export interface ReportedAnswer {
  /** What becomes of the request. */
  readonly outcome: CorsOutcome;
  /** Names and values in turn. */
  readonly headers: readonly string[];
}

/**
 * A request which the options of `reportOnly` would have answered differently, as published on the
 * diagnostics channel `nestjs-cors:report-only`.
 */
export interface CorsReportOnlyEvent extends Omit<CorsDecisionEvent, 'outcome'> {
  /** The answer that was given. */
  readonly live: ReportedAnswer;
  /** The answer that `reportOnly` would have given. */
  readonly candidate: ReportedAnswer;
}
