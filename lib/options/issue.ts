import type { CorsConfigIssue } from './cors-config-issue.js';
import type { CorsConfigReason } from './cors-config-reason.js';
import { printType, printValue, storeValue } from './print-value.js';

/** What a broken rule says about itself. */
export interface BrokenRule {
  readonly reason: CorsConfigReason;
  /** Continues "Expected `option` …": the rule. */
  readonly rule: string;
  /** Sentences that say what to write instead, and why where that is not plain. */
  readonly remedy: string;
}

/**
 * Builds the issue for a value that breaks a rule by itself.
 *
 * @param name what the sentence calls it: the option, without the place that `path` has
 */
export function issueOf(
  path: string,
  name: string,
  value: unknown,
  { reason, rule, remedy }: BrokenRule,
): CorsConfigIssue {
  const type = printType(value);
  const printed = printValue(value);
  const got = printed === type ? `\`${printed}\`` : `\`${printed}\` (${type})`;
  const message = `Expected \`${name}\` ${rule}, got ${got}. ${remedy}`;
  return { path, value: storeValue(value), reason, message };
}
