import { HeaderList } from '../http/header-list.js';
import type { HeaderLines, ReceivedResponse } from '../http/http-exchange.js';
import { isRedirect, isRedirectStatus, locationUrl } from '../http/redirects.js';
import { hasHttpScheme, isBadPort, isMixedContent, isSameOrigin } from '../http/urls.js';
import type { Failure } from '../simulation.js';
import type { FetchRequest } from './fetch-request.js';
import { httpFetch } from './http-fetch.js';
import { preflightQuery, preflightReason } from './preflight-query.js';
import type { Blocked, FetchResult, Journal, UserAgent } from './user-agent.js';

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
  let request = first;
  for (;;) {
    const admitted = admit(request, userAgent.journal);
    if ('check' in admitted) return notSent(request, admitted);
    if (admitted.url.protocol === 'data:') {
      return { failure: null, request: admitted, response: null };
    }

    sent.push(admitted);
    // One hop after the other: a redirect is only known once it has come.
    // oxlint-disable-next-line no-await-in-loop
    const end = await httpFetch(admitted, userAgent);
    if (end.failure !== null) return end;

    const { response } = end;
    const next = response === null ? null : redirected(admitted, response, userAgent);
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
  { browser }: UserAgent,
): FetchRequest | Failure | null {
  if (request.redirect === 'follow') {
    return isRedirect(response, browser) ? followRedirect(request, response) : null;
  }
  return request.redirect === 'error' && isRedirectStatus(response.status)
    ? { check: 'REDIRECT_MODE', details: { status: response.status } }
    : null;
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
function admit(request: FetchRequest, journal: Journal): FetchRequest | Failure {
  const { pageOrigin, url, mode } = request;
  if (isBadPort(url)) return { check: 'BAD_PORT', details: { value: url.port } };
  if (isMixedContent(pageOrigin, url)) {
    journal.note(
      'MIXED_CONTENT',
      `Browsers block ${url.href} as mixed content, since the page is served over https: ` +
        'serve it over https too. No CORS setting helps.',
    );
  }
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

const MAX_REDIRECTS = 20;

/**
 * The request to send after a response that redirects, or why there is none.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
function followRedirect(request: FetchRequest, response: ReceivedResponse): FetchRequest | Failure {
  const value = new HeaderList(response.headers).get('location') ?? '';
  const target = locationUrl(response, request.url);
  if (target === null) return { check: 'REDIRECT_LOCATION', details: { location: value } };

  const details = { location: target.href, status: response.status };
  if (!hasHttpScheme(target)) return { check: 'SCHEME', details };
  if (request.visited.length === MAX_REDIRECTS) return { check: 'REDIRECT_LIMIT', details };
  if (hasUserinfo(target) && isCrossOrigin(request, target)) {
    return { check: 'REDIRECT_USERINFO', details };
  }
  const { method, headers } = afterStatus(request, response.status);
  return {
    ...request,
    method,
    // The moment another origin is seen, `Authorization` is removed.
    headers: target.origin === request.url.origin ? headers : without(headers, ['authorization']),
    url: target,
    visited: [...request.visited, request.url],
  };
}

function hasUserinfo(url: URL): boolean {
  return url.username !== '' || url.password !== '';
}

function isCrossOrigin(request: FetchRequest, target: URL): boolean {
  return (
    request.tainting === 'cors' ||
    (request.mode === 'cors' && !isSameOrigin(request.pageOrigin, target))
  );
}

function afterStatus(
  { method, headers }: FetchRequest,
  status: number,
): Pick<FetchRequest, 'method' | 'headers'> {
  const becomesGet =
    ((status === 301 || status === 302) && method === 'POST') ||
    (status === 303 && method !== 'GET' && method !== 'HEAD');
  if (!becomesGet) return { method, headers };
  const bodyHeaders = ['content-encoding', 'content-language', 'content-location', 'content-type'];
  return { method: 'GET', headers: without(headers, bodyHeaders) };
}

function without(headers: HeaderLines, names: readonly string[]): HeaderLines {
  return headers.filter(([name]) => !names.includes(name.toLowerCase()));
}
