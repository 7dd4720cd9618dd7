/** Header lines as they are on the wire, kept apart: two lines of one name stay two. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** A request as the browser would send it, without what every HTTP client adds (`Host`, …). */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderLines;
  /** Whether the browser would attach cookies, client certificates and HTTP authentication. */
  readonly credentials: boolean;
}

/** What came back; redirects are not followed, bodies are not read. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: HeaderLines;
}

/** The network of a simulation. A rejection stands for a network error. */
export type Send = (request: SentRequest) => Promise<ReceivedResponse>;
