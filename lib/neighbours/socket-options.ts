import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { isSameOrigin } from '../platform/request-facts.js';
import { decideResponse, prepareResponses } from '../policy/decide-response.js';
import type { CorsPolicy, CorsRequest } from '../policy/policy.js';

/** Options for one request, of the package `cors`, which socket.io uses. */
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

/** Options of a socket.io server, for an adapter of `@WebSocketGateway()` to pass on. */
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

/** The policy as it is at the moment. */
type CurrentPolicy = () => CorsPolicy | false;

/** Answers a request of HTTP long-polling. */
export function answerPolling(
  policy: CurrentPolicy,
  request: IncomingMessage,
  callback: Parameters<CorsSocketOptions['cors']>[1],
): void {
  void allows(policy, request).then((yes) => callback(null, optionsOf(policy(), yes, request)));
}

/** Admits a handshake, or refuses it. */
export function admitHandshake(
  policy: CurrentPolicy,
  request: IncomingMessage,
  callback: Parameters<CorsSocketOptions['allowRequest']>[1],
): void {
  const { origin, host } = request.headers;
  // Clients other than browsers send no `Origin`.
  const isOwn = origin === undefined || isSameOrigin(request.headers, protocolOf(request), host);
  if (isOwn) return callback(null, true);
  void allows(policy, request).then((yes) => callback(yes ? null : 'origin not allowed', yes));
}

async function allows(policy: CurrentPolicy, request: IncomingMessage): Promise<boolean> {
  const { origin } = request.headers;
  const facts = { origin, toCorsRequest: () => toCorsRequest(request) };
  const { outcome } = await decideResponse(prepareResponses(policy()), facts);
  return outcome === 'allowed';
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
    // By default the package answers with the names asked for.
    ...(allowedHeaders !== 'requested' && { allowedHeaders: [...allowedHeaders] }),
  };
}

/** No platform reads this request, so no trust-proxy setting applies. */
function toCorsRequest(request: IncomingMessage): CorsRequest {
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
