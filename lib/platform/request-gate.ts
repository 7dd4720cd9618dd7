import { ForbiddenException } from '@nestjs/common';
import { decidePreflight, type PreflightDecision } from '../policy/decide-preflight.js';
import { type CorsDecision, decideResponse } from '../policy/decide-response.js';
import type { CorsRequest } from '../policy/policy.js';
import type { PolicyGeneration, PolicyRegistry } from '../routing/policy-registry.js';
import { GLOBAL_POLICY, type RouteEntry } from '../routing/route-entry.js';
import type { RouteTable } from '../routing/route-table.js';
import { type GateObserver, RESPONSE_STATE, type StatefulResponse } from './gate-observer.js';
import type { PreflightMessage, RequestReader } from './preflight-message.js';

/**
 * What both platforms do with a request: decide when it comes, decide again when its handler is
 * known. Each step returns a promise only where a user's origin function or class takes its time.
 */
export class CorsGate {
  /** How many requests another policy answered than the one estimated before routing. */
  corrections = 0;

  constructor(
    readonly policies: PolicyRegistry,
    readonly routes: RouteTable,
    /** Told when another layer had written `Access-Control-Allow-Origin` on a response. */
    private readonly onForeign: () => void,
    private readonly observer: GateObserver,
  ) {}

  /** The answer to a CORS-preflight request; undefined where `paths` leaves it to others. */
  preflight(message: PreflightMessage): PreflightDecision | undefined | Promise<PreflightDecision> {
    if (this.isUntouched(message)) return undefined;
    const decision = this.askPreflight(message);
    if (!this.observer.isActive) return decision;
    return decision instanceof Promise
      ? decision.then((late) => this.observe(message, late))
      : this.observe(message, decision);
  }

  /** The same of these policies, without anybody being told. */
  askPreflight(
    message: PreflightMessage,
    policies = this.policies.current,
  ): PreflightDecision | Promise<PreflightDecision> {
    const { origin, method, headers, target, source, reader } = message;
    const request = () => reader.describe(source, method);
    const hostname = () => request().hostname;
    const unserved = this.policies.paths.indexOf(target);
    const asked = this.routes.preflightTarget(method, target, hostname, policies, unserved);
    return decidePreflight(asked, { origin, method, headers, request });
  }

  /** What a response to a request would say, were it sent now. */
  respond(request: CorsRequest): CorsDecision | Promise<CorsDecision> {
    const { method, url, hostname, origin } = request;
    const [entry] = this.routes.candidates(method, url, () => hostname);
    return this.decide(
      this.policies.current,
      this.policies.indexFor(entry, url),
      origin,
      () => request,
    );
  }

  /**
   * Decides before routing: an estimate, for the answers that no handler gives.
   *
   * @param entry the route that will probably serve the request
   */
  begin(
    response: StatefulResponse,
    entry: RouteEntry | undefined,
    target: string,
    origin: string | undefined,
    source: unknown,
    reader: RequestReader,
  ): void | Promise<void> {
    const policies = this.policies.current;
    const policyIndex = this.policies.indexFor(entry, target);
    const decision = this.decide(policies, policyIndex, origin, () => reader.describe(source));
    const keep = (settled: CorsDecision) => {
      const { onForeign, observer } = this;
      response[RESPONSE_STATE] = {
        policies,
        origin,
        target,
        source,
        reader,
        onForeign,
        observer,
        estimate: policies[policyIndex],
        entry,
        policyIndex,
        decision: settled,
      };
    };
    return decision instanceof Promise ? decision.then(keep) : keep(decision);
  }

  /** The route that runs has the last word: its policy replaces the estimate. */
  serve(response: StatefulResponse, entry: RouteEntry | undefined): void | Promise<void> {
    const state = response[RESPONSE_STATE];
    if (state === undefined) return undefined;
    state.entry = entry;
    return this.settle(response, this.policies.indexFor(entry, state.target));
  }

  /** The same for a handler that is known by its policy alone. */
  settle(response: StatefulResponse, policyIndex: number): void | Promise<void> {
    const state = response[RESPONSE_STATE];
    if (state === undefined || state.policyIndex === policyIndex) return undefined;
    const { policies } = state;
    if (policies[state.policyIndex] === policies[policyIndex]) {
      state.policyIndex = policyIndex;
      return undefined;
    }
    // A request may pass through several handlers and come back to what was estimated.
    if (policies[state.policyIndex] === state.estimate) this.corrections += 1;
    if (policies[policyIndex] === state.estimate) this.corrections -= 1;
    const { source, reader } = state;
    const decision = this.decide(policies, policyIndex, state.origin, () =>
      reader.describe(source),
    );
    state.policyIndex = policyIndex;
    if (!(decision instanceof Promise)) {
      state.decision = decision;
      return undefined;
    }
    return decision.then((late) => {
      state.decision = late;
    });
  }

  /** The handler passed the request on: until the next one runs, nothing serves it. */
  release(response: StatefulResponse): void | Promise<void> {
    return this.serve(response, undefined);
  }

  /** What to refuse a request with instead of serving it, where `rejectDisallowed` says so. */
  refusalOf(response: StatefulResponse): Error | undefined {
    if (!this.policies.rejectsDisallowed) return undefined;
    const state = response[RESPONSE_STATE];
    if (state === undefined) return undefined;
    const { entry, reader, source, decision } = state;
    const { outcome } = decision;
    if (outcome !== 'origin-not-allowed' && outcome !== 'malformed-origin') return undefined;
    // Bound to another host, it will pass the request on.
    if (entry?.servesHost?.(reader.describe(source).hostname) === false) return undefined;
    return reader.isSameOrigin(source) ? undefined : disallowedOrigin();
  }

  /** The same before routing, where no controller will serve the request. */
  refusalOfUnserved(response: StatefulResponse): Error | undefined {
    return isServed(response[RESPONSE_STATE]?.entry) ? undefined : this.refusalOf(response);
  }

  /** Whether `paths` has `false` there, and no controller serves the requested method. */
  private isUntouched({ method, target, source, reader }: PreflightMessage): boolean {
    const { paths, current } = this.policies;
    const index = paths.indexOf(target);
    if (index === GLOBAL_POLICY || current[index]?.policy !== false) return false;
    const hostname = () => reader.describe(source).hostname;
    return !this.routes.candidates(method, target, hostname).some(isServed);
  }

  private observe(message: PreflightMessage, decision: PreflightDecision): PreflightDecision {
    this.observer.preflightDecided(message, decision);
    if (decision.outcome === 'allowed') return decision;
    const diagnosis = this.observer.preflightRefused(message, decision);
    if (diagnosis === undefined) return decision;
    return { ...decision, headers: [...decision.headers, 'Cors-Diagnosis', diagnosis] };
  }

  private decide(
    policies: PolicyGeneration,
    policyIndex: number,
    origin: string | undefined,
    request: () => CorsRequest,
  ): CorsDecision | Promise<CorsDecision> {
    const prepared = policies[policyIndex] ?? policies[GLOBAL_POLICY];
    if (prepared === undefined) throw new Error('A policy registry without a global policy.');
    return decideResponse(prepared, origin, request);
  }
}

/** Whether a controller serves it: a route that none declares gets what `paths` says. */
function isServed(entry: RouteEntry | undefined): boolean {
  return entry !== undefined && entry.handler !== null;
}

/** What `rejectDisallowed` throws. Global exception filters shape the answer. */
function disallowedOrigin(): ForbiddenException {
  // Without the origin: what a client sends does not come back.
  return new ForbiddenException('The origin of this request is not allowed.');
}
