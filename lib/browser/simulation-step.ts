import type { CorsCheckId } from './cors-check-id.js';
import type { ReceivedResponse, SentRequest } from './http-exchange.js';

/** One thing the browser did, in order. */
export interface SimulationStep {
  /** `cached-preflight`: the request needed one, but an earlier answer still holds. */
  readonly kind: 'preflight' | 'cached-preflight' | 'request';
  /** Why the browser did it, as one sentence. */
  readonly why: string;
  /** What was sent, or would have been. */
  readonly request: SentRequest;
  /** Null when nothing came back, or nothing was sent. */
  readonly response: ReceivedResponse | null;
  /** The check that this response did not pass. */
  readonly failedCheck: CorsCheckId | null;
}
