import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { RequestReader } from './request-reader.js';
import { isSameOrigin } from './same-origin.js';

/** A request as `app.handle` gets it: before Express has made it its own. */
export type ExpressRequest = IncomingMessage & { url: string; originalUrl?: string };

/** The part of Express's request that honours its trust-proxy setting. */
interface ProxyAware {
  headers: IncomingHttpHeaders;
  socket: unknown;
  connection: unknown;
  readonly hostname?: string;
  readonly host?: string;
  readonly protocol: string;
}

/**
 * Express gives the request its own prototype only after the request hook, so a stand-in asks that
 * prototype for host and protocol.
 */
export function expressRequestReader(app: { readonly request: object }): RequestReader {
  const standInFor = ({ headers, socket }: ExpressRequest): ProxyAware => {
    const standIn = Object.create(app.request) as ProxyAware;
    standIn.headers = headers;
    standIn.socket = socket;
    standIn.connection = socket;
    return standIn;
  };

  return {
    describe(source, requestedMethod) {
      const request = source as ExpressRequest;
      const { hostname = '', protocol } = standInFor(request);
      return {
        origin: request.headers.origin ?? '',
        method: requestedMethod ?? request.method ?? 'GET',
        url: request.originalUrl ?? request.url,
        hostname,
        protocol,
      };
    },
    isSameOrigin(source) {
      const request = source as ExpressRequest;
      const { host, protocol } = standInFor(request);
      return isSameOrigin(request.headers, protocol, host);
    },
  };
}
