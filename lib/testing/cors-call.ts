import type { Dialect } from '../browser/dialect.js';
import type { SimulateOptions } from '../browser/simulate-options.js';

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
   * Whose rules hold.
   *
   * @default 'chromium'
   */
  readonly browser?: Dialect;
}

/** A request of a page. */
export interface CorsCall extends CorsCallOptions {
  readonly origin: string;
  readonly method: string;
  /** A path of the application, or a URL if its host matters. */
  readonly path: string;
}
