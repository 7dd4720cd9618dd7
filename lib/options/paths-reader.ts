import { policyPath } from '../policy/policy-path.js';
import { isOptionsObject } from './is-options-object.js';
import type { IssueList } from './issue-list.js';
import { issueOf, type BrokenRule } from './issue.js';
import { optionPath } from './option-path.js';
import type { OverrideReader } from './override-reader.js';
import { printValue } from './print-value.js';
import type { SourcedOptions } from './sourced-options.js';

const AN_OBJECT_BY_PATH: BrokenRule = {
  reason: 'paths-wrong-type',
  rule: 'to be an object of policies by path',
  remedy:
    "Write `paths: { '/graphql': 'public', '/files/*': { origin: '*', credentials: false } }`.",
};
const A_PATH: BrokenRule = {
  reason: 'path-invalid',
  rule: 'to have full paths as keys',
  remedy:
    'A key is an exact path, `/graphql`, or everything below one, `/files/*`: the same on Express and Fastify, without parameters, query or other wildcards. Routes of controllers take `@Cors()`.',
};
const A_POLICY: BrokenRule = {
  reason: 'path-policy-wrong-type',
  rule: 'to be options, the name of a policy, or `false`',
  remedy: "Write options, such as `{ origin: '*', credentials: false }`.",
};

/** A key of `paths` with what is written there, without the global policy. */
export interface WrittenPath {
  /** In the one spelling of `policyPath`; everything below ends in `/*`. */
  readonly key: string;
  readonly layer: SourcedOptions | false;
}

/** Reads `paths`. */
export function readPaths(
  written: unknown,
  overrides: OverrideReader,
  issues: IssueList,
): readonly WrittenPath[] {
  if (written === undefined) return [];
  if (!isOptionsObject(written)) {
    issues.add([issueOf('forRoot().paths', 'paths', written, AN_OBJECT_BY_PATH)]);
    return [];
  }
  const paths = new Map<string, WrittenPath & { readonly name: string }>();
  for (const [name, policy] of Object.entries(written)) {
    const source = optionPath('forRoot().paths', name);
    const key = policyPath(name);
    const same = paths.get(key);
    if (!isKey(name)) issues.add([issueOf(source, 'paths', name, A_PATH)]);
    else if (same !== undefined)
      issues.add([issueOf(source, 'paths', name, duplicateOf(same.name))]);
    const isPolicy = policy === false || typeof policy === 'string' || isOptionsObject(policy);
    if (!isPolicy) issues.add([issueOf(source, `paths[${printValue(name)}]`, policy, A_POLICY)]);
    paths.set(key, { key, name, layer: overrides.read(source, 1, isPolicy ? policy : {}) });
  }
  return [...paths.values()];
}

function isKey(name: string): boolean {
  const path = name.endsWith('/*') ? name.slice(0, -1) : name;
  return /^\/[^?#*:{}()[\]\s]*$/.test(path);
}

function duplicateOf(other: string): BrokenRule {
  return {
    reason: 'path-duplicate',
    rule: 'to have each path once',
    remedy: `It is the same as ${printValue(other)}: neither letter case nor slashes at the end or in a row tell keys apart. Remove one.`,
  };
}
