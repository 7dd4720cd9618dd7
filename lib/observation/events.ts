import type { CorsOutcome } from '../policy/policy.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import type { RouteTable } from '../routing/route-table.js';

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

/** What an event says of where a decision was taken. */
export type EventPlace = Pick<CorsDecisionEvent, 'route' | 'handler' | 'policy'>;

/**
 * Finds the route and policy of a decision, for whoever is told of it.
 *
 * @param policyIndex the policy that held, where that is settled
 */
export function eventPlace(
  routes: RouteTable,
  policies: PolicyRegistry,
  [method, target, hostname]: readonly [method: string, target: string, hostname: () => string],
  policyIndex?: number,
): EventPlace {
  const candidates = routes.candidates(method, target, hostname);
  const entry =
    policyIndex === undefined
      ? candidates[0]
      : candidates.find((candidate) => policies.indexFor(candidate, target) === policyIndex);
  const held = policyIndex ?? policies.indexFor(entry, target);
  const sources = policies.sourcesOf(held);
  return {
    route: entry?.path ?? null,
    handler: entry?.handler ?? null,
    policy: sources ? (sources.origin?.declaredAt ?? 'forRoot()') : false,
  };
}
