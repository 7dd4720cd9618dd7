import type { CorsCheckId } from './cors-check-id.js';

/** What a check found, for messages and fixes. Only what matters to the check is there. */
export interface FailureDetails {
  /** The header value that failed, its lines joined with `, `; empty when there is no header. */
  readonly value?: string;
  /** How many lines the header has. */
  readonly lines?: number;
  /** Whether `Vary: Origin` shows that a CORS layer answered. */
  readonly isDecided?: true;
  /** The status of the response that did not pass. */
  readonly status?: number;
  /** The method that is not allowed. */
  readonly method?: string;
  /** The methods that the server lists. */
  readonly listed?: readonly string[];
  /** The request header that the browser names in its message. */
  readonly header?: string;
  /** All request headers that are not allowed, lower-cased and sorted. */
  readonly names?: readonly string[];
  /** The member of a list that is no token. */
  readonly member?: string;
  /** Where a redirect points, resolved where possible. */
  readonly location?: string;
  /** Why nothing was sent, or what `send` rejected with. */
  readonly reason?: string;
}

/** A check that did not pass. */
export interface Failure {
  readonly check: CorsCheckId;
  readonly details: FailureDetails;
}
