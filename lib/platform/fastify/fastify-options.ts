import type { RouterSettings } from '../platform.js';

/** The options of Fastify's router that decide which route a request target gets. */
export interface FastifyRouterOptions {
  readonly caseSensitive?: boolean;
  readonly ignoreTrailingSlash?: boolean;
  readonly ignoreDuplicateSlashes?: boolean;
  readonly maxParamLength?: number;
  readonly allowUnsafeRegex?: boolean;
  readonly useSemicolonDelimiter?: boolean;
}

/** Their names. */
export const ROUTER_SETTINGS: readonly (keyof FastifyRouterOptions)[] = [
  'caseSensitive',
  'ignoreTrailingSlash',
  'ignoreDuplicateSlashes',
  'maxParamLength',
  'allowUnsafeRegex',
  'useSemicolonDelimiter',
];

/** The options of a Fastify instance, which only a symbol leads to. */
export function fastifyOptions(instance: object): Record<string, unknown> | undefined {
  return ownSymbol(instance, 'fastify.options') as Record<string, unknown> | undefined;
}

/** What an object keeps behind a symbol that is known by its description only. */
export function ownSymbol(target: object, description: string): unknown {
  const symbol = Object.getOwnPropertySymbols(target).find(
    (each) => each.description === description,
  );
  return symbol === undefined ? undefined : (target as Record<symbol, unknown>)[symbol];
}

/**
 * The options with which the application's own router was built. Fastify takes them at two places
 * (top level, `routerOptions`) and publishes only what was written; the merged ones lie behind a
 * symbol.
 */
export function fastifyRouterOptions(instance: object): FastifyRouterOptions {
  const merged = fastifyOptions(instance)?.['routerOptions'];
  if (typeof merged === 'object' && merged !== null) return merged;
  const { initialConfig } = instance as {
    initialConfig?: FastifyRouterOptions & { routerOptions?: FastifyRouterOptions };
  };
  return { ...initialConfig, ...initialConfig?.routerOptions };
}

/** The settings that are read of these options, as plain values. */
export function readRouterSettings(instance: object): RouterSettings {
  const options = fastifyRouterOptions(instance);
  return Object.fromEntries(
    ROUTER_SETTINGS.flatMap((name) => {
      const value = options[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
