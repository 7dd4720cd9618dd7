import type { BrowserName } from '../browser/index.js';
import type { CheckRequest } from '../diagnosis/check.js';
import type { ServerName } from '../diagnosis/servers/servers.js';

/** The arguments of `check`. */
export interface CheckArguments extends CheckRequest {
  /** Milliseconds to wait for the head of each response. */
  readonly timeout: number;
  readonly insecure: boolean;
}

/** The options of `check` as `commander` gives them. */
export interface CheckOptions {
  readonly origin?: string;
  readonly method?: string;
  readonly header: readonly string[];
  readonly credentials?: boolean;
  readonly browser?: BrowserName;
  readonly for: ServerName;
  readonly json?: boolean;
  readonly timeout: string;
  readonly insecure?: boolean;
  readonly fromMessage?: string;
}

/** The command line is incomplete or invalid; the message says what to write. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
