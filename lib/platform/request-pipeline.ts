import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  decidePreflight,
  type PreflightDecision,
  undecidedPreflight,
} from '../policy/decide-preflight.js';
import {
  type CorsDecision,
  decideAtOnce,
  decideResponse,
  type ResponseDecisions,
  UNDECIDED,
} from '../policy/decide-response.js';
import { isLeftToOthers, locatePreflight } from '../routing/locate-preflight.js';
import type { PolicyGeneration, PolicyRegistry } from '../routing/policy-registry.js';
import { GLOBAL_POLICY, type RouteEntry } from '../routing/route-entry.js';
import type { RouteTable } from '../routing/route-table.js';
import { KeptPreflights } from './kept-preflights.js';
import { refusalAhead, refusalOf } from './refuse-disallowed.js';
import {
  type CrossOriginFacts,
  type DecisionObserver,
  factsOf,
  hasOrigin,
  keepFacts,
  NOT_LOCATED,
  REQUEST_FACTS,
  type RequestFacts,
  type TrackedResponse,
} from './request-facts.js';
import { type HeadWriter, holdWriteHead } from './write-head.js';

/**
 * What every platform does with a request. Where decisions need no time, they are made as the head of
 * the response is written, with what is known by then. Otherwise: decide when it arrives, decide again
 * when its handler is known. Each step returns a promise only where a user's origin function or class takes its time.
 *
 * No step throws or rejects, whatever the code throws that it calls (a trust-proxy function, a
 * request's getters): the request then counts as not allowed, and goes on.
 */
export class RequestPipeline {
  private readonly kept: KeptPreflights;
  /** The policies that `decidesLate` is about. */
  private generation: PolicyGeneration | undefined;
  private decidesLate = false;
  /**
   * Is given each request before anything else sees it, to respond without CORS: true. In most
   * applications there is nobody.
   */
  ahead: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;

  constructor(
    readonly policies: PolicyRegistry,
    readonly routes: RouteTable,
    readonly observer: DecisionObserver,
  ) {
    this.kept = new KeptPreflights(routes);
  }

  /**
   * The answer to a preflight; undefined where it is left to the application. While a decision is
   * pending, whoever else answers sends `Vary: Origin` and grants nothing.
   */
  onPreflight(
    response: HeadWriter,
    facts: RequestFacts,
  ): PreflightDecision | undefined | Promise<PreflightDecision> {
    if (!hasOrigin(facts)) return undefined;
    try {
      // Whoever observes permissions as well is told of the route, which only a look-up finds.
      const keeps = !this.observer.seesPermissions;
      const kept = keeps ? this.kept.find(facts, this.policies.current) : undefined;
      if (kept !== undefined) return kept;
      const target = this.locatePreflight(facts);
      if (isLeftToOthers(target, this.policies)) return undefined;
      const decision = decidePreflight(target, facts);
      if (!(decision instanceof Promise)) {
        if (keeps) this.kept.keep(facts, decision);
        return this.observe(facts, decision);
      }
      this.hold(response, facts);
      return decision.then(
        (late) => (response.headersSent ? late : this.observe(facts, late)),
        (error: unknown) => this.failPreflight(error),
      );
    } catch (error) {
      return this.failPreflight(error);
    }
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

  /** From now on the response is written with what `facts` say, whoever sends it. */
  hold(response: HeadWriter, facts: RequestFacts): void {
    keepFacts(response, facts);
    holdWriteHead(response);
  }

  /**
   * A request has arrived: a provisional decision, for the responses that no handler gives. Where the
   * decision can wait until the head is written, nothing is looked up before.
   *
   * @param preflight the facts of the same request as a preflight that is left to the application: where
   * the handler that it asks about passes CORS through, whoever responds does so too
   */
  onRequest(
    response: HeadWriter,
    facts: RequestFacts,
    preflight?: RequestFacts,
  ): void | Promise<void> {
    const { current } = this.policies;
    facts.decider = this;
    facts.policies = current;
    this.hold(response, facts);
    if (current !== this.generation) this.readGeneration(current);
    if (this.decidesLate && preflight === undefined) {
      facts.policyIndex = NOT_LOCATED;
      facts.decision = undefined;
      return undefined;
    }
    try {
      facts.route = facts.expectedRoute(this.routes);
      facts.isSettled =
        preflight !== undefined && facts.policies[preflight.policyIndex]?.passesThrough === true;
      facts.policyIndex =
        preflight !== undefined && facts.isSettled
          ? preflight.policyIndex
          : this.policies.indexFor(facts.route, facts.target);
      return this.settle(facts, decide(facts));
    } catch (error) {
      return this.fail(facts, error);
    }
  }

  /** The decision that could wait until the head is written. */
  decideNow(facts: RequestFacts): CorsDecision {
    try {
      if (facts.policyIndex === NOT_LOCATED) {
        facts.route = facts.expectedRoute(this.routes);
        facts.policyIndex = this.policies.indexFor(facts.route, facts.target, facts.policies);
      }
      return (facts.decision = decideAtOnce(preparedFor(facts), facts.origin));
    } catch (error) {
      if (facts.policyIndex === NOT_LOCATED) facts.policyIndex = GLOBAL_POLICY;
      this.fail(facts, error);
      return UNDECIDED;
    }
  }

  /** The router has chosen a route: its policy replaces the provisional one. */
  onRoute(response: TrackedResponse, route: RouteEntry | undefined): void | Promise<void> {
    const facts = this.take(response);
    if (facts === undefined) return undefined;
    try {
      facts.route = route;
      return this.applyPolicy(facts, this.policies.indexFor(route, facts.target, facts.policies));
    } catch (error) {
      return this.fail(facts, error);
    }
  }

  /** The same for a handler that is known by its policy alone. */
  onHandler(response: TrackedResponse, policyIndex: number): void | Promise<void> {
    const facts = this.take(response);
    if (facts === undefined || facts.policyIndex === policyIndex) return undefined;
    try {
      const candidates = this.routes.candidates(facts);
      facts.route = candidates.find((candidate) => candidate.policyIndex === policyIndex);
      return this.applyPolicy(facts, policyIndex);
    } catch (error) {
      return this.fail(facts, error);
    }
  }

  /** The handler passed the request on: until the next one runs, nothing serves it. */
  onPassed(response: TrackedResponse): void | Promise<void> {
    return this.onRoute(response, undefined);
  }

  refusalOf(response: TrackedResponse): Error | undefined {
    return refusalOf(this, factsOf(response, this));
  }

  /** Nothing is refused where another application on the instance serves. */
  refusalAhead(response: TrackedResponse, isRouted: boolean): Error | undefined {
    const latest = response[REQUEST_FACTS];
    return latest?.decider === this ? refusalAhead(this, latest, isRouted) : undefined;
  }

  /** What this application knows of a request whose handler runs: from now on the response says that. */
  private take(response: TrackedResponse): RequestFacts | undefined {
    const facts = factsOf(response, this);
    if (facts !== undefined) response[REQUEST_FACTS] = facts;
    return facts;
  }

  private locatePreflight(facts: CrossOriginFacts) {
    const target = locatePreflight(this.routes, this.policies, facts);
    [facts.route] = target.serving;
    facts.policyIndex = target.policyIndex;
    return target;
  }

  private observe(facts: CrossOriginFacts, decision: PreflightDecision): PreflightDecision {
    if (!this.observer.isActive) return decision;
    this.observer.preflightDecided(facts, decision);
    if (decision.outcome === 'allowed') return decision;
    const diagnosis = this.observer.preflightRefused(facts, decision);
    if (diagnosis === undefined) return decision;
    return { ...decision, headers: [...decision.headers, 'Cors-Diagnosis', diagnosis] };
  }

  /** Decides again only where the policy has actually changed. */
  private applyPolicy(facts: RequestFacts, policyIndex: number): void | Promise<void> {
    const { policies, policyIndex: earlier } = facts;
    if (facts.isSettled) return undefined;
    facts.policyIndex = policyIndex;
    if (
      facts.decision === undefined ||
      earlier === policyIndex ||
      policies[earlier] === policies[policyIndex]
    )
      return undefined;
    return this.settle(facts, decide(facts));
  }

  /** Until a decision is there, the response grants nothing. */
  private settle(
    facts: RequestFacts,
    decision: CorsDecision | Promise<CorsDecision>,
  ): void | Promise<void> {
    if (!(decision instanceof Promise)) {
      facts.decision = decision;
      return undefined;
    }
    const { policyIndex } = facts;
    facts.decision = UNDECIDED;
    return decision.then(
      (late) => {
        // Another policy may apply by now.
        if (facts.policyIndex === policyIndex) facts.decision = late;
      },
      (error: unknown) => this.fail(facts, error),
    );
  }

  /**
   * A decision can wait where it needs no time, and nothing but the response depends on it: no user's
   * function or class is asked, and nothing is refused before it is served.
   */
  private readGeneration(policies: PolicyGeneration): void {
    this.generation = policies;
    this.decidesLate =
      !this.policies.rejectsDisallowed &&
      policies.every(({ policy }) => policy === false || policy.origin.kind !== 'dynamic');
  }

  private fail(facts: RequestFacts, error: unknown): undefined {
    facts.decision = UNDECIDED;
    this.observer.servingFailed(error);
    return undefined;
  }

  private failPreflight(error: unknown): PreflightDecision {
    this.observer.servingFailed(error);
    return undecidedPreflight();
  }
}

function decide(facts: RequestFacts): CorsDecision | Promise<CorsDecision> {
  return decideResponse(preparedFor(facts), facts);
}

function preparedFor({ policies, policyIndex }: RequestFacts): ResponseDecisions {
  const prepared = policies[policyIndex] ?? policies[GLOBAL_POLICY];
  if (prepared === undefined) throw new Error('A policy registry without a global policy.');
  return prepared;
}
