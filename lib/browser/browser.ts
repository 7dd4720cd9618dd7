import type { Dialect } from './dialect.js';
import type { Send } from './http-exchange.js';
import type { Journal } from './journal.js';
import type { PreflightCache } from './preflight/preflight-cache.js';

/** What a request needs of the browser it runs in. */
export interface Browser {
  readonly dialect: Dialect;
  readonly send: Send;
  readonly cache: PreflightCache | undefined;
  readonly journal: Journal;
}
