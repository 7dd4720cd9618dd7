import type { Failure } from './failure.js';
import type { FetchRequest } from './request/fetch-request.js';
import type { Stage } from './stage.js';

/** The end of a request that did not get through. */
export interface Blocked {
  readonly failure: Failure;
  readonly at: Stage;
  /** The request as it was at that moment. */
  readonly request: FetchRequest;
  /** Of the response that was checked; null when there was none. */
  readonly status: number | null;
}
