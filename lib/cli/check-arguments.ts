import type { Dialect } from '../browser/dialect.js';
import type { HeaderLines } from '../browser/http-exchange.js';
import type { StackName } from './stacks/stack-name.js';

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
