import {
  compileConfiguration,
  type CompiledConfiguration,
  type HandlerOverrides,
} from '../../../lib/options/compile-configuration.js';
import { CorsConfigError } from '../../../lib/options/cors-config-error.js';
import type { CorsConfigIssue } from '../../../lib/options/cors-config-issue.js';

/** Stands for a handler without `@Cors()` on its class, or on itself. */
export const NONE = Symbol('no @Cors()');

/** A handler of `OrdersController` with what `@Cors()` was given on the class and on the method. */
export function handlerOf(onClass: unknown, onMethod: unknown, handler = 'update') {
  return {
    controller: 'OrdersController',
    handler,
    classOverride: onClass === NONE ? undefined : { written: onClass },
    methodOverride: onMethod === NONE ? undefined : { written: onMethod },
  };
}

export function compile(
  options: unknown,
  ...handlers: readonly HandlerOverrides[]
): CompiledConfiguration {
  return compileConfiguration({ options, handlers, guard: (ask) => ask });
}

export function issuesOf(
  options: unknown,
  ...handlers: readonly HandlerOverrides[]
): readonly CorsConfigIssue[] {
  try {
    compile(options, ...handlers);
  } catch (error) {
    if (error instanceof CorsConfigError) return error.issues;
    throw error;
  }
  return [];
}

/** The issues without their messages. */
export function summaryOf(
  options: unknown,
  ...handlers: readonly HandlerOverrides[]
): readonly string[] {
  return issuesOf(options, ...handlers).map(({ path, reason }) => `${path} ${reason}`);
}
