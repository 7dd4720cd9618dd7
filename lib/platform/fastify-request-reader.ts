import type { IncomingHttpHeaders } from 'node:http';
import type { RequestReader } from './request-reader.js';
import { isSameOrigin } from './same-origin.js';

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
