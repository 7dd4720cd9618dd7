import type { CorsPolicy } from '../policy/policy.js';
import { checkPolicy } from './check-policy.js';
import { PolicyCompiler } from './compile-policy.js';
import type { OriginAskers } from './origin/compile-origin.js';
import { EffectiveReader, type HandlerOverrides } from './read/effective-options.js';
import { readReportOnly, readRoot, readUpdates, type WrittenUpdates } from './read/read-root.js';
import { CorsConfigError, IssueList } from './refusal/cors-config-error.js';
import { overlayOptions, type SourcedOptions } from './sourced-options.js';

/** Everything that is written about CORS in an application. */
export interface WrittenConfiguration {
  /** As given to `forRoot()`. */
  readonly options: unknown;
  readonly handlers: readonly HandlerOverrides[];
  readonly askers: OriginAskers;
  /** As given to `CorsService.update()` since. */
  readonly updates?: WrittenUpdates;
}

/** An effective policy, compiled, with where each of its options comes from; `false`: CORS is off. */
export interface CompiledPolicy {
  readonly policy: CorsPolicy | false;
  readonly sources: SourcedOptions | false;
}

/** The policies of an application. Equal ones are one object. */
export interface CompiledConfiguration {
  readonly global: CorsPolicy;
  /** The global policy, that of each handler in their order, and that of each path. */
  readonly policies: readonly CompiledPolicy[];
  /** The keys of `paths`, in the order of their policies. */
  readonly paths: readonly string[];
  /** The named policies, each laid over the global one. */
  readonly named: ReadonlyMap<string, CompiledPolicy>;
  /** What `policies` would be with the options of `reportOnly`, if there are any. */
  readonly candidate: readonly CompiledPolicy[] | undefined;
  readonly rejectDisallowed: boolean;
}

/**
 * Validates and compiles all that is written about CORS in an application: the global policy, each
 * named policy by itself, and what holds for each handler and path.
 *
 * @throws CorsConfigError with every issue of all of these
 */
export function compileConfiguration({
  options,
  handlers,
  askers,
  updates,
}: WrittenConfiguration): CompiledConfiguration {
  const issues = new IssueList();
  const written = readRoot(options, askers, issues);
  if (written === undefined) throw new CorsConfigError(issues.all);
  const root = updates === undefined ? written : readUpdates(written, updates, issues);
  const reader = new EffectiveReader(root, handlers, issues);
  const reportOnly = readReportOnly(root, issues);

  const effective = reader.under(root.global);
  const candidate = reportOnly && reader.under(reportOnly);
  const named = [...root.policies].map(
    ([name, policy]) => [name, overlayOptions(root.global, policy)] as const,
  );

  const readOrigins = (value: unknown) => root.origins.read(value);
  const all = [...effective, ...named.map(([, policy]) => policy), ...(candidate ?? [])];
  for (const policy of all) {
    if (policy) issues.add(checkPolicy(policy, readOrigins, root.allowInsecureOrigins));
  }
  if (issues.all.length > 0) throw new CorsConfigError(issues.all);

  const compiler = new PolicyCompiler(root.origins, askers, root.limits);
  const compile = (sources: SourcedOptions | false): CompiledPolicy => ({
    policy: sources && compiler.compile(sources),
    sources,
  });
  return {
    global: compiler.compile(root.global),
    policies: effective.map(compile),
    paths: reader.paths,
    named: new Map(named.map(([name, policy]) => [name, compile(policy)])),
    candidate: candidate?.map(compile),
    rejectDisallowed: root.rejectDisallowed,
  };
}
