import type { IncomingHttpHeaders } from 'node:http';
import { isSameOrigin, type RequestReader } from '../preflight-message.js';
import type { RadixPathTableOptions } from './fastify-path-table.js';

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
export function fastifyRouterOptions(instance: object): RadixPathTableOptions {
  const merged = fastifyOptions(instance)?.['routerOptions'];
  if (typeof merged === 'object' && merged !== null) return merged;
  const { initialConfig } = instance as {
    initialConfig?: RadixPathTableOptions & { routerOptions?: RadixPathTableOptions };
  };
  return { ...initialConfig, ...initialConfig?.routerOptions };
}

/** A request of Fastify's, as far as it is read here. */
export interface FastifyRequest {
  readonly method: string;
  readonly hostname: string;
  readonly host: string;
  readonly protocol: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: { readonly url?: string };
}

/** Reads Fastify's own requests: they honour its trust-proxy setting by themselves. */
export const fastifyRequestReader: RequestReader = {
  describe(source, requestedMethod) {
    const request = source as FastifyRequest;
    return {
      origin: request.headers.origin ?? '',
      method: requestedMethod ?? request.method,
      url: request.raw.url ?? '/',
      hostname: request.hostname,
      protocol: request.protocol,
    };
  },
  isSameOrigin(source) {
    const request = source as FastifyRequest;
    return isSameOrigin(request.headers, request.protocol, request.host);
  },
};
