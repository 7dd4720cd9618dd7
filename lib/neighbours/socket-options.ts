import type { IncomingMessage } from 'node:http';
import type { RequestFacts } from '../platform/request-facts.js';
import { decideResponse, prepareResponses } from '../policy/decide-response.js';
import type { CorsOutcome, CorsPolicy } from '../policy/policy.js';

/** Options for one request, of the package `cors`, which socket.io uses. */
export interface SocketCorsOptions {
  /** Sets `Access-Control-Allow-Origin`: the origin that asked; `false` sets nothing. */
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

/**
 * Options of a WebSocket server, for an adapter of `@WebSocketGateway()` to pass on: `cors` and
 * `allowRequest` to socket.io, `verifyClient` to `ws`.
 */
export interface CorsSocketOptions {
  /** Answers the requests of socket.io's HTTP long-polling. */
  cors(
    request: IncomingMessage,
    callback: (error: Error | null, options?: SocketCorsOptions) => void,
  ): void;
  /** Refuses handshakes of socket.io: browsers open a WebSocket to any origin, CORS or not. */
  allowRequest(
    request: IncomingMessage,
    callback: (error: string | null, success: boolean) => void,
  ): void;
  /** The same for a server of `ws`, and so for `WsAdapter`. */
  verifyClient(
    info: { readonly req: IncomingMessage },
    callback: (isAllowed: boolean, status?: number, message?: string) => void,
  ): void;
}

/** A handshake, or a request of long-polling. */
export type SocketRequest = IncomingMessage;

/** What a handshake is judged by. */
export interface SocketParts {
  /** The policy as it is at the moment. */
  readonly policy: () => CorsPolicy | false;
  /** The facts of a request, as the platform reads them. */
  readonly factsOf: (request: IncomingMessage) => RequestFacts | undefined;
  /** Hears of each handshake of another origin that is refused. */
  readonly onRefused: (facts: RequestFacts, outcome: CorsOutcome) => void;
  /** Hears of what is refused for a reason other than its origin. */
  readonly onProblem: (problem: SocketProblem, error?: unknown) => void;
}

/**
 * - `any-origin`: the policy allows every origin by now, which no handshake may.
 * - `cookies-removed`: a page was admitted without its visitor's cookies.
 * - `unreadable`: the request could not be read, or something in reading it threw.
 */
export type SocketProblem = 'any-origin' | 'cookies-removed' | 'unreadable';

/** What became of a handshake or a request of long-polling. */
type Admission = 'own' | 'allowed' | 'refused';

/** Answers a request of HTTP long-polling. */
export async function answerPolling(
  parts: SocketParts,
  request: IncomingMessage,
  callback: Parameters<CorsSocketOptions['cors']>[1],
): Promise<void> {
  const { admission } = await admit(parts, request);
  callback(null, optionsOf(parts.policy(), admission === 'allowed', request));
}

/** Whether a handshake is admitted; what it may not carry is taken off it. */
export async function admitsHandshake(
  parts: SocketParts,
  request: IncomingMessage,
): Promise<boolean> {
  const { admission, facts, outcome } = await admit(parts, request);
  if (admission === 'own') return true;
  if (admission === 'refused') {
    try {
      if (facts !== undefined && outcome !== undefined) parts.onRefused(facts, outcome);
    } catch (error) {
      parts.onProblem('unreadable', error);
    }
    return false;
  }
  // A WebSocket carries cookies whatever the page says, and a policy without credentials means none.
  const policy = parts.policy();
  if (policy !== false && !policy.credentials && request.headers.cookie !== undefined) {
    delete request.headers.cookie;
    parts.onProblem('cookies-removed');
  }
  return true;
}

/** Never throws or rejects: nobody would catch it, and the process would end. */
async function admit(
  { policy, factsOf, onProblem }: SocketParts,
  request: IncomingMessage,
): Promise<{ admission: Admission; facts?: RequestFacts; outcome?: CorsOutcome }> {
  try {
    // Clients other than browsers send no `Origin`.
    if (request.headers.origin === undefined) return { admission: 'own' };
    const facts = factsOf(request);
    if (facts === undefined) {
      onProblem('unreadable');
      return { admission: 'refused' };
    }
    if (facts.isSameOrigin()) return { admission: 'own' };
    const current = policy();
    if (current !== false && current.origin.kind === 'any') {
      onProblem('any-origin');
      return { admission: 'refused' };
    }
    const { outcome } = await decideResponse(prepareResponses(current), facts);
    return { admission: outcome === 'allowed' ? 'allowed' : 'refused', facts, outcome };
  } catch (error) {
    onProblem('unreadable', error);
    return { admission: 'refused' };
  }
}

function optionsOf(
  policy: CorsPolicy | false,
  isAllowed: boolean,
  { headers: { origin } }: IncomingMessage,
): SocketCorsOptions {
  const methods = ['GET', 'POST'];
  if (policy === false || !isAllowed || origin === undefined) {
    return { origin: false, credentials: false, methods, maxAge: 0, exposedHeaders: [] };
  }
  const { credentials, maxAge, exposedHeaders, allowedHeaders } = policy;
  return {
    origin,
    credentials,
    methods,
    maxAge,
    exposedHeaders: [...exposedHeaders],
    // By default the package answers with the names asked for.
    ...(allowedHeaders !== 'requested' && { allowedHeaders: [...allowedHeaders] }),
  };
}
