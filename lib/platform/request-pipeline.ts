import { ForbiddenException } from '@nestjs/common';
import { decidePreflight, type PreflightDecision } from '../policy/decide-preflight.js';
import { type CorsDecision, decideResponse } from '../policy/decide-response.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import { GLOBAL_POLICY, isServed, type RouteEntry } from '../routing/route-entry.js';
import type { RouteTable } from '../routing/route-table.js';
import {
  type CrossOriginFacts,
  type DecisionObserver,
  hasOrigin,
  REQUEST_FACTS,
  type RequestFacts,
  type TrackedResponse,
} from './request-facts.js';

/**
 * What every platform does with a request: decide when it arrives, decide again when its handler is
 * known. Each step returns a promise only where a user's origin function or class takes its time.
 */
export class RequestPipeline {
  constructor(
    readonly policies: PolicyRegistry,
    readonly routes: RouteTable,
    private readonly observer: DecisionObserver,
  ) {}

  /** The answer to a preflight; undefined where `paths` leaves it to others. */
  onPreflight(facts: RequestFacts): PreflightDecision | undefined | Promise<PreflightDecision> {
    if (!hasOrigin(facts)) return undefined;
    const target = this.locatePreflight(facts);
    if (this.isLeftToOthers(target)) return undefined;
    const decision = decidePreflight(target, facts);
    if (!this.observer.isActive) return decision;
    return decision instanceof Promise
      ? decision.then((late) => this.observe(facts, late))
      : this.observe(facts, decision);
  }

  /** The same for `explain()`: unobserved, and answered wherever it is left to others. */
  askPreflight(facts: CrossOriginFacts): PreflightDecision | Promise<PreflightDecision> {
    return decidePreflight(this.locatePreflight(facts), facts);
  }

  /** What the response to a request would say if it were sent now. */
  askResponse(facts: RequestFacts): CorsDecision | Promise<CorsDecision> {
    [facts.route] = this.routes.candidates(facts);
    facts.policies = this.policies.current;
    facts.policyIndex = this.policies.indexFor(facts.route, facts.target);
    return decide(facts);
  }

  /**
   * A request has arrived, and `facts.route` is the one that will probably serve it: a provisional
   * decision, for the responses that no handler gives.
   */
  onRequest(response: TrackedResponse, facts: RequestFacts): void | Promise<void> {
    facts.policies = this.policies.current;
    facts.policyIndex = this.policies.indexFor(facts.route, facts.target);
    facts.observer = this.observer;
    const decision = decide(facts);
    if (decision instanceof Promise) {
      return decision.then((late) => {
        facts.decision = late;
        response[REQUEST_FACTS] = facts;
      });
    }
    facts.decision = decision;
    response[REQUEST_FACTS] = facts;
    return undefined;
  }

  /** The router has chosen a route: its policy replaces the provisional one. */
  onRoute(response: TrackedResponse, route: RouteEntry | undefined): void | Promise<void> {
    const facts = response[REQUEST_FACTS];
    if (facts === undefined) return undefined;
    facts.route = route;
    return applyPolicy(facts, this.policies.indexFor(route, facts.target));
  }

  /** The same for a handler that is known by its policy alone. */
  onHandler(response: TrackedResponse, policyIndex: number): void | Promise<void> {
    const facts = response[REQUEST_FACTS];
    if (facts === undefined || facts.policyIndex === policyIndex) return undefined;
    const candidates = this.routes.candidates(facts);
    facts.route = candidates.find((candidate) => candidate.policyIndex === policyIndex);
    return applyPolicy(facts, policyIndex);
  }

  /** The handler passed the request on: until the next one runs, nothing serves it. */
  onPassed(response: TrackedResponse): void | Promise<void> {
    return this.onRoute(response, undefined);
  }

  /** What to refuse a request with instead of serving it, where `rejectDisallowed` says so. */
  refusalOf(response: TrackedResponse): Error | undefined {
    if (!this.policies.rejectsDisallowed) return undefined;
    const facts = response[REQUEST_FACTS];
    const outcome = facts?.decision?.outcome;
    if (facts === undefined) return undefined;
    if (outcome !== 'origin-not-allowed' && outcome !== 'malformed-origin') return undefined;
    // A route bound to another host will pass the request on.
    if (facts.route?.host?.serves(facts.hostname()) === false) return undefined;
    return facts.isSameOrigin() ? undefined : disallowedOrigin();
  }

  /** The same before routing, where no controller will serve the request. */
  refusalOfUnserved(response: TrackedResponse): Error | undefined {
    return isServed(response[REQUEST_FACTS]?.route) ? undefined : this.refusalOf(response);
  }

  private locatePreflight(facts: CrossOriginFacts) {
    const { current, paths } = this.policies;
    const target = this.routes.preflightTarget(facts, current, paths.indexOf(facts.target));
    [facts.route] = target.serving;
    facts.policyIndex = target.policyIndex;
    return target;
  }

  /** Whether `paths` has `false` there, and no controller serves the requested method. */
  private isLeftToOthers({ serving, unserved }: ReturnType<typeof this.locatePreflight>): boolean {
    return (
      unserved !== GLOBAL_POLICY &&
      this.policies.declaredOptionsOf(unserved) === false &&
      !serving.some(isServed)
    );
  }

  private observe(facts: CrossOriginFacts, decision: PreflightDecision): PreflightDecision {
    this.observer.preflightDecided(facts, decision);
    if (decision.outcome === 'allowed') return decision;
    const diagnosis = this.observer.preflightRefused(facts, decision);
    if (diagnosis === undefined) return decision;
    return { ...decision, headers: [...decision.headers, 'Cors-Diagnosis', diagnosis] };
  }
}

/** Decides again only where the policy is really another. */
function applyPolicy(facts: RequestFacts, policyIndex: number): void | Promise<void> {
  const { policies, policyIndex: earlier } = facts;
  facts.policyIndex = policyIndex;
  if (earlier === policyIndex || policies[earlier] === policies[policyIndex]) return undefined;
  const decision = decide(facts);
  if (decision instanceof Promise) {
    return decision.then((late) => {
      facts.decision = late;
    });
  }
  facts.decision = decision;
  return undefined;
}

function decide(facts: RequestFacts): CorsDecision | Promise<CorsDecision> {
  const { policies, policyIndex } = facts;
  const prepared = policies[policyIndex] ?? policies[GLOBAL_POLICY];
  if (prepared === undefined) throw new Error('A policy registry without a global policy.');
  return decideResponse(prepared, facts);
}

/** What `rejectDisallowed` throws. Global exception filters shape the response. */
function disallowedOrigin(): ForbiddenException {
  // Without the origin: what a client sends does not come back.
  return new ForbiddenException('The origin of this request is not allowed.');
}
