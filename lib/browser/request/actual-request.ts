import type { HeaderLines, SentRequest } from '../http-exchange.js';
import type { FetchRequest } from './fetch-request.js';
import { requestOrigin } from './request-origin.js';

/** The request itself, as it goes out. */
export function actualRequest(request: FetchRequest): SentRequest {
  const { method, headers, credentials, tainting, url } = request;
  const accept: HeaderLines = headers.some(([name]) => name.toLowerCase() === 'accept')
    ? []
    : [['Accept', '*/*']];
  const origin: HeaderLines = carriesOrigin(request) ? [['Origin', requestOrigin(request)]] : [];
  return {
    method,
    url: url.href,
    headers: [...accept, ...headers, ...origin],
    credentials:
      credentials === 'include' || (credentials === 'same-origin' && tainting === 'basic'),
  };
}

/**
 * A request of the page's own origin carries `Origin` as well, unless it only reads: an `Origin`
 * header does not tell a CORS request.
 *
 * @see https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
function carriesOrigin({ tainting, method }: FetchRequest): boolean {
  return tainting === 'cors' || (method !== 'GET' && method !== 'HEAD');
}
