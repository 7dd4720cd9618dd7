import type { IncomingHttpHeaders } from 'node:http';
import type { CorsRequest } from '../../policy/policy.js';
import { isSameOrigin, RequestFacts } from '../request-facts.js';

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
