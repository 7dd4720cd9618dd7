import type { Blocked } from '../blocked.js';
import type { Browser } from '../browser.js';
import type { Failure } from '../failure.js';
import type { Fetched } from '../fetched.js';
import type { ReceivedResponse } from '../http-exchange.js';
import { preflightQuery } from '../preflight/preflight-query.js';
import { preflightReason } from '../preflight/preflight-reason.js';
import type { FetchRequest } from '../request/fetch-request.js';
import { admit } from './admit.js';
import { followRedirect } from './follow-redirect.js';
import { httpFetch } from './http-fetch.js';
import { isRedirect } from './is-redirect.js';
import { isRedirectStatus } from './redirect-status.js';

/**
 * Sends a request and follows its redirects, each one as a new request with a CORS-preflight
 * request of its own.
 *
 * @see https://fetch.spec.whatwg.org/#main-fetch
 */
export async function mainFetch(first: FetchRequest, browser: Browser): Promise<Fetched | Blocked> {
  const sent: FetchRequest[] = [];
  const end = await follow(first, browser, sent);
  if ('failure' in end) for (const request of sent) forget(request, browser);
  return end;
}

async function follow(
  first: FetchRequest,
  browser: Browser,
  sent: FetchRequest[],
): Promise<Fetched | Blocked> {
  let request = first;
  for (;;) {
    const admitted = admit(request, browser.journal);
    if ('check' in admitted) return notSent(request, admitted);
    if (admitted.url.protocol === 'data:') return { request: admitted, response: null };

    sent.push(admitted);
    // One hop after the other: a redirect is known only when it has come.
    // oxlint-disable-next-line no-await-in-loop
    const end = await httpFetch(admitted, browser);
    if ('failure' in end) return end;

    const { response } = end;
    const next = response === null ? null : redirected(admitted, response, browser);
    if (next === null) return end;
    if ('check' in next) {
      return { failure: next, at: 'redirect', request: admitted, status: response?.status ?? null };
    }
    request = next;
  }
}

function notSent(request: FetchRequest, failure: Failure): Blocked {
  return {
    failure,
    at: request.visited.length === 0 ? 'request' : 'redirect',
    request,
    status: null,
  };
}

/** Null when the response is for the page. */
function redirected(
  request: FetchRequest,
  response: ReceivedResponse,
  { dialect }: Browser,
): FetchRequest | Failure | null {
  if (request.redirect === 'follow') {
    return isRedirect(response, dialect) ? followRedirect(request, response) : null;
  }
  return request.redirect === 'error' && isRedirectStatus(response.status)
    ? { check: 'REDIRECT_MODE', details: { status: response.status } }
    : null;
}

/** @see https://fetch.spec.whatwg.org/#concept-cache-clear */
function forget(request: FetchRequest, { cache, dialect }: Browser): void {
  if (cache === undefined || request.tainting !== 'cors') return;
  const query = preflightQuery(request, dialect);
  if (preflightReason(query) !== null) cache.clear(query);
}
