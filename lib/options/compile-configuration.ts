import type { CorsPolicy } from '../policy/policy.js';
import { checkPolicy, type KnownDangers, OriginDangers } from './check-policy.js';
import type { PolicyOption } from './cors-policy-options.js';
import {
  type Declared,
  type DeclaredOptions,
  enabledOptions,
  overlayOptions,
} from './declared-options.js';
import { OriginCompiler, type ResolverFactory } from './origin/compile-origin.js';
import type { OriginTools } from './origin/origin-tools.js';
import { OriginReader, type ReadLists } from './origin/read-origins.js';
import {
  POLICY_OPTION_TABLE,
  POLICY_OPTIONS,
  type PolicyOptionRow,
} from './policy-option-table.js';
import { EffectiveReader, type HandlerOverrides } from './read/effective-options.js';
import { readRoot, readUpdates, type Updates, withCandidate } from './read/read-root.js';
import type { OptionsSource } from './read/async-argument.js';
import { isPlainObject } from './read/snapshot.js';
import { CorsConfigError, IssueList } from './refusal/cors-config-error.js';
import { optionPath } from './refusal/print-value.js';
import { CALLS_A_STEP, finish, mapInSteps, type Steps } from './steps.js';
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
  /** What compiling has found out before, with the same tools. */
  readonly known?: KnownOrigins;
}

/** Long lists are read once, however many updates follow. */
export interface KnownOrigins {
  readonly lists: ReadLists;
  readonly dangers: KnownDangers;
}

export function noKnownOrigins(): KnownOrigins {
  return { lists: new WeakMap(), dangers: new WeakMap() };
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
  /** What is written and has no effect, or is slow, for the log. */
  readonly warnings: readonly string[];
  /** As `forRoot()` has it. */
  readonly diagnostics: boolean | undefined;
}

/** A decision walks so many in less than 2 µs. */
const MOST_AUTOMATA = 16;

/**
 * Validates and compiles everything an application declares about CORS: the global policy, each named
 * policy by itself, and the effective policy of each handler and path.
 *
 * @throws CorsConfigError with every issue of all of these
 */
export function compileConfiguration(written: WrittenConfiguration): CompiledConfiguration {
  return finish(compileInSteps(written));
}

/** The same in steps: with 10,000 policies it takes a quarter of a second. */
export function* compileInSteps(given: WrittenConfiguration): Steps<CompiledConfiguration> {
  const { options, source = 'forRoot()', handlers, resolvers, tools, updates } = given;
  const { known = noKnownOrigins() } = given;
  const issues = new IssueList();
  const reasonAgainst = resolvers.reasonAgainst.bind(resolvers);
  const origins = new OriginReader({ tools, reasonAgainst }, known.lists);
  yield* origins.readLists(writtenOptions(given));
  const written = yield* readRoot(options, source, origins, issues);
  if (written === undefined) throw new CorsConfigError(issues.all);
  const root = updates === undefined ? written : yield* readUpdates(written, updates, issues);
  const reader = yield* EffectiveReader.read(root, handlers, issues);

  const effective = yield* reader.live();
  const candidate = yield* reader.candidate();
  const named = yield* mapInSteps(
    root.policies,
    ([name, policy]) => [name, overlayOptions(root.global, policy)] as const,
  );

  const { dangerouslyAllowInsecureOrigins, dangerouslyAllowPublicSuffixes } = root.switches;
  const dangers = new OriginDangers(
    {
      allowInsecureOrigins: dangerouslyAllowInsecureOrigins === true,
      allowPublicSuffixes: dangerouslyAllowPublicSuffixes === true,
    },
    tools,
    known.dangers,
  );
  // Whoever names it or not, a named policy is to be valid, and so is its candidate.
  const tried = [...root.candidates].map(([name, policy]) =>
    overlayOptions(
      withCandidate(root.global, root.candidate),
      withCandidate(root.policies.get(name) ?? policy, policy),
    ),
  );
  const all = [...effective, ...named.map(([, policy]) => policy), ...(candidate ?? []), ...tried];
  yield* checkPolicies(all, origins, dangers, issues);
  if (issues.all.length > 0) throw new CorsConfigError(issues.all);

  const compiler = new PolicyCompiler(new OriginCompiler(root.origins, resolvers, root.limits));
  // Handlers without an override share what is declared.
  const compiled = new Map<Declared, CompiledPolicy>();
  const compile = (declared: Declared): CompiledPolicy => {
    const earlier = compiled.get(declared);
    if (earlier !== undefined) return earlier;
    const enabled = enabledOptions(declared);
    const policy = { policy: enabled && compiler.compile(enabled), declared };
    compiled.set(declared, policy);
    return policy;
  };
  const compileNamed = ([name, policy]: (typeof named)[number]) => [name, compile(policy)] as const;
  return {
    policies: yield* mapInSteps(effective, compile),
    paths: reader.paths,
    named: new Map(yield* mapInSteps(named, compileNamed)),
    candidate: candidate && (yield* mapInSteps(candidate, compile)),
    application: Object.freeze({
      rejectDisallowed: root.switches.rejectDisallowed === true,
      dangerouslyAllowInsecureOrigins: dangerouslyAllowInsecureOrigins === true,
      dangerouslyAllowPublicSuffixes: dangerouslyAllowPublicSuffixes === true,
    }),
    warnings: issues.warnings,
    diagnostics: root.switches.diagnostics,
  };
}

/** Whatever may have an `origin`. */
function* writtenOptions({ options, handlers, updates }: WrittenConfiguration): Iterable<unknown> {
  yield* withReportOnly(options);
  for (const policy of valuesOf(valueOf(options, 'policies'))) yield* withReportOnly(policy);
  for (const policy of valuesOf(valueOf(options, 'paths'))) yield* withReportOnly(policy);
  for (const { classOverride, methodOverride } of handlers) {
    if (classOverride !== undefined) yield* withReportOnly(classOverride.written);
    if (methodOverride !== undefined) yield* withReportOnly(methodOverride.written);
  }
  if (updates === undefined) return;
  yield updates.global;
  yield* updates.policies.values();
}

function* withReportOnly(options: unknown): Iterable<unknown> {
  yield options;
  yield valueOf(options, 'reportOnly');
}

function* valuesOf(options: unknown): Iterable<unknown> {
  if (!isPlainObject(options)) return;
  for (const name of Object.keys(options)) yield valueOf(options, name);
}

/** Without calling a getter. */
function valueOf(options: unknown, name: string): unknown {
  return isPlainObject(options) ? Object.getOwnPropertyDescriptor(options, name)?.value : undefined;
}

/** Checks effective policies, and warns of each `origin` whose RegExps do not fit into few automata. */
function* checkPolicies(
  policies: readonly Declared[],
  origins: OriginReader,
  dangers: OriginDangers,
  issues: IssueList,
): Steps<undefined> {
  for (const [index, policy] of [...new Set(policies)].entries()) {
    if (index % CALLS_A_STEP === 0) yield;
    const enabled = enabledOptions(policy);
    if (!enabled) continue;
    const { origin, credentials } = enabled;
    const read = origin && origins.read(origin.raw);
    // What takes its time is known by then.
    if (read && credentials?.value === true && !dangers.has(read)) yield* dangers.find(read);
    issues.add(checkPolicy(enabled, (raw) => origins.read(raw), dangers));
    if (origin === undefined || read === undefined) continue;
    const { regexps, languages } = read;
    if (languages.length <= MOST_AUTOMATA) continue;
    issues.warn(
      optionPath(origin.declaredAt, 'origin'),
      `its ${regexps.length} RegExps make ${languages.length} automata, since together they would need too many states, and a decision may walk all of them. Write once what they have in common, as in \`(?:app|shop)\`, use patterns such as \`https://*.example.com\`, or let a class decide.`,
    );
  }
  return undefined;
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
