import type { IncomingHttpHeaders } from 'node:http';
import type { CorsRequest } from '../../policy/policy.js';
import { isSameOrigin, RequestFacts } from '../request-facts.js';
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

/** A request of Fastify's, as far as it is read here. */
export interface FastifyRequest {
  readonly method: string;
  readonly hostname: string;
  readonly host: string;
  readonly protocol: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: { readonly url?: string };
  readonly routeOptions?: { readonly handlerTimeout?: number };
  readonly signal?: AbortSignal;
}

/**
 * Whether Fastify's `handlerTimeout` is answering a request: its head is not written yet while an
 * `onSend` hook takes its time.
 */
export function hasTimedOut(request: FastifyRequest): boolean {
  // Without a limit, reading the signal would make one.
  if (!request.routeOptions?.handlerTimeout) return false;
  const reason: unknown = request.signal?.reason;
  return reason instanceof Error && 'code' in reason && reason.code === 'FST_ERR_HANDLER_TIMEOUT';
}

/** Fastify's own requests honour its trust-proxy setting. */
export class FastifyRequestFacts<
  Request extends FastifyRequest = FastifyRequest,
> extends RequestFacts<Request> {
  constructor(request: Request, method: string) {
    super(request, method, request.raw.url ?? '/', request.headers.origin);
  }

  toCorsRequest(): CorsRequest {
    const { method, target, origin = '' } = this;
    const { hostname, protocol } = this.rawRequest;
    return { origin, method, url: target, hostname, protocol };
  }

  override hostname(): string {
    return this.rawRequest.hostname;
  }

  isSameOrigin(): boolean {
    const { headers, protocol, host } = this.rawRequest;
    return isSameOrigin(headers, protocol, host);
  }
}
