import type { BrowserName, SimulateOptions } from '../browser/index.js';

/** What a page sets on its request. */
export interface CorsCallOptions {
  /** The headers that the page sets, as pairs or as an object. */
  readonly headers?: NonNullable<SimulateOptions['headers']>;
  /**
   * Whether it sends cookies: `credentials: 'include'` of `fetch()`.
   *
   * @default false
   */
  readonly credentials?: boolean;
  /**
   * The browser to emulate.
   *
   * @default 'chromium'
   */
  readonly browser?: BrowserName;
}

/** A request of a page. */
export interface CorsCall extends CorsCallOptions {
  readonly origin: string;
  readonly method: string;
  /** A path of the application, or a URL if its host matters. */
  readonly path: string;
}

/**
 * Why a browser blocks a request, in the words of this library's outcomes:
 *
 * - `origin-not-allowed`: `Access-Control-Allow-Origin` names another origin, or is missing while
 *   `Vary: Origin` says that other origins would get it.
 * - `cors-disabled`: neither is there, as under `@Cors(false)`, or where CORS is not installed.
 * - `method-not-allowed`, `header-not-allowed`: the origin may ask, but not with this method or
 *   this request header.
 * - `credentials-not-allowed`: the origin may ask, but not with credentials.
 * - `several-origins`: `Access-Control-Allow-Origin` is sent twice, or is a list.
 * - `preflight-failed`: the preflight was redirected, answered with a status outside
 *   200 to 299, or with lists that cannot be read.
 * - `redirect-failed`: browsers do not follow the redirect.
 * - `not-sent`: browsers do not send such a request at all.
 */
export type CorsBlockReason =
  | 'origin-not-allowed'
  | 'cors-disabled'
  | 'method-not-allowed'
  | 'header-not-allowed'
  | 'credentials-not-allowed'
  | 'several-origins'
  | 'preflight-failed'
  | 'redirect-failed'
  | 'not-sent';

/** What a test needs of an application: every `INestApplication` has it. */
export interface TestedApplication {
  /** Called before the first request; once more does no harm. */
  init(): Promise<unknown>;
  /** The server of `node:http` that gets the requests; it need not listen. */
  getHttpServer(): unknown;
  /** Shows whether the platform has to load plugins first. */
  getHttpAdapter(): {
    /** The application of Express or Fastify. */
    getInstance(): unknown;
  };
}
