import { ForbiddenException } from '@nestjs/common';
import type { CorsDecision } from '../policy/decide-response.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import { isConditional } from '../routing/route-entry.js';
import type { RouteTable } from '../routing/route-table.js';
import { type DecisionObserver, hasOrigin, type RequestFacts } from './request-facts.js';

/** What a refusal depends on. */
interface Parts {
  readonly policies: PolicyRegistry;
  readonly routes: RouteTable;
  readonly observer: DecisionObserver;
}

/** What to refuse a request with instead of serving it, where `rejectDisallowed` says so. */
export function refusalOf(
  { policies, observer }: Parts,
  facts: RequestFacts | undefined,
): Error | undefined {
  if (!policies.rejectsDisallowed) return undefined;
  if (facts?.decision === undefined || !hasOrigin(facts) || !isRefused(facts.decision)) {
    return undefined;
  }
  try {
    // A route bound to another host will pass the request on.
    if (facts.route?.host?.serves(facts.hostname()) === false) return undefined;
    return facts.isSameOrigin() ? undefined : disallowedOrigin();
  } catch (error) {
    observer.servingFailed(error);
    return disallowedOrigin();
  }
}

/**
 * The same before anything of the application runs: its middleware, and what it registered past Nest
 * at a controller's path, are not to run either.
 *
 * @param isRouted whether the platform's router has chosen already; otherwise the policy may still
 * depend on a version, and the handler that runs is asked instead
 */
export function refusalAhead(
  parts: Parts,
  facts: RequestFacts | undefined,
  isRouted: boolean,
): Error | undefined {
  const refusal = refusalOf(parts, facts);
  if (refusal === undefined || facts === undefined || isRouted) return refusal;
  try {
    return appliesToAll(parts, facts) ? refusal : undefined;
  } catch (error) {
    parts.observer.servingFailed(error);
    return refusal;
  }
}

/** Whether the policy is the same whichever version of a route serves the request, if any does. */
function appliesToAll({ policies, routes }: Parts, facts: RequestFacts): boolean {
  const { policies: generation, target } = facts;
  const candidates = routes.candidates(facts);
  const last = candidates.at(-1);
  const indexes = candidates.map((entry) => policies.indexFor(entry, target, generation));
  // Where no version holds, nothing serves the request.
  if (last === undefined || isConditional(last)) {
    indexes.push(policies.indexFor(undefined, target, generation));
  }
  return indexes.every((index) => generation[index] === generation[facts.policyIndex]);
}

/** Whether `rejectDisallowed` is about it. */
function isRefused({ outcome }: CorsDecision): boolean {
  return (
    outcome === 'origin-not-allowed' ||
    outcome === 'malformed-origin' ||
    outcome === 'ambiguous-path' ||
    outcome === 'undecided'
  );
}

/** What `rejectDisallowed` throws. Global exception filters shape the response. */
function disallowedOrigin(): ForbiddenException {
  // Without the origin: what a client sends does not come back.
  return new ForbiddenException('The origin of this request is not allowed.');
}
