import type { CompiledPolicy } from '../options/compile-configuration.js';
import { declareOptions } from '../options/declared-options.js';
import type { CorsPolicy, OriginRule } from '../policy/policy.js';
import { type AllowedOrigins, type ListedOrigins, readAllowedOrigins } from './allowed-origins.js';
import {
  type CorsPolicyFile,
  PASS_THROUGH,
  type PolicyFileOptions,
  type PolicyReference,
} from './policy-file.js';

/** The rule that stands for a list of origins, and where the list is written. */
export type RuleFor = (origins: ListedOrigins, declaredAt: string) => OriginRule;

/** A function or a class would be asked. */
export class DecidedAtRunTime extends Error {
  constructor(readonly by: string) {
    super(by);
  }
}

/** Compiles the policies of a file. As in the application, equal ones are one object. */
export class PolicyReader {
  private readonly policies = new Map<string, CorsPolicy>();
  private readonly origins = new Map<string, OriginRule | false>();

  constructor(
    private readonly file: CorsPolicyFile,
    private readonly ruleFor: RuleFor,
  ) {}

  read(reference: PolicyReference): CompiledPolicy {
    if (reference === PASS_THROUGH) return { policy: false, declared: 'pass-through' };
    const options = reference === false ? undefined : this.file.policies[reference];
    if (options === undefined) return { policy: false, declared: false };
    const declared = declareOptions((option) => {
      const { value: raw, declaredAt } = options[option];
      return { value: undefined, raw, declaredAt, precedence: 0 };
    });
    return { policy: this.policyOf(options), declared };
  }

  private policyOf(options: PolicyFileOptions): CorsPolicy | false {
    const { methods, allowedHeaders, exposedHeaders } = options;
    const origin = this.originOf(options);
    if (origin === false) return false;
    const key = JSON.stringify(Object.values(options).map(identityOf));
    const known = this.policies.get(key);
    if (known !== undefined) return known;
    const policy: CorsPolicy = {
      origin,
      credentials: options.credentials.value,
      methods: methods.value === '*' ? 'requested' : methods.value,
      allowedHeaders: allowedHeaders.value === '*' ? 'requested' : allowedHeaders.value,
      exposedHeaders: exposedHeaders.value === '*' ? ['*'] : exposedHeaders.value,
      maxAge: options.maxAge.value,
      timingAllowOrigin: options.timingAllowOrigin.value,
    };
    this.policies.set(key, policy);
    return policy;
  }

  private originOf({ origin }: PolicyFileOptions): OriginRule | false {
    const key = JSON.stringify(identityOf(origin));
    const known = this.origins.get(key);
    if (known !== undefined) return known;
    const allowed = readAllowedOrigins(origin.value, origin.declaredAt, this.file.lists);
    const rule =
      allowed.kind === 'listed' ? this.ruleFor(allowed, origin.declaredAt) : ruleOf(allowed);
    this.origins.set(key, rule);
    return rule;
  }
}

function ruleOf(allowed: Exclude<AllowedOrigins, ListedOrigins>): OriginRule | false {
  switch (allowed.kind) {
    case 'none':
      return false;
    case 'any':
      return allowed;
    case 'decided':
      return {
        kind: 'dynamic',
        allows: () => {
          throw new DecidedAtRunTime(allowed.by);
        },
      };
  }
}

/** What is not an object is the same wherever it is written; of lists, the place tells. */
function identityOf({ value, declaredAt }: PolicyFileOptions[keyof PolicyFileOptions]): unknown {
  return typeof value === 'object' ? [value, declaredAt] : value;
}
