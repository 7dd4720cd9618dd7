import type { IncomingHttpHeaders } from 'node:http';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { CorsRequest } from '../policy/policy.js';

/** The parts of a CORS-preflight request that decide, as the platform hands them over. */
export interface PreflightMessage {
  readonly origin: string;
  readonly method: string;
  readonly headers: string | undefined;
  readonly target: string;
  readonly source: unknown;
  readonly reader: RequestReader;
}

/** A request as far as it may be a CORS-preflight request. */
interface MaybePreflight {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Reads a CORS-preflight request; undefined: it is another request. */
export function preflightMessage(
  request: MaybePreflight,
  target: string | undefined,
  source: unknown,
  reader: RequestReader,
): PreflightMessage | undefined {
  if (request.method !== 'OPTIONS') return undefined;
  const { headers } = request;
  const { origin } = headers;
  const method = headers['access-control-request-method'];
  if (origin === undefined || method === undefined) return undefined;
  return {
    origin,
    method,
    headers: headers['access-control-request-headers'],
    target: target ?? '/',
    source,
    reader,
  };
}

/** A response as far as a preflight is answered on it. */
interface Answerable {
  writeHead(status: number, headers: string[]): unknown;
  end(): unknown;
}

/**
 * Answers as soon as it is decided: one write of a head that is ready, no header set before, and no
 * body.
 */
export function answerPreflight(
  response: Answerable,
  decision: PreflightDecision | Promise<PreflightDecision>,
): void | Promise<void> {
  if (decision instanceof Promise) return decision.then((late) => answerPreflight(response, late));
  response.writeHead(decision.status, decision.headers as string[]);
  response.end();
}

/** Reads a platform's request, and only when asked: most requests need none of this. */
export interface RequestReader {
  /** @param requestedMethod in a CORS-preflight request, the method that it asks about */
  describe(source: unknown, requestedMethod?: string): CorsRequest;
  /** Whether the page that sent the request is of this application's own origin. */
  isSameOrigin(source: unknown): boolean;
}

/**
 * Whether a request with `Origin` comes from the application's own origin: browsers send the header
 * on their same-origin POST, PUT, PATCH and DELETE requests as well.
 *
 * @param protocol `http` or `https`, as the platform reads it (trust-proxy setting honoured)
 * @param host name and port, as the platform reads them
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function isSameOrigin(
  headers: IncomingHttpHeaders,
  protocol: string,
  host: string | undefined,
): boolean {
  const site = headers['sec-fetch-site'];
  // `none`: no page sent it, but the user, from a bookmark or by hand.
  if (typeof site === 'string') return site === 'same-origin' || site === 'none';
  return host !== undefined && headers.origin === `${protocol}://${host.toLowerCase()}`;
}
