import { isOptionsObject } from './is-options-object.js';
import type { IssueList } from './issue-list.js';
import { issueOf, type BrokenRule } from './issue.js';
import { overlayOptions } from './overlay-options.js';
import type { RootOptions } from './root-reader.js';
import type { SourcedOptions } from './sourced-options.js';

const SOURCE = 'forRoot().reportOnly';
const AN_OBJECT: BrokenRule = {
  reason: 'report-only-wrong-type',
  rule: 'to be an object of options',
  remedy: 'Write what the global policy shall become, such as `{ credentials: false }`.',
};

/** The global policy with the options of `reportOnly`, if there are any. */
export function readReportOnly(root: RootOptions, issues: IssueList): SourcedOptions | undefined {
  const { reportOnly } = root;
  if (reportOnly === undefined) return undefined;
  const isObject = isOptionsObject(reportOnly);
  if (!isObject) issues.add([issueOf(SOURCE, 'reportOnly', reportOnly, AN_OBJECT)]);
  const place = { source: SOURCE, kind: 'policy', nearness: 0 } as const;
  return overlayOptions(root.global, root.reader.read(place, isObject ? reportOnly : {}));
}
