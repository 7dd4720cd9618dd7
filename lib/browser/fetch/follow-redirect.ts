import { HeaderList } from '../http/header-list.js';
import type { HeaderLines, ReceivedResponse } from '../http/http-exchange.js';
import { isRedirect, isRedirectStatus, locationOf, locationUrl } from '../http/redirects.js';
import { hasHttpScheme, isSameOrigin } from '../http/urls.js';
import type { BrowserName, Failure } from '../simulation.js';
import { corsCheck } from './cors-check.js';
import { changes, type FetchRequest, requestOrigin } from './fetch-request.js';

const MAX_REDIRECTS = 20;

/** The request to send next, or why there is none; null when the response is for the page. */
export function redirected(
  request: FetchRequest,
  response: ReceivedResponse,
  browser: BrowserName,
): FetchRequest | Failure | null {
  if (request.redirect === 'follow') {
    return isRedirect(response, browser) ? followRedirect(request, response, browser) : null;
  }
  return request.redirect === 'error' && isRedirectStatus(response.status)
    ? { check: 'REDIRECT_MODE', details: { status: response.status } }
    : null;
}

/**
 * The request to send after a response that redirects, or why there is none.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
function followRedirect(
  request: FetchRequest,
  response: ReceivedResponse,
  browser: BrowserName,
): FetchRequest | Failure {
  const target = locationUrl(response, request.url, browser);
  const location = locationOf(response, request.url, browser);
  if (target === null) return { check: 'REDIRECT_LOCATION', details: { location } };

  const details = { location, status: response.status };
  if (!hasHttpScheme(target)) return { check: 'SCHEME', details };
  if (request.visited.length === MAX_REDIRECTS) return { check: 'REDIRECT_LIMIT', details };
  if (hasUserinfo(target) && isCrossOrigin(request, target)) {
    return { check: 'REDIRECT_USERINFO', details };
  }
  const leaves = target.origin !== request.url.origin;
  const method = methodAfter(request.method, response.status, leaves, browser);
  // Safari keeps what belongs to a body that it no longer sends.
  const dropped = method !== request.method && browser !== 'safari' ? BODY_HEADERS : [];
  return {
    ...request,
    method,
    // The moment another origin is seen, `Authorization` is removed.
    headers: without(request.headers, leaves ? [...dropped, 'authorization'] : dropped),
    url: target,
    visited: [...request.visited, request.url],
    targetSpace: null,
  };
}

const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type'];

function methodAfter(
  method: string,
  status: number,
  leaves: boolean,
  browser: BrowserName,
): string {
  const becomesGet =
    ((status === 301 || status === 302) && method === 'POST') ||
    (status === 303 && changes(method)) ||
    // Whatever the status: Safari does not delete where a server of another origin sends it.
    (browser === 'safari' && method === 'DELETE' && leaves);
  return becomesGet ? 'GET' : method;
}

/**
 * Why Safari refuses a redirect after all, and only when it is about to send the next request: where
 * a request began in the page's own origin, with its cookies, a redirect must pass the CORS check as
 * though they were still sent.
 */
export function refusedBySafari(
  request: FetchRequest,
  response: ReceivedResponse,
  browser: BrowserName,
): Failure | null {
  const { pageOrigin, visited, url, credentials, tainting } = request;
  if (browser !== 'safari' || tainting !== 'cors' || credentials !== 'same-origin') return null;
  if (!isSameOrigin(pageOrigin, visited[0] ?? url)) return null;
  const failure = corsCheck(new HeaderList(response.headers), requestOrigin(request), true);
  if (failure === null) return null;
  return {
    ...failure,
    details: { ...failure.details, location: locationOf(response, url, browser) },
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

function without(headers: HeaderLines, names: readonly string[]): HeaderLines {
  return headers.filter(([name]) => !names.includes(name.toLowerCase()));
}
