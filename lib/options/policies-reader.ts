import { isOptionsObject } from './is-options-object.js';
import type { IssueList } from './issue-list.js';
import { issueOf, type BrokenRule } from './issue.js';
import { optionPath } from './option-path.js';
import type { OptionsReader } from './options-reader.js';
import type { SourcedOptions } from './sourced-options.js';

const AN_OBJECT_BY_NAME: BrokenRule = {
  reason: 'policies-wrong-type',
  rule: 'to be an object of options by name',
  remedy: "Write `policies: { public: { origin: '*', credentials: false } }`.",
};
const AN_OBJECT: BrokenRule = {
  reason: 'policy-wrong-type',
  rule: 'to be an object of options',
  remedy:
    "Write `{ origin: 'https://app.example.com' }`; to switch CORS off, write `@Cors(false)` where none is wanted.",
};

/** Reads the named policies, each as written, without the global policy. */
export function readPolicies(
  written: unknown,
  reader: OptionsReader,
  issues: IssueList,
): ReadonlyMap<string, SourcedOptions> {
  const policies = new Map<string, SourcedOptions>();
  if (written === undefined) return policies;
  if (!isOptionsObject(written)) {
    issues.add([issueOf('forRoot().policies', 'policies', written, AN_OBJECT_BY_NAME)]);
    return policies;
  }
  for (const [name, policy] of Object.entries(written)) {
    const source = optionPath('forRoot().policies', name);
    const isObject = isOptionsObject(policy);
    if (!isObject) issues.add([issueOf(source, optionPath('policies', name), policy, AN_OBJECT)]);
    // Whoever uses its name makes no second mistake, so it is known all the same.
    policies.set(
      name,
      reader.read({ source, kind: 'policy', nearness: 1 }, isObject ? policy : {}),
    );
  }
  return policies;
}
