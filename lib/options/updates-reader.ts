import type { IssueList } from './issue-list.js';
import { overlayOptions } from './overlay-options.js';
import { printValue } from './print-value.js';
import type { RootOptions } from './root-reader.js';
import type { SourcedOptions } from './sourced-options.js';
import { unknownPolicy } from './unknown-policy.js';
import type { WrittenUpdates } from './written-updates.js';

/** Lays what `CorsService.update()` was given over what `forRoot()` was. */
export function readUpdates(
  root: RootOptions,
  { global, policies }: WrittenUpdates,
  issues: IssueList,
): RootOptions {
  const overlay = (source: string, nearness: number, outer: SourcedOptions, written: object) =>
    overlayOptions(outer, root.reader.read({ source, kind: 'policy', nearness }, { ...written }));

  const updated = new Map(root.policies);
  for (const [name, written] of policies) {
    const source = `CorsService.update(${printValue(name)})`;
    const policy = root.policies.get(name);
    if (policy === undefined) issues.add([unknownPolicy(source, name, [...root.policies.keys()])]);
    else updated.set(name, overlay(source, 1, policy, written));
  }
  return {
    ...root,
    global: overlay('CorsService.update()', 0, root.global, global),
    policies: updated,
  };
}
