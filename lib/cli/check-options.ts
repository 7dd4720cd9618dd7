import type { Dialect } from '../browser/dialect.js';
import type { StackName } from './stacks/stack-name.js';

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
