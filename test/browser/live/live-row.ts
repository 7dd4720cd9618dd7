/**
 * Who calls: a page on the allowed origin, a page on another one, a sandboxed frame in the allowed
 * page, or a page of the API itself.
 */
export type Caller = 'page' | 'stranger' | 'sandbox' | 'api';

/** One call of a page, and what should become of it. */
export interface LiveCall {
  /**
   * What makes the call. An `upload` is an XMLHttpRequest whose upload is listened to; `timing`
   * is `fetch()`, read in the resource timing.
   *
   * @default 'fetch'
   */
  readonly by?: 'fetch' | 'event-source' | 'upload' | 'timing' | 'image' | 'module-script';
  /** @default 'GET' */
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** @default false */
  readonly credentials?: boolean;
  /** @default 'cors' */
  readonly mode?: 'cors' | 'no-cors';
  /** The status that the page reads, or that it sees nothing; for what has no status, that it loads. */
  readonly sees: number | 'blocked' | 'opaque' | 'loads';
  /** Response headers, as the page reads them. */
  readonly reads?: Readonly<Record<string, string | null>>;
  /** The body, or the data of the first event. */
  readonly gets?: string;
  /** Whether the page can read the details of the resource timing. */
  readonly timing?: boolean;
}

/** A row of the table: calls one after the other, and the requests that reach the servers. */
export interface LiveRow {
  readonly title: string;
  /** @default 'page' */
  readonly from?: Caller;
  readonly calls: readonly LiveCall[];
  /** Method and path, in order, with what is remarkable about each. */
  readonly sent: readonly string[];
  /** Whether a browser may take the other responses from its HTTP cache. WebKitGTK does not, the model has none. */
  readonly restFromCache?: boolean;
}
