import type { OriginAskers } from '../origin/compile-origin.js';
import { ORIGIN_ADVICE } from '../origin/origin-rules.js';
import { OriginReader } from '../origin/read-origins.js';
import { type BrokenRule, type IssueList, issueOf } from '../refusal/cors-config-error.js';
import { optionPath, printValue } from '../refusal/print-value.js';
import { unknownPolicy } from '../refusal/suggestions.js';
import { overlayOptions, type SourcedOptions } from '../sourced-options.js';
import { checkShape, SwitchesShape } from './policy-shape.js';
import { isOptionsObject, OptionsReader, ownOption } from './read-policy-options.js';
import { readLimits, type ResolverLimits } from './resolver-limits.js';

const ROOT = 'forRoot()';
const ROOT_OBJECT: BrokenRule = {
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
    const rule = typeof options === 'function' ? NO_DELEGATOR : ROOT_OBJECT;
    issues.add([issueOf(ROOT, ROOT, options, rule)]);
    return undefined;
  }
  const switches = new SwitchesShape();
  switches.diagnostics = ownOption(options, 'diagnostics');
  switches.rejectDisallowed = ownOption(options, 'rejectDisallowed');
  switches.dangerouslyAllowInsecureOrigins = ownOption(options, 'dangerouslyAllowInsecureOrigins');
  switches.dangerouslyAllowPublicSuffixes = ownOption(options, 'dangerouslyAllowPublicSuffixes');
  issues.add(checkShape(ROOT, switches));
  // A switch that is no boolean counts as off.
  const origins = new OriginReader({
    allowPublicSuffixes: switches.dangerouslyAllowPublicSuffixes === true,
    faultOf: (resolver) => askers.faultOf(resolver),
  });
  const reader = new OptionsReader(origins, issues);
  const global = reader.read({ source: ROOT, kind: 'root', nearness: 0 }, options);
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

const POLICIES_OBJECT: BrokenRule = {
  reason: 'policies-wrong-type',
  rule: 'to be an object of options by name',
  remedy: "Write `policies: { public: { origin: '*', credentials: false } }`.",
};
const POLICY_OBJECT: BrokenRule = {
  reason: 'policy-wrong-type',
  rule: 'to be an object of options',
  remedy:
    "Write `{ origin: 'https://app.example.com' }`; to switch CORS off, write `@Cors(false)` where none is wanted.",
};

/** Reads the named policies, each as written, without the global policy. */
function readPolicies(
  written: unknown,
  reader: OptionsReader,
  issues: IssueList,
): ReadonlyMap<string, SourcedOptions> {
  const policies = new Map<string, SourcedOptions>();
  if (written === undefined) return policies;
  if (!isOptionsObject(written)) {
    issues.add([issueOf('forRoot().policies', 'policies', written, POLICIES_OBJECT)]);
    return policies;
  }
  for (const [name, policy] of Object.entries(written)) {
    const source = optionPath('forRoot().policies', name);
    const isObject = isOptionsObject(policy);
    if (!isObject)
      issues.add([issueOf(source, optionPath('policies', name), policy, POLICY_OBJECT)]);
    // Whoever uses its name makes no second mistake, so it is known all the same.
    policies.set(
      name,
      reader.read({ source, kind: 'policy', nearness: 1 }, isObject ? policy : {}),
    );
  }
  return policies;
}

const REPORT_ONLY = 'forRoot().reportOnly';
const REPORT_ONLY_OBJECT: BrokenRule = {
  reason: 'report-only-wrong-type',
  rule: 'to be an object of options',
  remedy: 'Write what the global policy shall become, such as `{ credentials: false }`.',
};

/** The global policy with the options of `reportOnly`, if there are any. */
export function readReportOnly(root: RootOptions, issues: IssueList): SourcedOptions | undefined {
  const { reportOnly } = root;
  if (reportOnly === undefined) return undefined;
  const isObject = isOptionsObject(reportOnly);
  if (!isObject) issues.add([issueOf(REPORT_ONLY, 'reportOnly', reportOnly, REPORT_ONLY_OBJECT)]);
  const place = { source: REPORT_ONLY, kind: 'policy', nearness: 0 } as const;
  return overlayOptions(root.global, root.reader.read(place, isObject ? reportOnly : {}));
}

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

type Written = Readonly<Record<string, unknown>>;

/** What `CorsService.update()` was given since the boot: of several for one policy, the options of all. */
export interface WrittenUpdates {
  readonly global: Written;
  readonly policies: ReadonlyMap<string, Written>;
}
