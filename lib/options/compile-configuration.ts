import type { CorsPolicy } from '../policy/policy.js';
import { checkPolicy, OriginDangers } from './check-policy.js';
import type { PolicyOption } from './cors-policy-options.js';
import {
  type Declared,
  type DeclaredOptions,
  enabledOptions,
  overlayOptions,
} from './declared-options.js';
import { OriginCompiler, type ResolverFactory } from './origin/compile-origin.js';
import type { OriginTools } from './origin/origin-tools.js';
import {
  POLICY_OPTION_TABLE,
  POLICY_OPTIONS,
  type PolicyOptionRow,
} from './policy-option-table.js';
import { EffectiveReader, type HandlerOverrides } from './read/effective-options.js';
import { readRoot, readUpdates, type Updates, withCandidate } from './read/read-root.js';
import type { OptionsSource } from './read/root-argument.js';
import { CorsConfigError, IssueList } from './refusal/cors-config-error.js';
import { mapKeys } from './table.js';

/** Everything an application declares about CORS. */
export interface WrittenConfiguration {
  /** As given to `forRoot()`; see `Snapshot`. */
  readonly options: unknown;
  /** @default 'forRoot()' */
  readonly source?: OptionsSource;
  readonly handlers: readonly HandlerOverrides[];
  readonly resolvers: ResolverFactory;
  /** Those that the origins need; see `loadOriginTools`. */
  readonly tools: OriginTools;
  /** As given to `CorsService.update()` since. */
  readonly updates?: Updates;
}

/** An effective policy, compiled, with where each option is declared; `false`: there is none. */
export interface CompiledPolicy {
  /** `false`: CORS is off. */
  readonly policy: CorsPolicy | false;
  /**
   * `false` where `@Cors(false)` applies; not where `origin` is `false`, which has a place.
   */
  readonly declared: Declared;
}

/** Whether each is on. */
export interface ApplicationSwitches {
  readonly rejectDisallowed: boolean;
  readonly dangerouslyAllowInsecureOrigins: boolean;
  readonly dangerouslyAllowPublicSuffixes: boolean;
}

/** The policies of an application. Equal ones are one object. */
export interface CompiledConfiguration {
  /** The global policy, that of each handler in their order, and that of each path. */
  readonly policies: readonly CompiledPolicy[];
  /** The keys of `paths`, in the order of their policies. */
  readonly paths: readonly string[];
  /** The named policies, each laid over the global one. */
  readonly named: ReadonlyMap<string, CompiledPolicy>;
  /** What `policies` would be with the options of `reportOnly`, if there are any. */
  readonly candidate: readonly CompiledPolicy[] | undefined;
  /** The options that hold for the application and decide about requests. */
  readonly application: ApplicationSwitches;
  /** What is written and has no effect, for the log. */
  readonly warnings: readonly string[];
  /** As `forRoot()` has it. */
  readonly diagnostics: boolean | undefined;
}

/**
 * Validates and compiles everything an application declares about CORS: the global policy, each named
 * policy by itself, and the effective policy of each handler and path.
 *
 * @throws CorsConfigError with every issue of all of these
 */
export function compileConfiguration({
  options,
  source = 'forRoot()',
  handlers,
  resolvers,
  tools,
  updates,
}: WrittenConfiguration): CompiledConfiguration {
  const issues = new IssueList();
  const written = readRoot(options, source, resolvers, tools, issues);
  if (written === undefined) throw new CorsConfigError(issues.all);
  const root = updates === undefined ? written : readUpdates(written, updates, issues);
  const reader = new EffectiveReader(root, handlers, issues);

  const effective = reader.live;
  const { candidate } = reader;
  const named = [...root.policies].map(
    ([name, policy]) => [name, overlayOptions(root.global, policy)] as const,
  );

  const readOrigins = (raw: unknown) => root.origins.read(raw);
  const { dangerouslyAllowInsecureOrigins, dangerouslyAllowPublicSuffixes } = root.switches;
  const dangers = new OriginDangers(
    {
      allowInsecureOrigins: dangerouslyAllowInsecureOrigins === true,
      allowPublicSuffixes: dangerouslyAllowPublicSuffixes === true,
    },
    tools,
  );
  // Whoever names it or not, a named policy is to be valid, and so is its candidate.
  const tried = [...root.candidates].map(([name, policy]) =>
    overlayOptions(
      withCandidate(root.global, root.candidate),
      withCandidate(root.policies.get(name) ?? policy, policy),
    ),
  );
  const all = [...effective, ...named.map(([, policy]) => policy), ...(candidate ?? []), ...tried];
  for (const policy of all) {
    const enabled = enabledOptions(policy);
    if (enabled) issues.add(checkPolicy(enabled, readOrigins, dangers));
  }
  if (issues.all.length > 0) throw new CorsConfigError(issues.all);

  const compiler = new PolicyCompiler(new OriginCompiler(root.origins, resolvers, root.limits));
  const compile = (declared: Declared): CompiledPolicy => {
    const enabled = enabledOptions(declared);
    return { policy: enabled && compiler.compile(enabled), declared };
  };
  return {
    policies: effective.map(compile),
    paths: reader.paths,
    named: new Map(named.map(([name, policy]) => [name, compile(policy)])),
    candidate: candidate?.map(compile),
    application: Object.freeze({
      rejectDisallowed: root.switches.rejectDisallowed === true,
      dangerouslyAllowInsecureOrigins: dangerouslyAllowInsecureOrigins === true,
      dangerouslyAllowPublicSuffixes: dangerouslyAllowPublicSuffixes === true,
    }),
    warnings: issues.warnings,
    diagnostics: root.switches.diagnostics,
  };
}

/**
 * Compiles effective policies into what requests read. Those with the same values are one object:
 * of 1000 routes with `@Cors('public')` there is one policy.
 */
class PolicyCompiler {
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
