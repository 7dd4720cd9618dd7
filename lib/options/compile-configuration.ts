import type { CorsPolicy } from '../policy/cors-policy.js';
import { checkPolicy } from './check-policy.js';
import type { AskOrigin } from './compile-origin.js';
import { CorsConfigError } from './cors-config-error.js';
import { IssueList } from './issue-list.js';
import { mergeOptions } from './merge-options.js';
import { overlayOptions } from './overlay-options.js';
import { OverrideReader } from './override-reader.js';
import { PolicyCompiler } from './policy-compiler.js';
import { readRoot } from './root-reader.js';
import type { SourcedOptions } from './sourced-options.js';
import type { OriginFunction } from './written-origins.js';

/** What `@Cors()` was given, `{}` when nothing. Wrapped, since `undefined` may be given as well. */
export interface WrittenOverride {
  readonly written: unknown;
}

/** A route handler with its overrides; undefined where there is no `@Cors()`. */
export interface HandlerOverrides {
  /** The name of the class, for messages. */
  readonly controller: string;
  /** The name of the method, for messages. */
  readonly handler: string;
  readonly classOverride: WrittenOverride | undefined;
  readonly methodOverride: WrittenOverride | undefined;
}

/** Everything that is written about CORS in an application. */
export interface WrittenConfiguration {
  /** As given to `forRoot()`. */
  readonly options: unknown;
  readonly handlers: readonly HandlerOverrides[];
  /** Makes an origin function safe to ask; see `OriginRule`. */
  readonly guard: (ask: OriginFunction) => AskOrigin;
}

/** The policies of an application. Equal ones are one object. */
export interface CompiledConfiguration {
  readonly global: CorsPolicy;
  /** One for each handler, in their order; `false` where CORS is off. */
  readonly policies: readonly (CorsPolicy | false)[];
  /** Where each option of these comes from, in the same order. */
  readonly sources: {
    readonly global: SourcedOptions;
    readonly policies: readonly (SourcedOptions | false)[];
  };
}

/**
 * Validates and compiles all that is written about CORS in an application: the global policy, each
 * named policy by itself, and what holds for each handler.
 *
 * @throws CorsConfigError with every issue of all of these
 */
export function compileConfiguration({
  options,
  handlers,
  guard,
}: WrittenConfiguration): CompiledConfiguration {
  const issues = new IssueList();
  const root = readRoot(options, issues);
  if (root === undefined) throw new CorsConfigError(issues.all);
  const check = (policy: SourcedOptions): void => {
    const readOrigins = (written: unknown) => root.origins.read(written);
    issues.add(checkPolicy(policy, readOrigins, root.allowInsecureOrigins));
  };
  const overrides = new OverrideReader(root, issues);
  const merge = (handler: HandlerOverrides) =>
    mergeOptions(root.global, readLayers(overrides, handler));

  const effective = handlers.map(merge);
  check(root.global);
  for (const policy of root.policies.values()) check(overlayOptions(root.global, policy));
  for (const policy of effective) if (policy !== false) check(policy);
  if (issues.all.length > 0) throw new CorsConfigError(issues.all);

  const compiler = new PolicyCompiler(root.origins, guard);
  return {
    global: compiler.compile(root.global),
    policies: effective.map((policy) => (policy === false ? false : compiler.compile(policy))),
    sources: { global: root.global, policies: effective },
  };
}

function readLayers(
  overrides: OverrideReader,
  { controller, handler, classOverride, methodOverride }: HandlerOverrides,
): (SourcedOptions | false)[] {
  const layers: (SourcedOptions | false)[] = [];
  if (classOverride !== undefined) {
    layers.push(overrides.read(`@Cors() on ${controller}`, 2, classOverride.written));
  }
  if (methodOverride !== undefined) {
    layers.push(overrides.read(`@Cors() on ${controller}.${handler}`, 3, methodOverride.written));
  }
  return layers;
}
