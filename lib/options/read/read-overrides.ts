import { readObject } from '../application-option-table.js';
import { type DeclaredOptions, overlayOptions } from '../declared-options.js';
import { normalizePath } from '../../policy/normalize-path.js';
import { type BrokenRule, type IssueList, issueOf } from '../refusal/cors-config-error.js';
import { optionPath, printValue } from '../refusal/print-value.js';
import { unknownPolicy } from '../refusal/suggestions.js';
import { ownOption } from './checks.js';
import type { RootOptions } from './read-root.js';
import { isPlainObject, type Written } from './snapshot.js';

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
  read(declaredAt: string, precedence: number, written: unknown): DeclaredOptions | false {
    if (written === false) return false;
    const options = typeof written === 'string' ? { policy: written } : written;
    const isObject = isPlainObject(options);
    if (!isObject) this.issues.add([wrongType(declaredAt, written)]);
    const declaration = { declaredAt, kind: 'override', precedence } as const;
    const own = this.root.reader.read(declaration, isObject ? options : {});
    const policy = isObject ? this.readPolicy(declaredAt, options) : undefined;
    return policy === undefined ? own : overlayOptions(policy, own);
  }

  /** The options of the named policy, if one is named and known. */
  private readPolicy(declaredAt: string, written: Written): DeclaredOptions | undefined {
    const name = ownOption(written, 'policy');
    if (name === undefined) return undefined;
    const policy = typeof name === 'string' ? this.root.policies.get(name) : undefined;
    if (policy !== undefined) return policy;
    const path = optionPath(declaredAt, 'policy');
    this.issues.add([unknownPolicy(path, name, [...this.root.policies.keys()])]);
    return undefined;
  }
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
  readonly layer: DeclaredOptions | false;
}

/** Reads `paths`. */
export function readPaths(
  written: unknown,
  overrides: OverrideReader,
  issues: IssueList,
): readonly PathOverride[] {
  const policies = readObject('paths', written, issues);
  const paths = new Map<string, PathOverride & { readonly name: string }>();
  for (const [name, policy] of Object.entries(policies)) {
    const declaredAt = optionPath('forRoot().paths', name);
    const key = normalizePath(name);
    const same = paths.get(key);
    if (!isKey(name)) issues.add([issueOf(declaredAt, 'paths', name, A_PATH)]);
    else if (same !== undefined) {
      issues.add([issueOf(declaredAt, 'paths', name, duplicateOf(same.name))]);
    }
    const isPolicy = policy === false || typeof policy === 'string' || isPlainObject(policy);
    if (!isPolicy)
      issues.add([issueOf(declaredAt, `paths[${printValue(name)}]`, policy, A_POLICY)]);
    paths.set(key, { key, name, layer: overrides.read(declaredAt, 1, isPolicy ? policy : {}) });
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
    remedy: `It is the same as ${printValue(other)}: letter case, trailing slashes and repeated slashes make no difference. Remove one.`,
  };
}
