import type { Simulation } from '../browser/simulation.js';
import type { CheckArguments } from './check-arguments.js';
import type { Conclusion } from './conclusion.js';
import type { Warning } from './warnings/warning.js';

/** What `check` found out, before anybody words it. */
export interface CheckReport {
  readonly asked: CheckArguments;
  readonly simulation: Simulation;
  readonly conclusion: Conclusion;
  /** Why it is not allowed; null when it is. Safe to print. */
  readonly cause: string | null;
  /** What to do about it, in general; null when there is nothing to do. */
  readonly remedy: string | null;
  /** The change for the kind of server that was asked for. */
  readonly code: readonly string[];
  readonly warnings: readonly Warning[];
}
