import type { AddressSpace } from '../http/address-space.js';
import type { HeaderLines, SentRequest } from '../http/http-exchange.js';
import { isSameOrigin } from '../http/urls.js';
import type { BrowserName } from '../simulation.js';

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
 * @inline
 * @see https://fetch.spec.whatwg.org/#concept-request-destination
 */
export type Destination = '' | 'audio' | 'font' | 'image' | 'script' | 'style' | 'track' | 'video';
/**
 * @inline
 * @see https://html.spec.whatwg.org/multipage/browsers.html#coep
 */
export type EmbedderPolicy = 'unsafe-none' | 'require-corp' | 'credentialless';

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
  /** What the response is for: an element, or `fetch()` where it is empty. */
  readonly destination: Destination;
  /** The page's Cross-Origin-Embedder-Policy. */
  readonly embedderPolicy: EmbedderPolicy;
  /** Where the page says that the server is; it holds up to the first redirect. */
  readonly targetSpace: AddressSpace | null;
  readonly credentials: CredentialsMode;
  /** The use-CORS-preflight flag: upload listeners of an XMLHttpRequest, streamed bodies. */
  readonly forcePreflight: boolean;
  /** Normalised. */
  readonly method: string;
  /** What the page set and may set; each name once. */
  readonly headers: HeaderLines;
  /** The same before any redirect: Safari's later preflights are about these. */
  readonly firstHeaders: HeaderLines;
  /** The current URL, without fragment. */
  readonly url: URL;
  /** The URLs before it: as many as there were redirects. */
  readonly visited: readonly URL[];
  /** The response tainting: once a request has been cross-origin, it stays so. */
  readonly tainting: 'basic' | 'cors' | 'opaque';
  /** Whether it has been preflighted: Safari then sends a preflight to every later URL. */
  readonly preflighted: boolean;
  /** Whether it began with `Origin`, whatever its URL: Safari keeps that within the page's origin. */
  readonly beganWithOrigin: boolean;
}

/** Whether the page shows what comes, and nothing else: browsers take http for https there. */
export function isDisplayed({ destination }: FetchRequest): boolean {
  return destination === 'image' || destination === 'audio' || destination === 'video';
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
export function actualRequest(request: FetchRequest, browser: BrowserName): SentRequest {
  const { method, headers, url } = request;
  const accept: HeaderLines = headers.some(([name]) => name.toLowerCase() === 'accept')
    ? []
    : [['Accept', '*/*']];
  const origin: HeaderLines = carriesOrigin(request, browser)
    ? [['Origin', requestOrigin(request)]]
    : [];
  return {
    method,
    url: url.href,
    headers: [...accept, ...headers, ...origin],
    credentials: isCredentialed(request),
  };
}

/**
 * A request of the page's own origin carries `Origin` as well, unless it only reads: an `Origin`
 * header does not make a CORS request.
 *
 * @see https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
function carriesOrigin(request: FetchRequest, browser: BrowserName): boolean {
  const { tainting, method, beganWithOrigin } = request;
  if (tainting === 'cors' || changes(method)) return true;
  return browser === 'safari' && tainting === 'basic' && beganWithOrigin;
}

/** Whether a method does more than read. */
export function changes(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** @see https://html.spec.whatwg.org/multipage/browsers.html#coep-credentialless */
function isCredentialed({
  credentials,
  tainting,
  embedderPolicy,
  pageOrigin,
  url,
}: FetchRequest): boolean {
  if (credentials === 'same-origin') return tainting === 'basic';
  if (credentials === 'omit') return false;
  return !(
    tainting === 'opaque' &&
    embedderPolicy === 'credentialless' &&
    !isSameOrigin(pageOrigin, url)
  );
}
