import type { Dialect } from '../browser/index.js';

/** A request from a page, to be explained. */
export interface CorsQuestion {
  /** The origin of the page: `https://app.example.com`. */
  readonly origin: string;
  /** @default 'GET' */
  readonly method?: string;
  /** A path of this application, or a whole URL where the host name matters. */
  readonly url: string;
  /** The request headers that the page sets. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Whether the page asks for credentials: `credentials: 'include'`, `withCredentials`.
   *
   * @default false
   */
  readonly credentials?: boolean;
  /**
   * Whose words `message` is in.
   *
   * @default 'chromium'
   */
  readonly browser?: Dialect;
}
