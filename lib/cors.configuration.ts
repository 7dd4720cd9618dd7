import type { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { CORS_RUNTIME } from './cors.constants.js';
import { printOverride } from './cors.decorator.js';
import type { GivenOptions } from './cors.given-options.js';
import {
  compileConfiguration,
  compileInSteps,
  type KnownOrigins,
  noKnownOrigins,
  type WrittenConfiguration,
} from './options/compile-configuration.js';
import { loadOriginTools, type OriginTools } from './options/origin/origin-tools.js';
import type { HandlerOverrides, Override } from './options/read/effective-options.js';
import type { Updates } from './options/read/read-root.js';
import { isPlainObject, Snapshot, type Written } from './options/read/snapshot.js';
import {
  CorsConfigError,
  type CorsConfigIssue,
  issueOf,
} from './options/refusal/cors-config-error.js';
import { inSlices } from './options/steps.js';
import type { CorsResolvers } from './resolver/resolvers.js';
import { type ControllerHandler, controllerHandlers } from './routing/controller-routes.js';
import {
  allWritten,
  type KnownMembers,
  readClassOverride,
  readMethodOverride,
  type WrittenOverride,
} from './routing/override-metadata.js';
import { PolicyRegistry, prepareGenerations } from './routing/policy-registry.js';

/** Logs warnings about what is written: each sentence once, as long as it holds. */
class ConfigurationLog {
  private logged: ReadonlySet<string> = new Set();

  constructor(private readonly warn: (message: string) => void) {}

  replace(warnings: readonly string[]): void {
    for (const warning of warnings) {
      if (!this.logged.has(warning)) this.warn(warning);
    }
    this.logged = new Set(warnings);
  }
}

/** Everything that `forRoot()`, each `@Cors(…)` and each update since declare, compiled. */
export class CorsConfiguration {
  private updates: Updates = { global: {}, policies: new Map() };
  /** Settles once every update so far has: they are applied in the order in which they came. */
  private updated: Promise<void> = Promise.resolve();

  private constructor(
    private readonly declared: Pick<WrittenConfiguration, 'options' | 'source' | 'handlers'>,
    private readonly resolvers: CorsResolvers,
    private tools: OriginTools,
    /** With these tools. */
    private known: KnownOrigins,
    private readonly log: ConfigurationLog,
    readonly policies: PolicyRegistry,
    /** As `forRoot()` has it. */
    readonly diagnostics: boolean | undefined,
  ) {}

  /**
   * Reads and compiles the configuration of an application.
   *
   * @throws CorsConfigError (the promise rejects) with every issue of every effective policy
   */
  static async create(
    given: GivenOptions | undefined,
    modules: ModulesContainer,
    scanner: MetadataScanner,
    resolvers: CorsResolvers,
    warn: (message: string) => void,
  ): Promise<CorsConfiguration> {
    const controllers = controllerHandlers(modules, scanner);
    const written = writtenOverrides(controllers);
    const issues = [...moduleIssues(given, modules), ...overrideIssues(controllers, written)];
    if (given === undefined || given.issue !== undefined) throw new CorsConfigError(issues);

    const { source } = given;
    const snapshot = new Snapshot();
    const options = snapshot.of(given.options);
    const handlers = overridesOf(controllers, written, snapshot);
    const tools = await loadOriginTools([options, ...overridesIn(handlers)]);
    const known = noKnownOrigins();
    const compiled = withIssues(issues, () =>
      compileConfiguration({ options, source, handlers, resolvers, tools, known }),
    );
    const policies = new PolicyRegistry(controllers, compiled);
    const declared = { options, source, handlers };
    const log = new ConfigurationLog(warn);
    log.replace(compiled.warnings);
    const { diagnostics } = compiled;
    return new CorsConfiguration(declared, resolvers, tools, known, log, policies, diagnostics);
  }

  /**
   * Changes the global policy, or a named one, option by option, and swaps all policies at once. While
   * the new ones are compiled, in slices, requests get the old ones.
   *
   * @throws CorsConfigError (the promise rejects) when anything is refused; then nothing has changed
   */
  async update(name: string | undefined, written: unknown): Promise<void> {
    const options = readUpdate(name, written);
    const update = this.updated.then(() => this.apply(name, options));
    this.updated = update.catch(() => undefined);
    await update;
  }

  private async apply(name: string | undefined, options: Written): Promise<void> {
    const { declared, resolvers } = this;
    const tools = await loadOriginTools(options, this.tools);
    const known = tools === this.tools ? this.known : noKnownOrigins();
    const updates = added(this.updates, name, options);
    const written = { ...declared, resolvers, tools, known, updates };
    const compiled = await inSlices(compileInSteps(written));
    const generations = await inSlices(prepareGenerations(compiled));
    resolvers.connect();
    this.tools = tools;
    this.known = known;
    this.updates = updates;
    this.log.replace(compiled.warnings);
    this.policies.replace(compiled, generations);
  }
}

/** A copy: what was given may change while an earlier update is applied. */
function readUpdate(name: string | undefined, written: unknown): Written {
  const copy = new Snapshot().of(written);
  if (isPlainObject(copy)) return copy;
  const declaredAt = name === undefined ? 'CorsService.update()' : `CorsService.update('${name}')`;
  throw new CorsConfigError([
    issueOf(declaredAt, 'update()', written, {
      reason: 'update-wrong-type',
      rule: 'to be given a plain object of options',
      remedy: "Write what changes, such as `{ origin: ['https://app.example.com'] }`.",
    }),
  ]);
}

function added({ global, policies }: Updates, name: string | undefined, options: Written): Updates {
  if (name === undefined) return { global: { ...global, ...options }, policies };
  return { global, policies: new Map(policies).set(name, { ...policies.get(name), ...options }) };
}

/** One error for everything: the issues known already, and those that compiling finds. */
function withIssues<T>(issues: readonly CorsConfigIssue[], compile: () => T): T {
  let compiled: T;
  try {
    compiled = compile();
  } catch (error) {
    if (!(error instanceof CorsConfigError)) throw error;
    throw issues.length === 0 ? error : new CorsConfigError([...issues, ...error.issues]);
  }
  if (issues.length > 0) throw new CorsConfigError(issues);
  return compiled;
}

/** What each class and method was given: reading metadata takes longer than all else that is done with it. */
interface WrittenOverrides {
  readonly ofClasses: ReadonlyMap<Function, WrittenOverride | undefined>;
  /** In the order of the handlers. */
  readonly ofMethods: readonly (WrittenOverride | undefined)[];
}

function writtenOverrides(handlers: readonly ControllerHandler[]): WrittenOverrides {
  const ofClasses = new Map<Function, WrittenOverride | undefined>();
  for (const { controller } of handlers) {
    if (!ofClasses.has(controller)) ofClasses.set(controller, readClassOverride(controller));
  }
  const known: KnownMembers = new Map();
  const ofMethods = handlers.map(({ controller, handler }) =>
    readMethodOverride(controller, handler, known),
  );
  return { ofClasses, ofMethods };
}

function overridesOf(
  handlers: readonly ControllerHandler[],
  { ofClasses, ofMethods }: WrittenOverrides,
  snapshot: Snapshot,
): HandlerOverrides[] {
  const snapshotOf = (override: WrittenOverride | undefined): Override | undefined =>
    override && { written: snapshot.of(override.written) };
  const classes = new Map(
    Array.from(ofClasses, ([controller, override]) => [controller, snapshotOf(override)]),
  );
  return handlers.map(({ controller, handler }, index) => ({
    controller: controller.name,
    handler,
    classOverride: classes.get(controller),
    methodOverride: snapshotOf(ofMethods[index]),
  }));
}

/** What `@Cors()` was given, wherever it is written. */
function overridesIn(handlers: readonly HandlerOverrides[]): Set<unknown> {
  const overrides = new Set<unknown>();
  for (const { classOverride, methodOverride } of handlers) {
    if (classOverride !== undefined) overrides.add(classOverride.written);
    if (methodOverride !== undefined) overrides.add(methodOverride.written);
  }
  return overrides;
}

/** Two `@Cors()` on one class or method: only one could apply, and nobody would see which. */
function overrideIssues(
  handlers: readonly ControllerHandler[],
  { ofClasses, ofMethods }: WrittenOverrides,
): CorsConfigIssue[] {
  // Whatever several classes inherit is one place.
  const issues = new Map<object, CorsConfigIssue>();
  handlers.forEach(({ controller, handler, callback }, index) => {
    const ofClass = allWritten(ofClasses.get(controller));
    const ofMethod = allWritten(ofMethods[index]);
    if (ofClass.length > 1) issues.set(controller, writtenTwice(controller.name, ofClass));
    if (ofMethod.length > 1) {
      issues.set(callback, writtenTwice(`${controller.name}.${handler}`, ofMethod));
    }
  });
  return [...issues.values()];
}

/** @param written those nearest to the target first, as decorators are applied */
function writtenTwice(place: string, written: readonly unknown[]): CorsConfigIssue {
  const [last = '', ...others] = written.map((one) => `\`${printOverride(one)}\``);
  const got = `${others.toReversed().join(', ')} and ${last}`;
  return {
    path: `@Cors() on ${place}`,
    value: written.length,
    reason: 'override-twice',
    message: `Expected one \`@Cors()\` on \`${place}\`, got ${got}: only one could apply. Write one with the options of both; a decorator of \`applyDecorators()\` may contain one as well.`,
  };
}

/** What is wrong with how `CorsModule` is imported, whatever its options say. */
function moduleIssues(
  given: GivenOptions | undefined,
  modules: ModulesContainer,
): CorsConfigIssue[] {
  const imported = [...modules.values()].filter(({ providers }) => providers.has(CORS_RUNTIME));
  const issues: CorsConfigIssue[] = [];
  if (imported.length > 1) {
    issues.push({
      path: 'CorsModule',
      value: imported.length,
      reason: 'duplicate-module',
      message: `Expected one \`CorsModule.forRoot()\` in an application, got ${imported.length}: it would be unclear which one applies. Keep the one of the root module; \`@Cors()\` and \`CorsService\` work everywhere without an import.`,
    });
  } else if (imported.some((one) => isLoadedLater(one, modules))) {
    issues.push({
      path: 'CorsModule',
      value: 'LazyModuleLoader',
      reason: 'module-lazy',
      message:
        'Expected `CorsModule.forRoot()` among the imports of the root module, got it in a module that `LazyModuleLoader` has loaded: the routes are registered by then, and `@Cors()` on them would have no effect. Import it in the root module; lazy modules need no import.',
    });
  }
  if (given?.issue !== undefined) issues.push(given.issue);
  if (given === undefined) {
    issues.push({
      path: 'CorsModule',
      value: given,
      reason: 'module-without-options',
      message:
        'Expected `CorsModule.forRoot(…)` or `CorsModule.forRootAsync(…)` among the imports, got `CorsModule` itself. Import `CorsModule.forRoot({ origin: … })` in the root module; feature modules need no import.',
    });
  }
  return issues;
}

/**
 * Nest gives a global module to all others once it has scanned them, before it makes any instance. The
 * root module does not get one that is loaded later.
 */
function isLoadedLater(imported: ImportedModule, modules: ModulesContainer): boolean {
  // The first one is Nest's own.
  const [, root] = modules.values();
  return (
    root !== undefined && root !== imported && imported.isGlobal && !root.imports.has(imported)
  );
}

type ImportedModule = NonNullable<ReturnType<ModulesContainer['get']>>;
