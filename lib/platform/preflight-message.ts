import type { IncomingHttpHeaders } from 'node:http';
import type { RequestReader } from './request-reader.js';

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
