import type { ModulesContainer } from '@nestjs/core';
import { CORS_OVERRIDE, CORS_RUNTIME } from './cors.constants.js';
import {
  compileConfiguration,
  type CompiledConfiguration,
} from './options/compile-configuration.js';
import type { HandlerOverrides, WrittenOverride } from './options/read/effective-options.js';
import { isOptionsObject } from './options/read/read-policy-options.js';
import type { WrittenUpdates } from './options/read/read-root.js';
import {
  CorsConfigError,
  type CorsConfigIssue,
  issueOf,
} from './options/refusal/cors-config-error.js';
import type { CorsResolvers } from './resolver/resolvers.js';
import { controllerHandlers } from './routing/controller-routes.js';
import { PolicyRegistry } from './routing/policy-registry.js';

/** What `forRoot()`, every `@Cors(…)` and every update since say together. */
export class CorsConfiguration {
  readonly policies: PolicyRegistry;
  private readonly handlers: readonly HandlerOverrides[];
  private updates: WrittenUpdates = { global: {}, policies: new Map() };

  /** @throws CorsConfigError with every issue of every effective policy */
  constructor(
    private readonly options: unknown,
    modules: ModulesContainer,
    private readonly resolvers: CorsResolvers,
  ) {
    const issues = moduleIssues(options, modules);
    if (options === undefined) throw new CorsConfigError(issues);

    const handlers = controllerHandlers(modules);
    this.handlers = handlers.map(({ controller, handler, callback }) => ({
      controller: controller.name,
      handler,
      classOverride: overrideOf(controller),
      methodOverride: overrideOf(callback),
    }));
    const compiled = withIssues(issues, () => this.compile(this.updates));
    this.policies = new PolicyRegistry(handlers, compiled);
  }

  /**
   * Changes the global policy, or a named one, option by option, and swaps all policies at once.
   *
   * @throws CorsConfigError when anything is refused; nothing has changed then
   */
  update(name: string | undefined, written: unknown): void {
    const place = name === undefined ? 'CorsService.update()' : `CorsService.update('${name}')`;
    if (!isOptionsObject(written)) {
      const rule = {
        reason: 'update-wrong-type',
        rule: 'to be given an object of options',
        remedy: "Write what changes, such as `{ origin: ['https://app.example.com'] }`.",
      } as const;
      throw new CorsConfigError([issueOf(place, 'update()', written, rule)]);
    }
    const updates = added(this.updates, name, written);
    const compiled = this.compile(updates);
    this.resolvers.connect();
    this.updates = updates;
    this.policies.replace(compiled);
  }

  private compile(updates: WrittenUpdates): CompiledConfiguration {
    const { options, handlers, resolvers } = this;
    return compileConfiguration({ options, handlers, askers: resolvers, updates });
  }
}

function added(
  { global, policies }: WrittenUpdates,
  name: string | undefined,
  written: Readonly<Record<string, unknown>>,
): WrittenUpdates {
  if (name === undefined) return { global: { ...global, ...written }, policies };
  return { global, policies: new Map(policies).set(name, { ...policies.get(name), ...written }) };
}

/** One error for everything: what is known already, and what compiling finds. */
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

/** What `@Cors(…)` wrote on a class or method, if anything. */
function overrideOf(target: object): WrittenOverride | undefined {
  const metadata: unknown = Reflect.getMetadata(CORS_OVERRIDE, target);
  return metadata as WrittenOverride | undefined;
}

/** What is wrong with how `CorsModule` is imported, whatever its options say. */
function moduleIssues(options: unknown, modules: ModulesContainer): CorsConfigIssue[] {
  const imported = [...modules.values()].filter(({ providers }) => providers.has(CORS_RUNTIME));
  const issues: CorsConfigIssue[] = [];
  if (imported.length > 1) {
    issues.push({
      path: 'CorsModule',
      value: imported.length,
      reason: 'duplicate-module',
      message: `Expected one \`CorsModule.forRoot()\` in an application, got ${imported.length}: which one would hold for a request, nobody could tell. Keep the one of the root module; \`@Cors()\` and \`CorsService\` work everywhere without an import.`,
    });
  }
  if (options === undefined) {
    issues.push({
      path: 'CorsModule',
      value: options,
      reason: 'module-without-options',
      message:
        'Expected `CorsModule.forRoot(…)` or `CorsModule.forRootAsync(…)` among the imports, got `CorsModule` itself (or a factory that returned nothing). Import `CorsModule.forRoot({ origin: … })` in the root module; feature modules need no import.',
    });
  }
  return issues;
}
