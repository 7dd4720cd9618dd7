import { normalizePath } from '../../policy/normalize-path.js';
import { type BrokenRule, type IssueList, issueOf } from '../refusal/cors-config-error.js';
import { optionPath, printValue } from '../refusal/print-value.js';
import { unknownPolicy } from '../refusal/suggestions.js';
import { overlayOptions, type SourcedOptions } from '../sourced-options.js';
import { isOptionsObject, ownOption } from './read-policy-options.js';
import type { RootOptions } from './read-root.js';

type Written = Readonly<Record<string, unknown>>;

/** Reads what `@Cors()` was given, or a member of `paths`. */
export class OverrideReader {
  constructor(
    private readonly root: RootOptions,
    private readonly issues: IssueList,
  ) {}

  /**
   * @param source `@Cors() on OrdersController.update`
   * @param nearness see `SourcedOption`
   * @param written as given; `{}` for `@Cors()`
   */
  read(source: string, nearness: number, written: unknown): SourcedOptions | false {
    if (written === false) return false;
    const options = typeof written === 'string' ? { policy: written } : written;
    const isObject = isOptionsObject(options);
    if (!isObject) this.issues.add([wrongType(source, written)]);
    const own = this.root.reader.read(
      { source, kind: 'override', nearness },
      isObject ? options : {},
    );
    const policy = isObject ? this.readPolicy(source, options) : undefined;
    return policy === undefined ? own : overlayOptions(policy, own);
  }

  /** The options of the named policy, if one is named and known. */
  private readPolicy(source: string, written: Written): SourcedOptions | undefined {
    const name = ownOption(written, 'policy');
    if (name === undefined) return undefined;
    const policy = typeof name === 'string' ? this.root.policies.get(name) : undefined;
    if (policy !== undefined) return policy;
    const path = optionPath(source, 'policy');
    this.issues.add([unknownPolicy(path, name, [...this.root.policies.keys()])]);
    return undefined;
  }
}

function wrongType(source: string, written: unknown) {
  return issueOf(source, '@Cors()', written, {
    reason: written === undefined ? 'override-undefined' : 'override-wrong-type',
    rule: 'to be given options, the name of a policy, or `false`',
    remedy:
      written === undefined
        ? 'Write `@Cors()` without anything to keep the outer policy.'
        : 'Write options, such as `@Cors({ maxAge: 60 })`.',
  });
}

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
  /** In the one spelling of `normalizePath`; everything below ends in `/*`. */
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
    const key = normalizePath(name);
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
