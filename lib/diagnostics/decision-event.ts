import type { CorsOutcome } from '../policy/policy.js';

/**
 * A decision, as published on the diagnostics channel `nestjs-cors:decision`: one for each answer to a
 * CORS-preflight request, and one for each other response when its head is written. What the client
 * sent is as it came: escape it before it is shown.
 */
export interface CorsDecisionEvent {
  /** What became of the request. */
  readonly outcome: CorsOutcome;
  /** `Origin`; null without. Not for the label of a metric: anybody can make up any number. */
  readonly origin: string | null;
  /** The request's method; for a CORS-preflight request, the requested one. */
  readonly method: string;
  /** The route as registered, `/orders/:id`; null where none serves the request. */
  readonly route: string | null;
  /** `OrdersController.update`; null where no controller serves the request. */
  readonly handler: string | null;
  /** Where `origin` of the policy is written: `forRoot()`, `@Cors() on OrdersController`; `false`: CORS is off. */
  readonly policy: string | false;
  /** Whether it is about a CORS-preflight request. */
  readonly preflight: boolean;
}
