import { readObject, readSwitches, ROOT, type Switches } from '../application-option-table.js';
import { type DeclaredOptions, overlayOptions } from '../declared-options.js';
import { missingOrigin } from '../origin/check-origin.js';
import type { OriginReader } from '../origin/read-origins.js';
import { type BrokenRule, type IssueList, issueOf } from '../refusal/cors-config-error.js';
import { optionPath, printValue } from '../refusal/print-value.js';
import { unknownPolicy } from '../refusal/suggestions.js';
import { ownOption } from './checks.js';
import { mapInSteps, type Steps } from '../steps.js';
import { readCandidate } from './read-candidate.js';
import { OptionsReader } from './read-policy-options.js';
import { readLimits, type ResolverLimits } from './resolver-limits.js';
import type { OptionsSource } from './async-argument.js';
import { findRootIssue } from './root-argument.js';
import { isPlainObject, type Written } from './snapshot.js';

/** The options of `forRoot()`, read, and the means to read more. */
export interface RootOptions {
  readonly global: DeclaredOptions;
  /** The options of each named policy, without the global policy. */
  readonly policies: ReadonlyMap<string, DeclaredOptions>;
  /** What `reportOnly` says: of `forRoot()`, and of named policies. */
  readonly candidate: DeclaredOptions | undefined;
  readonly candidates: ReadonlyMap<string, DeclaredOptions>;
  readonly limits: ResolverLimits;
  readonly switches: Switches;
  /** Raw. */
  readonly paths: unknown;
  readonly origins: OriginReader;
  readonly reader: OptionsReader;
}

/** Reads the options of `forRoot()`. Without an object there is nothing to go on with. */
export function* readRoot(
  options: unknown,
  source: OptionsSource,
  origins: OriginReader,
  issues: IssueList,
): Steps<RootOptions | undefined> {
  const issue = findRootIssue(options, source);
  if (issue !== undefined) issues.add([issue]);
  if (issue !== undefined || !isPlainObject(options)) return undefined;
  const switches = readSwitches(options, issues);
  const reader = new OptionsReader(origins, issues);
  const global = reader.read({ declaredAt: ROOT, kind: 'root', precedence: 0 }, options);
  if (global.origin === undefined) {
    const rule = missingOrigin(global.credentials?.value === true);
    issues.add([issueOf('forRoot().origin', 'origin', undefined, rule)]);
  }
  const policies = readObject('policies', ownOption(options, 'policies'), issues);
  const resolver = readObject('resolver', ownOption(options, 'resolver'), issues);
  return {
    global,
    policies: yield* readPolicies(policies, reader, issues),
    candidate: readCandidate(ROOT, 0, options, reader, issues),
    candidates: yield* readCandidates(policies, reader, issues),
    limits: readLimits(resolver, issues),
    switches,
    paths: ownOption(options, 'paths'),
    origins,
    reader,
  };
}

const POLICY_OBJECT: BrokenRule = {
  reason: 'policy-wrong-type',
  rule: 'to be a plain object of options',
  remedy:
    "Write `{ origin: 'https://app.example.com' }`; to switch CORS off, write `{ origin: false }`.",
};

/** Reads the named policies, without the global policy. */
function* readPolicies(
  written: Written,
  reader: OptionsReader,
  issues: IssueList,
): Steps<ReadonlyMap<string, DeclaredOptions>> {
  const policies = new Map<string, DeclaredOptions>();
  const readPolicy = ([name, policy]: [string, unknown]): void => {
    const declaredAt = optionPath('forRoot().policies', name);
    const isObject = isPlainObject(policy);
    if (!isObject) {
      issues.add([issueOf(declaredAt, optionPath('policies', name), policy, POLICY_OBJECT)]);
    }
    // Using its name is not a second mistake, so it is known all the same.
    const options = isObject ? policy : {};
    const declaration = { declaredAt, kind: 'policy', precedence: 1 } as const;
    policies.set(name, reader.read(declaration, options));
  };
  yield* mapInSteps(Object.entries(written), readPolicy);
  return policies;
}

function* readCandidates(
  written: Written,
  reader: OptionsReader,
  issues: IssueList,
): Steps<ReadonlyMap<string, DeclaredOptions>> {
  const candidates = new Map<string, DeclaredOptions>();
  yield* mapInSteps(Object.entries(written), ([name, policy]) => {
    const declaredAt = optionPath('forRoot().policies', name);
    const candidate = isPlainObject(policy) && readCandidate(declaredAt, 1, policy, reader, issues);
    if (candidate) candidates.set(name, candidate);
  });
  return candidates;
}

/** Options with those of a `reportOnly` instead, where there is one. */
export function withCandidate(
  options: DeclaredOptions,
  candidate: DeclaredOptions | undefined,
): DeclaredOptions {
  return candidate === undefined ? options : overlayOptions(options, candidate);
}

/** What `CorsService.update()` was given since the start: for each policy, the latest of each option. */
export interface Updates {
  readonly global: Written;
  readonly policies: ReadonlyMap<string, Written>;
}

/** Lays what `CorsService.update()` was given over the options of `forRoot()`. */
export function* readUpdates(
  root: RootOptions,
  { global, policies }: Updates,
  issues: IssueList,
): Steps<RootOptions> {
  const read = (declaredAt: string, precedence: number, written: Written) =>
    root.reader.read({ declaredAt, kind: 'update', precedence }, { ...written });

  const updated = new Map(root.policies);
  const readPolicy = ([name, written]: readonly [string, Written]): void => {
    const declaredAt = `CorsService.update(${printValue(name)})`;
    const policy = root.policies.get(name);
    if (policy === undefined) {
      issues.add([unknownPolicy(declaredAt, name, [...root.policies.keys()])]);
    } else {
      updated.set(name, overlayOptions(policy, read(declaredAt, 1, written)));
    }
  };
  yield* mapInSteps(policies, readPolicy);
  const updatedGlobal = read('CorsService.update()', 0, global);
  return { ...root, global: overlayOptions(root.global, updatedGlobal), policies: updated };
}
