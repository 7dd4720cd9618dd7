import type { CorsConfigIssue } from './cors-config-issue.js';
import { issueOf } from './issue.js';
import { optionPath } from './option-path.js';
import { ORIGIN_ADVICE } from './origin-advice.js';
import { printValue } from './print-value.js';
import { suggestOrigin } from './suggest-origin.js';
import type { WrittenOrigins } from './written-origins.js';

/** The issues of the value of `origin` by itself. */
export function checkOrigin(source: string, { faults }: WrittenOrigins): CorsConfigIssue[] {
  return faults.map(({ option, value, fault }) => {
    const { rule, remedy } = ORIGIN_ADVICE[fault];
    // `null` and `undefined` would make host names.
    const isName = fault === 'origin-null' || fault === 'origin-undefined';
    const suggestion = typeof value === 'string' && !isName ? suggestOrigin(value) : undefined;
    const advice =
      suggestion === undefined ? remedy : `Write \`${printValue(suggestion)}\`. ${remedy}`;
    const brokenRule = { reason: fault, rule, remedy: advice };
    return issueOf(optionPath(source, option), option, value, brokenRule);
  });
}
