import {
  compileConfiguration,
  type CompiledConfiguration,
} from '../../../lib/options/compile-configuration.js';
import type { ResolverFactory } from '../../../lib/options/origin/compile-origin.js';
import { RegExpTools } from '../../../lib/options/language/regexp-origins.js';
import type { OriginTools } from '../../../lib/options/origin/origin-tools.js';
import { PUBLIC_SUFFIXES } from '../../../lib/options/origin/public-suffix.js';
import type { HandlerOverrides } from '../../../lib/options/read/effective-options.js';
import {
  CorsConfigError,
  type CorsConfigIssue,
} from '../../../lib/options/refusal/cors-config-error.js';
import type { CorsPolicy } from '../../../lib/policy/policy.js';

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

/** Calls functions as they are; no class says yes, none is refused. */
export const RESOLVERS: ResolverFactory = {
  fromFunction: (ask) => ask,
  fromClass: () => () => false,
  reasonAgainst: () => undefined,
};

/** Loaded at once, so that tests can compile without waiting. */
export const TOOLS: OriginTools = {
  suffixes: PUBLIC_SUFFIXES,
  regexps: new RegExpTools(),
};

/** The policies of handlers alone in `policies`; the global one, which is not off, in `global`. */
export function compile(
  options: unknown,
  ...handlers: readonly HandlerOverrides[]
): Omit<CompiledConfiguration, 'policies'> & {
  global: CorsPolicy;
  policies: readonly (CorsPolicy | false)[];
} {
  const compiled = compileConfiguration({
    options,
    handlers,
    resolvers: RESOLVERS,
    tools: TOOLS,
  });
  const policies = compiled.policies.slice(1, handlers.length + 1);
  const global = compiled.policies[0]?.policy;
  if (!global) throw new Error('CORS is off.');
  return { ...compiled, global, policies: policies.map(({ policy }) => policy) };
}

export function issuesOf(
  options: unknown,
  ...handlers: readonly HandlerOverrides[]
): readonly CorsConfigIssue[] {
  return issuesIn(() => compile(options, ...handlers));
}

/** What is refused as it runs. */
export function issuesIn(run: () => unknown): readonly CorsConfigIssue[] {
  try {
    run();
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
