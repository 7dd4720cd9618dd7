import type { CorsDecision } from '../policy/cors-decision.js';
import type { CorsRequest } from '../policy/cors-request.js';
import { decidePreflight } from '../policy/decide-preflight.js';
import { decideResponse } from '../policy/decide-response.js';
import type { PreflightDecision } from '../policy/preflight-decision.js';
import { GLOBAL_POLICY, type PolicyRegistry } from '../routing/policy-registry.js';
import type { RouteTable } from '../routing/route-table.js';
import type { GateObserver } from './gate-observer.js';
import type { PreflightMessage } from './preflight-message.js';
import type { RequestReader } from './request-reader.js';
import { RESPONSE_STATE, type StatefulResponse } from './response-state.js';

/**
 * What both platforms do with a request: decide when it comes, decide again when its handler is
 * known. Each step returns a promise only where a user's origin function takes its time.
 */
export class CorsGate {
  /** How many requests were answered by another policy than was estimated before routing. */
  corrections = 0;

  constructor(
    readonly policies: PolicyRegistry,
    readonly routes: RouteTable,
    /** Told when another layer had written `Access-Control-Allow-Origin` on a response. */
    private readonly onForeign: () => void,
    /** Absent where nobody wants to know. */
    private readonly observer?: GateObserver,
  ) {}

  /** The answer to a CORS-preflight request. */
  preflight(message: PreflightMessage): PreflightDecision | Promise<PreflightDecision> {
    const decision = this.askPreflight(message);
    if (this.observer === undefined) return decision;
    return decision instanceof Promise
      ? decision.then((late) => this.observe(message, late))
      : this.observe(message, decision);
  }

  /** The same, without anybody being told. */
  askPreflight(message: PreflightMessage): PreflightDecision | Promise<PreflightDecision> {
    const { origin, method, headers, target, source, reader } = message;
    const request = () => reader.describe(source, method);
    const hostname = () => request().hostname;
    const asked = this.routes.preflightTarget(method, target, hostname, this.policies.current);
    return decidePreflight(asked, { origin, method, headers, request });
  }

  /** What a response to a request would say, were it sent now. */
  respond(request: CorsRequest): CorsDecision | Promise<CorsDecision> {
    const { method, url, hostname, origin } = request;
    const [entry] = this.routes.candidates(method, url, () => hostname);
    const policyIndex = entry?.policyIndex ?? GLOBAL_POLICY;
    return this.decide(this.policies.current, policyIndex, origin, () => request);
  }

  /** Decides before routing: an estimate, for the answers that no handler gives. */
  begin(
    response: StatefulResponse,
    policyIndex: number,
    origin: string | undefined,
    source: unknown,
    reader: RequestReader,
  ): void | Promise<void> {
    const policies = this.policies.current;
    const decision = this.decide(policies, policyIndex, origin, () => reader.describe(source));
    const keep = (settled: CorsDecision) => {
      const { onForeign, observer } = this;
      response[RESPONSE_STATE] = {
        policies,
        origin,
        source,
        reader,
        onForeign,
        observer,
        estimate: policies[policyIndex],
        policyIndex,
        decision: settled,
      };
    };
    return decision instanceof Promise ? decision.then(keep) : keep(decision);
  }

  /** The handler that runs has the last word: its policy replaces the estimate. */
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
    return this.settle(response, GLOBAL_POLICY);
  }

  private observe(message: PreflightMessage, decision: PreflightDecision): PreflightDecision {
    if (decision.outcome === 'allowed') return decision;
    const diagnosis = this.observer?.preflightRefused(message, decision);
    if (diagnosis === undefined) return decision;
    return { ...decision, headers: [...decision.headers, 'Cors-Diagnosis', diagnosis] };
  }

  private decide(
    policies: PolicyRegistry['current'],
    policyIndex: number,
    origin: string | undefined,
    request: () => CorsRequest,
  ): CorsDecision | Promise<CorsDecision> {
    const prepared = policies[policyIndex] ?? policies[GLOBAL_POLICY];
    if (prepared === undefined) throw new Error('A policy registry without a global policy.');
    return decideResponse(prepared, origin, request);
  }
}
