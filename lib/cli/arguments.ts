import type { HeaderLines } from '../browser/http/http-exchange.js';
import type { Dialect } from '../browser/simulation.js';
import type { StackName } from './stacks/stacks.js';

/** What `check` is asked to do. */
export interface CheckArguments {
  readonly url: string;
  /** The serialised origin of the page. */
  readonly origin: string;
  readonly method: string;
  readonly headers: HeaderLines;
  readonly credentials: boolean;
  readonly browser: Dialect;
  /** The kind of server that changes are written for. */
  readonly stack: StackName;
  /** Whether to ask with a CORS-preflight request although nothing known needs one. */
  readonly forcePreflight: boolean;
  /** Milliseconds for the head of each answer. */
  readonly timeout: number;
  readonly insecure: boolean;
}

/** The options of `check` as `commander` gives them. */
export interface CheckOptions {
  readonly origin?: string;
  readonly method?: string;
  readonly header: readonly string[];
  readonly credentials?: boolean;
  readonly browser?: Dialect;
  readonly for: StackName;
  readonly json?: boolean;
  readonly timeout: string;
  readonly insecure?: boolean;
  readonly fromMessage?: string;
}

/** The command was not given what it needs; the message says what to write. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
