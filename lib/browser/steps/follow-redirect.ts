import type { Failure } from '../failure.js';
import type { HeaderLines, ReceivedResponse } from '../http-exchange.js';
import type { FetchRequest } from '../request/fetch-request.js';
import { hasHttpScheme } from '../request/http-scheme.js';
import { isSameOrigin } from '../request/same-origin.js';
import { HeaderList } from '../response/header-list.js';
import { locationUrl } from './location-url.js';

const MAX_REDIRECTS = 20;

/**
 * The request to send after a response that redirects, or why there is none.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
export function followRedirect(
  request: FetchRequest,
  response: ReceivedResponse,
): FetchRequest | Failure {
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
