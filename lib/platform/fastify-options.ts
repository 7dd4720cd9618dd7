import { ownSymbol } from './own-symbol.js';

/** The options of a Fastify instance, which only a symbol leads to. */
export function fastifyOptions(instance: object): Record<string, unknown> | undefined {
  return ownSymbol(instance, 'fastify.options') as Record<string, unknown> | undefined;
}
