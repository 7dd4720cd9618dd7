import type { DecisionObserver } from './request-facts.js';

/** A response, as far as it shows whether anybody has responded. */
export interface LateResponse {
  readonly headersSent: boolean;
  destroy(): unknown;
}

/**
 * Goes on with a request whose decision took its time. Where someone else has responded meanwhile (a
 * time-out, a listener of the server) that stands, and nothing is written again.
 *
 * What is thrown here has nobody left to catch it and would end the process, so the connection is
 * closed instead.
 */
export function serveLate(
  response: LateResponse,
  observer: DecisionObserver,
  serve: () => unknown,
): void {
  if (response.headersSent) return;
  try {
    serve();
  } catch (error) {
    observer.servingFailed(error);
    response.destroy();
  }
}
