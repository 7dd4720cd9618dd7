import type { Dialect } from '../dialect.js';
import type { FetchRequest } from '../request/fetch-request.js';
import { requestOrigin } from '../request/request-origin.js';
import { unsafeRequestHeaderNames } from '../request/unsafe-request-header-names.js';

/** What a CORS-preflight request asks of a server. */
export interface PreflightQuery {
  readonly url: string;
  readonly origin: string;
  readonly method: string;
  /** Lower-cased, sorted. */
  readonly unsafeNames: readonly string[];
  /** The request headers as the page wrote them, which Safari's message repeats. */
  readonly writtenNames: readonly string[];
  /** Whether the actual request will be credentialed; the CORS-preflight request never is. */
  readonly credentialed: boolean;
  readonly forced: boolean;
}

/** Reads the question off a request. */
export function preflightQuery(request: FetchRequest, dialect: Dialect): PreflightQuery {
  return {
    url: request.url.href,
    origin: requestOrigin(request),
    method: request.method,
    unsafeNames: unsafeRequestHeaderNames(request.headers, dialect),
    writtenNames: request.headers.map(([name]) => name),
    credentialed: request.credentials === 'include',
    forced: request.forcePreflight,
  };
}
