import type { ReceivedResponse } from './http-exchange.js';
import type { FetchRequest } from './request/fetch-request.js';

/** The end of a request that nothing blocked. */
export interface Fetched {
  readonly request: FetchRequest;
  /** Null for `data:` URLs, which no network serves. */
  readonly response: ReceivedResponse | null;
}
