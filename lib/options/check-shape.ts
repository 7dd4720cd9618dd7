import { validateSync } from 'class-validator';
import type { CorsConfigIssue } from './cors-config-issue.js';
import { issueOf, type BrokenRule } from './issue.js';
import { optionPath } from './option-path.js';

/** Checks the fields of a shape with class-validator. A field that is undefined is not written. */
export function checkShape(source: string, shape: object): CorsConfigIssue[] {
  return validateSync(shape, { skipUndefinedProperties: true }).flatMap((error) => {
    const { property, contexts } = error;
    const value: unknown = error.value;
    const rules: Readonly<Record<string, BrokenRule>> = contexts ?? {};
    return Object.values(rules).map((rule) =>
      issueOf(optionPath(source, property), property, value, rule),
    );
  });
}
