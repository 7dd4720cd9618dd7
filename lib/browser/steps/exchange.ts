import type { ReceivedResponse, Send, SentRequest } from '../http-exchange.js';

/** A response, or why there is none. */
export type Reply =
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
