import { checkShape } from './check-shape.js';
import { isOptionsObject } from './is-options-object.js';
import type { IssueList } from './issue-list.js';
import { issueOf, type BrokenRule } from './issue.js';
import { optionPath } from './option-path.js';
import { ownOption } from './own-option.js';
import type { ResolverLimits } from './resolver-limits.js';
import { ResolverShape } from './resolver-shape.js';
import { unknownOption } from './unknown-option.js';

const SOURCE = 'forRoot().resolver';
const DEFAULTS: ResolverLimits = { ttl: 60_000, max: 10_000, timeout: 1000 };
const AN_OBJECT: BrokenRule = {
  reason: 'resolver-options-wrong-type',
  rule: 'to be an object of limits',
  remedy:
    'Write some of `{ ttl: 60_000, max: 10_000, timeout: 1_000 }`; the class itself is `origin`.',
};

/** Reads `resolver`. What is not written, or not valid, is as by default. */
export function readLimits(written: unknown, issues: IssueList): ResolverLimits {
  if (written === undefined) return DEFAULTS;
  if (!isOptionsObject(written)) {
    issues.add([issueOf(SOURCE, 'resolver', written, AN_OBJECT)]);
    return DEFAULTS;
  }
  const names = Object.keys(DEFAULTS);
  for (const name of Object.keys(written)) {
    if (!names.includes(name)) issues.add([unknownOption(optionPath(SOURCE, name), name, names)]);
  }
  const shape = new ResolverShape();
  shape.ttl = ownOption(written, 'ttl');
  shape.max = ownOption(written, 'max');
  shape.timeout = ownOption(written, 'timeout');
  issues.add(checkShape(SOURCE, shape));
  const read = (value: unknown, byDefault: number) =>
    typeof value === 'number' ? value : byDefault;
  return {
    ttl: read(shape.ttl, DEFAULTS.ttl),
    max: read(shape.max, DEFAULTS.max),
    timeout: read(shape.timeout, DEFAULTS.timeout),
  };
}
