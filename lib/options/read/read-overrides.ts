import { readObject } from '../application-option-table.js';
import { type Declared, overlayOptions } from '../declared-options.js';
import { normalizePath } from '../../policy/paths/normalize-path.js';
import { isReadOneWay } from '../../policy/paths/path-readings.js';
import { type BrokenRule, type IssueList, issueOf } from '../refusal/cors-config-error.js';
import { printNames } from '../refusal/own-values.js';
import { optionPath, printValue } from '../refusal/print-value.js';
import { unknownPolicy } from '../refusal/suggestions.js';
import { ownOption } from './checks.js';
import { mapInSteps, type Steps } from '../steps.js';
import { readCandidate } from './read-candidate.js';
import { type RootOptions, withCandidate } from './read-root.js';
import { isPlainObject, type Written } from './snapshot.js';

/** What a place says, and what it would say with its `reportOnly`: the same where it has none. */
export interface Layer {
  readonly live: Declared;
  readonly candidate: Declared;
}

/** Reads what `@Cors()` was given, or a member of `paths`. */
export class OverrideReader {
  constructor(
    private readonly root: RootOptions,
    private readonly issues: IssueList,
  ) {}

  /**
   * @param declaredAt `@Cors() on OrdersController.update`
   * @param precedence see `DeclaredOption`
   * @param written as given; `{}` for `@Cors()`
   */
  read(declaredAt: string, precedence: number, written: unknown): Layer {
    if (written === false) return { live: false, candidate: false };
    const given = typeof written === 'string' ? { policy: written } : written;
    const isObject = isPlainObject(given);
    if (!isObject) this.issues.add([wrongType(declaredAt, written)]);
    const options: Written = isObject ? given : {};
    if (ownOption(options, 'passThrough') !== undefined) {
      this.checkPassThrough(declaredAt, options);
      return { live: 'pass-through', candidate: 'pass-through' };
    }
    const { root } = this;
    const declaration = { declaredAt, kind: 'override', precedence } as const;
    const own = root.reader.read(declaration, options);
    const named = this.readPolicy(declaredAt, options);
    const policy = named === undefined ? undefined : root.policies.get(named);
    const live = policy === undefined ? own : overlayOptions(policy, own);
    const outer = named === undefined ? undefined : root.candidates.get(named);
    const candidate = readCandidate(declaredAt, precedence, options, root.reader, this.issues);
    if (outer === undefined && candidate === undefined) return { live, candidate: live };
    const tried = policy === undefined ? own : overlayOptions(withCandidate(policy, outer), own);
    return { live, candidate: withCandidate(tried, candidate) };
  }

  /** Without a policy, no other option has an effect: one beside it is a misunderstanding. */
  private checkPassThrough(declaredAt: string, written: Written): void {
    const path = optionPath(declaredAt, 'passThrough');
    const value = ownOption(written, 'passThrough');
    if (value !== true) this.issues.add([issueOf(path, 'passThrough', value, TRUE)]);
    const others = Object.keys(written).filter((name) => name !== 'passThrough');
    if (others.length > 0) this.issues.add([issueOf(path, 'passThrough', value, alone(others))]);
  }

  /** The name of the policy, if one is named and known. */
  private readPolicy(declaredAt: string, written: Written): string | undefined {
    const name = ownOption(written, 'policy');
    if (name === undefined) return undefined;
    if (typeof name === 'string' && this.root.policies.has(name)) return name;
    const path = optionPath(declaredAt, 'policy');
    this.issues.add([unknownPolicy(path, name, [...this.root.policies.keys()])]);
    return undefined;
  }
}

const TRUE: BrokenRule = {
  reason: 'pass-through-not-true',
  rule: 'to be `true`',
  remedy: 'Remove it where CORS is to be handled here.',
};

function alone(others: readonly string[]): BrokenRule {
  return {
    reason: 'pass-through-with-options',
    rule: `to be alone, not beside ${printNames(others)}`,
    remedy: 'Where CORS passes through, no policy applies. Remove it, or the other options.',
  };
}

function wrongType(declaredAt: string, written: unknown) {
  return issueOf(declaredAt, '@Cors()', written, {
    reason: written === undefined ? 'override-undefined' : 'override-wrong-type',
    rule: 'to be given options, the name of a policy, or `false`',
    remedy:
      written === undefined
        ? 'Write `@Cors()` without arguments to keep the outer policy.'
        : 'Write options, such as `@Cors({ maxAge: 60 })`.',
  });
}

const A_PATH: BrokenRule = {
  reason: 'path-invalid',
  rule: 'to have full paths as keys',
  remedy:
    'A key is an exact path, `/graphql`, or a path and everything below it, `/files/*`: the same on Express and Fastify, without parameters, query or other wildcards. Routes of controllers take `@Cors()`.',
};
const A_POLICY: BrokenRule = {
  reason: 'path-policy-wrong-type',
  rule: 'to be options, the name of a policy, or `false`',
  remedy: "Write options, such as `{ origin: '*', credentials: false }`.",
};

/** A key of `paths` with its options, without the global policy. */
export interface PathOverride {
  /** In the one spelling of `normalizePath`; everything below ends in `/*`. */
  readonly key: string;
  readonly layer: Layer;
}

/** Reads `paths`. */
export function* readPaths(
  written: unknown,
  overrides: OverrideReader,
  issues: IssueList,
): Steps<readonly PathOverride[]> {
  const policies = readObject('paths', written, issues);
  const paths = new Map<string, PathOverride & { readonly name: string }>();
  const readPath = ([name, policy]: [string, unknown]): void => {
    const declaredAt = optionPath('forRoot().paths', name);
    const key = normalizePath(name);
    const same = paths.get(key);
    if (!isKey(name)) issues.add([issueOf(declaredAt, 'paths', name, A_PATH)]);
    else if (!isReadOneWay(name)) {
      issues.add([issueOf(declaredAt, 'paths', name, ambiguousPath(name, key))]);
    } else if (same !== undefined) {
      issues.add([issueOf(declaredAt, 'paths', name, duplicateOf(same.name))]);
    }
    const isPolicy = policy === false || typeof policy === 'string' || isPlainObject(policy);
    if (!isPolicy)
      issues.add([issueOf(declaredAt, `paths[${printValue(name)}]`, policy, A_POLICY)]);
    const layer = overrides.read(declaredAt, 1, isPolicy ? policy : {});
    paths.set(key, { key, name, layer });
  };
  yield* mapInSteps(Object.entries(policies), readPath);
  return [...paths.values()];
}

function isKey(name: string): boolean {
  const path = name.endsWith('/*') ? name.slice(0, -1) : name;
  return /^\/[^?#*:{}()[\]\s]*$/.test(path);
}

/** @param key the name as `normalizePath` spells it */
function ambiguousPath(name: string, key: string): BrokenRule {
  return {
    reason: 'path-ambiguous',
    rule: 'to have paths as keys that every server reads in the same way',
    remedy:
      isKey(key) && isReadOneWay(key)
        ? `Write ${printValue(key)}: ${name.startsWith('//') ? 'servers disagree on `//` at the start.' : 'whether a character is decoded that need not be encoded depends on the server.'}`
        : 'Servers disagree on `.` and `..`, encoded slashes, `\\`, `;`, `//` at the start, and dots and spaces at the end of a segment: nothing is allowed where such a reading makes a difference. Name a path above it, `/files/*`.',
  };
}

function duplicateOf(other: string): BrokenRule {
  return {
    reason: 'path-duplicate',
    rule: 'to have each path once',
    remedy: `It is the same as ${printValue(other)}: letter case, trailing slashes and repeated slashes make no difference. Remove one.`,
  };
}
