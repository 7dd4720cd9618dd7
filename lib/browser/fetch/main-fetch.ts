import { hasHttpScheme, isBadPort, isSameOrigin } from '../http/urls.js';
import type { Failure } from '../simulation.js';
import type { FetchRequest } from './fetch-request.js';
import { redirected, refusedBySafari } from './follow-redirect.js';
import { httpFetch } from './http-fetch.js';
import { localNetworkAccess } from './local-network-access.js';
import { settleMixedContent } from './mixed-content.js';
import { preflightQuery, preflightReason } from './preflight-query.js';
import type { Blocked, FetchResult, UserAgent } from './user-agent.js';

/**
 * Sends a request and follows its redirects, each one as a new request with a preflight of its own.
 *
 * @see https://fetch.spec.whatwg.org/#main-fetch
 */
export async function mainFetch(first: FetchRequest, userAgent: UserAgent): Promise<FetchResult> {
  const sent: FetchRequest[] = [];
  const end = await follow(first, userAgent, sent);
  if (end.failure !== null) for (const request of sent) forget(request, userAgent);
  return end;
}

async function follow(
  first: FetchRequest,
  userAgent: UserAgent,
  sent: FetchRequest[],
): Promise<FetchResult> {
  const { browser } = userAgent;
  let request = first;
  let refused: Blocked | null = null;
  for (;;) {
    // One hop after the other: a redirect is only known once it has come.
    // oxlint-disable-next-line no-await-in-loop
    const admitted = await admit(request, userAgent);
    if ('check' in admitted) return notSent(request, admitted);
    if (admitted.url.protocol === 'data:') {
      return { failure: null, request: admitted, response: null };
    }

    sent.push(admitted);
    // oxlint-disable-next-line no-await-in-loop
    const end = await httpFetch(admitted, userAgent, refused);
    if (end.failure !== null) return end;

    const { response } = end;
    if (response === null) return end;
    const next = redirected(end.request, response, browser);
    if (next === null) return end;
    if ('check' in next) return onRedirect(end.request, response.status, next);
    const failure = refusedBySafari(end.request, response, browser);
    refused = failure === null ? null : onRedirect(end.request, response.status, failure);
    request = next;
  }
}

function onRedirect(request: FetchRequest, status: number, failure: Failure): Blocked {
  return { failure, at: 'redirect', request, status };
}

function notSent(request: FetchRequest, failure: Failure): Blocked {
  return {
    failure,
    at: request.visited.length === 0 ? 'request' : 'redirect',
    request,
    status: null,
  };
}

/** @see https://fetch.spec.whatwg.org/#concept-cache-clear */
function forget(request: FetchRequest, { cache, browser }: UserAgent): void {
  if (cache === undefined || request.tainting !== 'cors') return;
  const query = preflightQuery(request, browser);
  if (preflightReason(query) !== null) cache.clear(query);
}

/**
 * Decides, before anything is sent, under which rules a request goes out: the request with its
 * response tainting, or why it does not go out at all.
 *
 * @see https://fetch.spec.whatwg.org/#main-fetch
 */
async function admit(request: FetchRequest, userAgent: UserAgent): Promise<FetchRequest | Failure> {
  if (isBadPort(request.url)) return { check: 'BAD_PORT', details: { value: request.url.port } };
  const settled = settleMixedContent(request, userAgent);
  if ('check' in settled) return settled;
  const admitted = taint(settled);
  if ('check' in admitted || !hasHttpScheme(admitted.url)) return admitted;
  return (await localNetworkAccess(admitted, userAgent)) ?? admitted;
}

function taint(request: FetchRequest): FetchRequest | Failure {
  const { pageOrigin, url, mode } = request;
  if (request.tainting === 'basic' && isSameOrigin(pageOrigin, url)) return request;
  if (url.protocol === 'data:') return request;
  if (mode === 'same-origin') return { check: 'MODE', details: {} };
  if (mode === 'no-cors') return admitNoCors(request);
  if (!hasHttpScheme(url)) return { check: 'SCHEME', details: { value: url.protocol } };
  return { ...request, tainting: 'cors' };
}

function admitNoCors(request: FetchRequest): FetchRequest | Failure {
  return request.redirect === 'follow'
    ? { ...request, tainting: 'opaque' }
    : {
        check: 'INVALID_REQUEST',
        details: {
          reason:
            "across origins, `mode: 'no-cors'` can only be combined with `redirect: 'follow'`",
        },
      };
}
