import type { Logger } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { CORS_OVERRIDE } from './cors.constants.js';
import { moduleIssues } from './cors.module-issues.js';
import { compileConfiguration, type WrittenOverride } from './options/compile-configuration.js';
import { CorsConfigError } from './options/cors-config-error.js';
import type { CorsConfigIssue } from './options/cors-config-issue.js';
import { failureLog } from './resolver/failure-log.js';
import { guardOriginFunction } from './resolver/guard-origin-function.js';
import { controllerHandlers } from './routing/controller-handlers.js';
import { PolicyRegistry } from './routing/policy-registry.js';

/**
 * The effective policy of every handler: what `forRoot()` and every `@Cors(…)` say together.
 *
 * @throws CorsConfigError with every issue
 */
export function compileOverrides(
  options: unknown,
  modules: ModulesContainer,
  logger: Logger,
): PolicyRegistry {
  const issues = moduleIssues(options, modules);
  if (options === undefined) throw new CorsConfigError(issues);

  const handlers = controllerHandlers(modules);
  const logFailure = failureLog((message, stack) => logger.error(message, stack));
  const compile = () =>
    compileConfiguration({
      options,
      handlers: handlers.map(({ controller, handler, callback }) => ({
        controller: controller.name,
        handler,
        classOverride: overrideOf(controller),
        methodOverride: overrideOf(callback),
      })),
      guard: (decide) => guardOriginFunction(decide, logFailure),
    });
  return new PolicyRegistry(handlers, withIssues(issues, compile));
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
