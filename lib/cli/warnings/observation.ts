import type { ReceivedResponse, SentRequest } from '../../browser/http-exchange.js';

/** One question to the server and its answer: of the simulation, or of a probe. */
export interface Observation {
  /**
   * - `preflight` and `request`: as in the simulation, perhaps from another origin.
   * - `missing`: a request for a path that should not exist.
   */
  readonly kind: 'preflight' | 'request' | 'missing';
  /** Who asks: the page, an origin that nobody has heard of, `null`, or a request without one. */
  readonly from: 'page' | 'stranger' | 'null' | 'nobody';
  readonly request: SentRequest;
  readonly response: ReceivedResponse;
}
