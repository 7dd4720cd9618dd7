import type { CorsPolicy } from '../policy/policy.js';
import type { PolicyOption } from './cors-policy-options.js';
import type { DeclaredOptions } from './declared-options.js';
import type { OriginCompiler } from './origin/compile-origin.js';
import {
  POLICY_OPTION_TABLE,
  POLICY_OPTIONS,
  type PolicyOptionRow,
} from './policy-option-table.js';
import { mapKeys } from './table.js';

/**
 * Compiles effective policies into what requests read. Those with the same values are one object:
 * of 1000 routes with `@Cors('public')` there is one policy.
 */
export class PolicyCompiler {
  private readonly ids = new Map<unknown, number>();
  private readonly policies = new Map<string, CorsPolicy>();

  constructor(private readonly origins: OriginCompiler) {}

  /** @param options those of an effective policy, valid */
  compile(options: DeclaredOptions): CorsPolicy {
    const key = POLICY_OPTIONS.map((option) => this.idOf(options[option]?.value)).join();
    const known = this.policies.get(key);
    if (known !== undefined) return known;
    const policy: CorsPolicy = Object.freeze(
      mapKeys<Pick<CorsPolicy, PolicyOption>>(
        POLICY_OPTIONS,
        <K extends PolicyOption>(option: K): CorsPolicy[K] =>
          this.compileOption(option, options[option]),
      ),
    );
    this.policies.set(key, policy);
    return policy;
  }

  private compileOption<K extends PolicyOption>(
    option: K,
    declared: DeclaredOptions[K],
  ): CorsPolicy[K] {
    const row: PolicyOptionRow<K> = POLICY_OPTION_TABLE[option];
    const value = declared?.value;
    return value === undefined ? row.default : row.compile(value, this.origins);
  }

  /** Values are compared by identity. */
  private idOf(value: unknown): number {
    const id = this.ids.get(value) ?? this.ids.size;
    this.ids.set(value, id);
    return id;
  }
}
