import type { LiveRow } from './live-row.js';
import { answerRows } from './rows/answer-rows.js';
import { cacheRows } from './rows/cache-rows.js';
import { credentialRows } from './rows/credential-rows.js';
import { eventRows } from './rows/event-rows.js';
import { redirectRows } from './rows/redirect-rows.js';
import { refusalRows } from './rows/refusal-rows.js';
import { requestRows } from './rows/request-rows.js';

/** The rows by what they are about, in the order in which they run: one cookie jar serves all. */
export function liveRows(): Readonly<Record<string, readonly LiveRow[]>> {
  return {
    Requests: requestRows(),
    Credentials: credentialRows(),
    Answers: answerRows(),
    Refusals: refusalRows(),
    Events: eventRows(),
    Redirects: redirectRows(),
    Caches: cacheRows(),
  };
}
