import { checkShape } from './check-shape.js';
import { isOptionsObject } from './is-options-object.js';
import type { IssueList } from './issue-list.js';
import { issueOf, type BrokenRule } from './issue.js';
import { readLimits } from './limits-reader.js';
import { OptionsReader } from './options-reader.js';
import { ORIGIN_ADVICE } from './origin-advice.js';
import type { OriginAskers } from './origin-askers.js';
import { OriginReader } from './origin-reader.js';
import { ownOption } from './own-option.js';
import { readPolicies } from './policies-reader.js';
import type { ResolverLimits } from './resolver-limits.js';
import type { SourcedOptions } from './sourced-options.js';
import { SwitchesShape } from './switches-shape.js';

const SOURCE = 'forRoot()';
const AN_OBJECT: BrokenRule = {
  reason: 'options-wrong-type',
  rule: 'to be given an object of options',
  remedy: "Write at least the origins of your pages: `{ origin: 'https://app.example.com' }`.",
};
const NO_DELEGATOR: BrokenRule = {
  reason: 'options-delegator',
  rule: 'to be given an object of options',
  remedy:
    'To decide per request, write a function as `origin`; to differ per route, write `@Cors()` there.',
};

/** The options of `forRoot()`, read, and the means to read more. */
export interface RootOptions {
  readonly global: SourcedOptions;
  /** What each named policy writes, without the global policy. */
  readonly policies: ReadonlyMap<string, SourcedOptions>;
  readonly limits: ResolverLimits;
  /** As written. */
  readonly paths: unknown;
  readonly reportOnly: unknown;
  readonly rejectDisallowed: boolean;
  readonly allowInsecureOrigins: boolean;
  readonly origins: OriginReader;
  readonly reader: OptionsReader;
}

/** Reads the options of `forRoot()`. Without an object there is nothing to go on with. */
export function readRoot(
  options: unknown,
  askers: Pick<OriginAskers, 'faultOf'>,
  issues: IssueList,
): RootOptions | undefined {
  if (!isOptionsObject(options)) {
    const rule = typeof options === 'function' ? NO_DELEGATOR : AN_OBJECT;
    issues.add([issueOf(SOURCE, SOURCE, options, rule)]);
    return undefined;
  }
  const switches = new SwitchesShape();
  switches.diagnostics = ownOption(options, 'diagnostics');
  switches.rejectDisallowed = ownOption(options, 'rejectDisallowed');
  switches.dangerouslyAllowInsecureOrigins = ownOption(options, 'dangerouslyAllowInsecureOrigins');
  switches.dangerouslyAllowPublicSuffixes = ownOption(options, 'dangerouslyAllowPublicSuffixes');
  issues.add(checkShape(SOURCE, switches));
  // A switch that is no boolean counts as off.
  const origins = new OriginReader({
    allowPublicSuffixes: switches.dangerouslyAllowPublicSuffixes === true,
    faultOf: (resolver) => askers.faultOf(resolver),
  });
  const reader = new OptionsReader(origins, issues);
  const global = reader.read({ source: SOURCE, kind: 'root', nearness: 0 }, options);
  if (global.origin === undefined) {
    const rule: BrokenRule = { reason: 'origin-missing', ...ORIGIN_ADVICE['origin-missing'] };
    issues.add([issueOf('forRoot().origin', 'origin', undefined, rule)]);
  }
  return {
    global,
    policies: readPolicies(ownOption(options, 'policies'), reader, issues),
    limits: readLimits(ownOption(options, 'resolver'), issues),
    paths: ownOption(options, 'paths'),
    reportOnly: ownOption(options, 'reportOnly'),
    rejectDisallowed: switches.rejectDisallowed === true,
    allowInsecureOrigins: switches.dangerouslyAllowInsecureOrigins === true,
    origins,
    reader,
  };
}
