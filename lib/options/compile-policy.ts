import { normalizeMethod } from '../fetch/methods.js';
import type { CorsPolicy, OriginRule } from '../policy/policy.js';
import { POLICY_OPTIONS } from './cors-policy-options.js';
import { compileOrigin, type OriginAskers } from './origin/compile-origin.js';
import type { OriginReader } from './origin/read-origins.js';
import type { ResolverLimits } from './read/resolver-limits.js';
import type { SourcedOptions } from './sourced-options.js';

/** Safari's cap: a longer time would hold in some browsers only. */
const DEFAULT_MAX_AGE = 600;

/**
 * Compiles an effective policy into what requests read. Its options are valid.
 *
 * @param origin the rule for the policy's `origin`; policies with the same origins share it, since
 * decisions for several policies know it by its identity and ask it once
 */
function compilePolicy(options: SourcedOptions, origin: OriginRule): CorsPolicy {
  return Object.freeze({
    origin,
    credentials: options.credentials?.value ?? false,
    methods: compileMethods(options.methods?.value),
    allowedHeaders: compileAllowedHeaders(options.allowedHeaders?.value),
    exposedHeaders: compileNames(options.exposedHeaders?.value ?? []),
    maxAge: options.maxAge?.value ?? DEFAULT_MAX_AGE,
    timingAllowOrigin: options.timingAllowOrigin?.value ?? false,
  });
}

function compileMethods(methods: '*' | readonly string[] | undefined): CorsPolicy['methods'] {
  if (methods === undefined) return 'mapped';
  if (methods === '*') return 'requested';
  return Object.freeze([...new Set(methods.map(normalizeMethod))]);
}

function compileAllowedHeaders(
  names: '*' | readonly string[] | undefined,
): CorsPolicy['allowedHeaders'] {
  return names === undefined || names === '*' ? 'requested' : compileNames(names);
}

/** Names in lower case, each once; `*` stands for itself. */
function compileNames(names: '*' | readonly string[]): readonly string[] {
  const list = names === '*' ? ['*'] : names;
  return Object.freeze([...new Set(list.map((name) => name.toLowerCase()))]);
}

/**
 * Compiles effective policies. Those with the same values are one object, and those with the same
 * `origin` share its rule: of 1000 routes with `@Cors('public')` there is one policy.
 */
export class PolicyCompiler {
  private readonly ids = new Map<unknown, number>();
  private readonly rules = new Map<unknown, OriginRule>();
  private readonly policies = new Map<string, CorsPolicy>();

  constructor(
    private readonly origins: OriginReader,
    private readonly askers: OriginAskers,
    private readonly limits: ResolverLimits,
  ) {}

  /** @param options those of an effective policy, valid */
  compile(options: SourcedOptions): CorsPolicy {
    const key = POLICY_OPTIONS.map((name) => this.idOf(options[name]?.value)).join();
    const policy = this.policies.get(key) ?? compilePolicy(options, this.ruleOf(options));
    this.policies.set(key, policy);
    return policy;
  }

  private ruleOf({ origin }: SourcedOptions): OriginRule {
    const rule =
      this.rules.get(origin?.value) ??
      compileOrigin(this.origins.read(origin?.value), this.askers, this.limits);
    this.rules.set(origin?.value, rule);
    return rule;
  }

  /** Values are told apart by identity. */
  private idOf(value: unknown): number {
    const id = this.ids.get(value) ?? this.ids.size;
    this.ids.set(value, id);
    return id;
  }
}
