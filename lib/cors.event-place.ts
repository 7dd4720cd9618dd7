import type { CorsDecisionEvent } from './diagnostics/decision-event.js';
import type { PolicyRegistry } from './routing/policy-registry.js';
import type { RouteTable } from './routing/route-table.js';

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
    policy: sources ? (sources.origin?.source ?? 'forRoot()') : false,
  };
}
