import { optionsOf } from '../options/declared-options.js';
import type { RequestFacts } from '../platform/request-facts.js';
import type { CorsOutcome } from '../policy/policy.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';

/**
 * A decision, as published on the diagnostics channel `nestjs-cors:decision`: one for each response
 * to a CORS-preflight request, and one for each other response when its head is written. Values that
 * the client sent are unescaped: escape them before they are shown.
 */
export interface CorsDecisionEvent {
  /** What became of the request. */
  readonly outcome: CorsOutcome;
  /** `Origin`; null without. Not for the label of a metric: clients can invent any number of them. */
  readonly origin: string | null;
  /** The request's method; for a preflight, the requested one. */
  readonly method: string;
  /** The route as registered, `/orders/:id`; null where none serves the request. */
  readonly route: string | null;
  /** `OrdersController.update`; null where no controller serves the request. */
  readonly handler: string | null;
  /**
   * Where `origin` of the policy is written: `forRoot()`, `@Cors() on OrdersController`; `false`: CORS is
   * off, or the path has no one policy; `'pass-through'`: it is left to the handler.
   */
  readonly policy: string | false;
  /** Whether it is about a preflight. */
  readonly preflight: boolean;
}

/** A response as far as CORS is concerned. */
export interface ReportedAnswer {
  /** What becomes of the request. */
  readonly outcome: CorsOutcome;
  /** Names and values in turn. */
  readonly headers: readonly string[];
}

/**
 * A request to which the options of `reportOnly` would have led to a different response, as published
 * on the diagnostics channel `nestjs-cors:report-only`.
 */
export interface CorsReportOnlyEvent extends Omit<CorsDecisionEvent, 'outcome'> {
  /** The response that was sent. */
  readonly live: ReportedAnswer;
  /** The response with the options of `reportOnly`. */
  readonly candidate: ReportedAnswer;
}

/** What every event says of its request. */
export function eventFacts(
  { origin, method, route, policyIndex }: RequestFacts,
  policies: PolicyRegistry,
  preflight: boolean,
): Omit<CorsDecisionEvent, 'outcome'> {
  const declared = policies.declaredOptionsOf(policyIndex);
  const options = optionsOf(declared);
  const isOn = options !== undefined && policies.originFalseAt(policyIndex) === undefined;
  return {
    origin: origin ?? null,
    method,
    route: route?.path ?? null,
    handler: route?.handler ?? null,
    policy: isOn
      ? (options.origin?.declaredAt ?? 'forRoot()')
      : declared === 'pass-through' && declared,
    preflight,
  };
}
