/** What a server must be told: what is not said stays as it is. */
export interface Setting {
  readonly origin?: string;
  readonly credentials?: boolean;
  /** All methods to allow, also those that are allowed already. */
  readonly methods?: readonly string[];
  /** All request headers to allow, also those that are allowed already. */
  readonly allowedHeaders?: readonly string[];
  /** The answer does not speak of CORS at all: not even `Vary` says that others would get more. */
  readonly silent?: boolean;
  /**
   * What a CORS-preflight request asked that got no CORS headers at all: of use where a server
   * allows nothing by itself.
   */
  readonly unanswered?: Unanswered;
}

/** The question of a CORS-preflight request. */
export interface Unanswered {
  readonly method: string;
  readonly headers: readonly string[];
}
