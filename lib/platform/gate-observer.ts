import type { CorsDecision } from '../policy/cors-decision.js';
import type { PreflightDecision } from '../policy/preflight-decision.js';
import type { PreflightMessage } from './preflight-message.js';
import type { RequestReader } from './request-reader.js';

/** A response as far as its refusal is told of. */
export interface DecidedResponse {
  readonly origin: string | undefined;
  /** The platform's request, and who reads it. */
  readonly source: unknown;
  readonly reader: RequestReader;
  /** The policy that holds by now. */
  readonly policyIndex: number;
  readonly decision: CorsDecision;
}

/** What diagnostics are told of; each answer is a diagnosis to send along, if any. */
export interface GateObserver {
  /** A CORS-preflight request that a browser will take for a no. */
  preflightRefused(message: PreflightMessage, decision: PreflightDecision): string | undefined;
  /** A response that its page will not be shown. */
  responseRefused(response: DecidedResponse): string | undefined;
}
