/** Header lines as they are on the wire, kept apart: two lines of one name stay two. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** A request as the browser would send it, without what every HTTP client adds (`Host`, …). */
export interface SentRequest {
  /** In upper case where the standard normalises it. */
  readonly method: string;
  /** Absolute, without a fragment. */
  readonly url: string;
  /** What the page sets, with `Accept` and what CORS adds. */
  readonly headers: HeaderLines;
  /** Whether the browser would attach cookies, client certificates and HTTP authentication. */
  readonly credentials: boolean;
}

/** What came back; redirects are not followed, bodies are not read. */
export interface ReceivedResponse {
  /** The status code; that of a redirect included. */
  readonly status: number;
  /** Every header line. */
  readonly headers: HeaderLines;
}

/** The network of a simulation. A rejection stands for a network error. */
export type Send = (request: SentRequest) => Promise<ReceivedResponse>;

/** A response, or why there is none. */
type Reply =
  | { readonly response: ReceivedResponse; readonly reason: null }
  | { readonly response: null; readonly reason: string };

/** Sends a request; whatever goes wrong on the way is a network error. */
export async function exchange(send: Send, request: SentRequest): Promise<Reply> {
  try {
    return { response: await send(request), reason: null };
  } catch (error) {
    return { response: null, reason: error instanceof Error ? error.message : String(error) };
  }
}
