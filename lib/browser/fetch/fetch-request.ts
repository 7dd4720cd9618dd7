import type { HeaderLines, SentRequest } from '../http/http-exchange.js';

/**
 * @inline
 * @see https://fetch.spec.whatwg.org/#concept-request-credentials-mode
 */
export type CredentialsMode = 'omit' | 'same-origin' | 'include';
/**
 * @inline
 * @see https://fetch.spec.whatwg.org/#concept-request-mode
 */
export type RequestMode = 'cors' | 'no-cors' | 'same-origin';
/**
 * @inline
 * @see https://fetch.spec.whatwg.org/#concept-request-redirect-mode
 */
export type RedirectMode = 'follow' | 'error' | 'manual';

/**
 * A request on its way, as the standard models it; each redirect makes a new one.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request
 */
export interface FetchRequest {
  /** The serialised origin of the page; `null` when opaque. */
  readonly pageOrigin: string;
  readonly mode: RequestMode;
  readonly redirect: RedirectMode;
  readonly credentials: CredentialsMode;
  /** The use-CORS-preflight flag: upload listeners of an XMLHttpRequest, streamed bodies. */
  readonly forcePreflight: boolean;
  /** Normalised. */
  readonly method: string;
  /** What the page set and may set; each name once. */
  readonly headers: HeaderLines;
  /** The current URL, without fragment. */
  readonly url: URL;
  /** The URLs before it: as many as there were redirects. */
  readonly visited: readonly URL[];
  /** The response tainting: once a request has been cross-origin, it stays so. */
  readonly tainting: 'basic' | 'cors' | 'opaque';
}

/**
 * The `Origin` that a request carries: `null` once another origin has redirected it to a third,
 * or back, since it is no longer clear who sent it.
 *
 * @see https://fetch.spec.whatwg.org/#serializing-a-request-origin
 */
export function requestOrigin(request: FetchRequest): string {
  let last: URL | undefined;
  for (const url of [...request.visited, request.url]) {
    if (last !== undefined && url.origin !== last.origin && last.origin !== request.pageOrigin) {
      return 'null';
    }
    last = url;
  }
  return request.pageOrigin;
}

/** The request itself, as it goes out. */
export function actualRequest(request: FetchRequest): SentRequest {
  const { method, headers, credentials, tainting, url } = request;
  const accept: HeaderLines = headers.some(([name]) => name.toLowerCase() === 'accept')
    ? []
    : [['Accept', '*/*']];
  const origin: HeaderLines = carriesOrigin(request) ? [['Origin', requestOrigin(request)]] : [];
  return {
    method,
    url: url.href,
    headers: [...accept, ...headers, ...origin],
    credentials:
      credentials === 'include' || (credentials === 'same-origin' && tainting === 'basic'),
  };
}

/**
 * A request of the page's own origin carries `Origin` as well, unless it only reads: an `Origin`
 * header does not make a CORS request.
 *
 * @see https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
function carriesOrigin({ tainting, method }: FetchRequest): boolean {
  return tainting === 'cors' || (method !== 'GET' && method !== 'HEAD');
}
