import type { PreflightDecision } from '../policy/preflight-decision.js';
import type { PreflightMessage } from './cors-gate.js';
import type { ResponseState } from './response-state.js';

/** What diagnostics are told of; each answer is a diagnosis to send along, if any. */
export interface GateObserver {
  /** A CORS-preflight request that a browser will take for a no. */
  preflightRefused(message: PreflightMessage, decision: PreflightDecision): string | undefined;
  /** A response that its page will not be shown. */
  responseRefused(state: ResponseState): string | undefined;
}
