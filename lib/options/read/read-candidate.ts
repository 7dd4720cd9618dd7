import { APPLICATION_OPTION_TABLE } from '../application-option-table.js';
import type { DeclaredOptions } from '../declared-options.js';
import { type IssueList, issuesAt } from '../refusal/cors-config-error.js';
import { optionPath } from '../refusal/print-value.js';
import { ownOption } from './checks.js';
import type { OptionsReader } from './read-policy-options.js';
import { isPlainObject, type Written } from './snapshot.js';

/**
 * The options of `reportOnly` that are written at one place, if there are any.
 *
 * @param declaredAt where it is written: `forRoot()`, `@Cors() on OrdersController.update`
 */
export function readCandidate(
  declaredAt: string,
  precedence: number,
  written: Written,
  reader: OptionsReader,
  issues: IssueList,
): DeclaredOptions | undefined {
  const value = ownOption(written, 'reportOnly');
  if (value === undefined) return undefined;
  const { check } = APPLICATION_OPTION_TABLE.reportOnly;
  issues.add(issuesAt(declaredAt, check(value, 'reportOnly')));
  if (!isPlainObject(value)) return undefined;
  const place = optionPath(declaredAt, 'reportOnly');
  return reader.read({ declaredAt: place, kind: 'candidate', precedence }, value);
}
