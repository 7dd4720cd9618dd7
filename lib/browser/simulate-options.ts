import type { CredentialsMode, RedirectMode, RequestMode } from './fetch/fetch-request.js';
import type { PreflightCache } from './fetch/preflight-cache.js';
import type { HeaderLines, Send } from './http/http-exchange.js';
import type { Dialect } from './simulation.js';

/** What a page does, and in which browser: the arguments of `fetch()`, and a network. */
export interface SimulateOptions {
  /** The serialised origin of the page, such as `https://app.example.com`; `null` when opaque. */
  readonly pageOrigin: string;
  /** Absolute, or relative to the page's origin. */
  readonly url: string;
  /** @default 'GET' */
  readonly method?: string;
  /** The headers that the page sets, as pairs or as an object; an array is several values. */
  readonly headers?: HeaderLines | Readonly<Record<string, string | readonly string[]>>;
  /**
   * The credentials mode; `true` and `false` are `withCredentials` of an XMLHttpRequest.
   *
   * @default 'same-origin'
   */
  readonly credentials?: CredentialsMode | boolean;
  /** @default 'cors' */
  readonly mode?: RequestMode;
  /** @default 'follow' */
  readonly redirect?: RedirectMode;
  /** @default 'chromium' */
  readonly dialect?: Dialect;
  /** Sends one request and follows no redirect. A rejection stands for a network error. */
  readonly send: Send;
  /**
   * Whether a CORS-preflight request is due in any case, as with upload listeners on an
   * XMLHttpRequest and with streamed bodies.
   *
   * @default false
   */
  readonly forcePreflight?: boolean;
  /** Shared between calls, it lets later ones skip the CORS-preflight request. */
  readonly preflightCache?: PreflightCache;
}
