import { fastifyOptions } from './fastify-options.js';
import type { RadixPathTableOptions } from '../routing/radix-path-table.js';

/**
 * The options with which the application's own router was built. Fastify takes them at two places
 * (top level, `routerOptions`) and publishes only what was written; the merged ones lie behind a
 * symbol.
 */
export function fastifyRouterOptions(instance: object): RadixPathTableOptions {
  const merged = fastifyOptions(instance)?.['routerOptions'];
  if (typeof merged === 'object' && merged !== null) return merged;
  const { initialConfig } = instance as {
    initialConfig?: RadixPathTableOptions & { routerOptions?: RadixPathTableOptions };
  };
  return { ...initialConfig, ...initialConfig?.routerOptions };
}
