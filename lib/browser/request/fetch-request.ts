import type { HeaderLines } from '../http-exchange.js';

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
 * A request on its way, as the standard holds it; each redirect makes a new one.
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
