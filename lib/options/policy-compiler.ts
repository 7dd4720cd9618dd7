import type { CorsPolicy } from '../policy/cors-policy.js';
import type { OriginRule } from '../policy/origin-rule.js';
import { compileOrigin } from './compile-origin.js';
import { compilePolicy } from './compile-policy.js';
import { POLICY_OPTIONS } from './option-names.js';
import type { OriginAskers } from './origin-askers.js';
import type { OriginReader } from './origin-reader.js';
import type { ResolverLimits } from './resolver-limits.js';
import type { SourcedOptions } from './sourced-options.js';

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
