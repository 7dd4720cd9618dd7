import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { CorsDecision } from '../policy/decide-response.js';
import type { PolicyGeneration } from '../routing/policy-registry.js';
import type { RouteEntry } from '../routing/route-entry.js';
import type { PreflightMessage, RequestReader } from './preflight-message.js';

/** A response as far as its decision is told of. */
export interface DecidedResponse {
  readonly origin: string | undefined;
  /** The request target as routes see it. */
  readonly target: string;
  /** The platform's request, and who reads it. */
  readonly source: unknown;
  readonly reader: RequestReader;
  /** The policy that holds by now. */
  readonly policyIndex: number;
  readonly decision: CorsDecision;
}

/** Who is told of decisions. */
export interface GateObserver {
  /** Whether anybody wants to know: asked for each request, hence cheap. */
  readonly isActive: boolean;
  /** A CORS-preflight request is answered. */
  preflightDecided(message: PreflightMessage, decision: PreflightDecision): void;
  /** The head of a response is written: by then the handler has had its word. */
  responseDecided(response: DecidedResponse): void;
  /**
   * A browser will take the answer to a CORS-preflight request for a no.
   *
   * @returns a diagnosis to send along, if any
   */
  preflightRefused(message: PreflightMessage, decision: PreflightDecision): string | undefined;
  /** A page will not be shown the response. As for `preflightRefused`. */
  responseRefused(response: DecidedResponse): string | undefined;
}

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
