import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { isSameOrigin } from '../platform/preflight-message.js';
import { decideResponse, prepareResponses } from '../policy/decide-response.js';
import type { CorsPolicy, CorsRequest } from '../policy/policy.js';

/** What the `cors` package, which socket.io answers with, is told of one request. */
export interface SocketCorsOptions {
  /** Sets `Access-Control-Allow-Origin`: the origin that asked, or `*`; `false` sets nothing. */
  readonly origin: string | false;
  /** Sets `Access-Control-Allow-Credentials`. */
  readonly credentials: boolean;
  /** Sets `Access-Control-Allow-Methods`: what long-polling needs. */
  readonly methods: string[];
  /** Sets `Access-Control-Max-Age`. Unit: seconds. */
  readonly maxAge: number;
  /** Sets `Access-Control-Expose-Headers`. */
  readonly exposedHeaders: string[];
  /** Sets `Access-Control-Allow-Headers`; absent: the names asked for. */
  readonly allowedHeaders?: string[];
}

/** Options of a socket.io server, as an adapter for `@WebSocketGateway()` passes them on. */
export interface CorsSocketOptions {
  /** Answers the requests of HTTP long-polling. */
  cors(
    request: IncomingMessage,
    callback: (error: Error | null, options?: SocketCorsOptions) => void,
  ): void;
  /** Refuses handshakes: browsers open a WebSocket to any origin, CORS or not. */
  allowRequest(
    request: IncomingMessage,
    callback: (error: string | null, success: boolean) => void,
  ): void;
}

/**
 * Lets a socket.io server follow a policy, also as it changes.
 *
 * @param policy the policy of the moment
 */
export function socketOptions(policy: () => CorsPolicy | false): CorsSocketOptions {
  const isAllowed = async (request: IncomingMessage): Promise<boolean> => {
    const described = describe(request);
    const decision = await decideResponse(
      prepareResponses(policy()),
      request.headers.origin,
      () => described,
    );
    return decision.outcome === 'allowed';
  };
  return {
    cors(request, callback) {
      void isAllowed(request).then((yes) => callback(null, optionsOf(policy(), yes, request)));
    },
    allowRequest(request, callback) {
      const { origin, host } = request.headers;
      // What is no browser sends none.
      const isOwn =
        origin === undefined || isSameOrigin(request.headers, protocolOf(request), host);
      if (isOwn) return callback(null, true);
      void isAllowed(request).then((yes) => callback(yes ? null : 'origin not allowed', yes));
    },
  };
}

function optionsOf(
  policy: CorsPolicy | false,
  isAllowed: boolean,
  { headers: { origin } }: IncomingMessage,
): SocketCorsOptions {
  const methods = ['GET', 'POST'];
  if (policy === false || !isAllowed) {
    return { origin: false, credentials: false, methods, maxAge: 0, exposedHeaders: [] };
  }
  const { credentials, maxAge, exposedHeaders, allowedHeaders } = policy;
  return {
    origin: policy.origin.kind === 'any' ? '*' : (origin ?? false),
    credentials,
    methods,
    maxAge,
    exposedHeaders: [...exposedHeaders],
    // The package answers with the names asked for by itself.
    ...(allowedHeaders !== 'requested' && { allowedHeaders: [...allowedHeaders] }),
  };
}

/** No platform reads this request, hence no trust-proxy setting holds. */
function describe(request: IncomingMessage): CorsRequest {
  const { origin = '', host = '' } = request.headers;
  return {
    origin,
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    hostname: host.replace(/:\d*$/, ''),
    protocol: protocolOf(request),
  };
}

function protocolOf({ socket }: IncomingMessage): string {
  return (socket as Partial<TLSSocket>).encrypted === true ? 'https' : 'http';
}
