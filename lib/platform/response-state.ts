import type { CorsDecision } from '../policy/decide-response.js';
import type { PolicyGeneration } from '../routing/policy-registry.js';
import type { RouteEntry } from '../routing/route-entry.js';
import type { DecidedResponse, GateObserver } from './gate-observer.js';

/** Where a response keeps what will be written. A symbol of the registry: one for both builds. */
export const RESPONSE_STATE: unique symbol = Symbol.for('nestjs-cors:response');

/** What one response will say of CORS, from the moment its request comes to `writeHead`. */
export interface ResponseState extends DecidedResponse {
  /** The policies as they were when the request came. */
  readonly policies: PolicyGeneration;
  /** Told when another layer had written `Access-Control-Allow-Origin`. */
  readonly onForeign: () => void;
  readonly observer: GateObserver;
  /** What was expected before routing. */
  readonly estimate: PolicyGeneration[number] | undefined;
  /** The route that serves the request, or probably will. */
  entry: RouteEntry | undefined;
  policyIndex: number;
  decision: CorsDecision;
}

/** A response that carries its state. */
export interface StatefulResponse {
  [RESPONSE_STATE]?: ResponseState;
}
