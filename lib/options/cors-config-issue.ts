import type { CorsConfigReason } from './cors-config-reason.js';

/** One reason for which a configuration is refused. */
export interface CorsConfigIssue {
  /** Which option, where: `forRoot().origin[2]`, `@Cors() on OrdersController.update: maxAge`. */
  readonly path: string;
  /**
   * What is written there, with passwords in origins blanked out; objects and functions in a few
   * words, so that nothing private gets into a log. For an unknown option, its name.
   */
  readonly value: unknown;
  /** The rule that is broken. */
  readonly reason: CorsConfigReason;
  /** The value, the rule and the remedy, as a sentence or two. */
  readonly message: string;
}
