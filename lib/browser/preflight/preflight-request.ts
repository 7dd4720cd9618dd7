import type { HeaderLines, SentRequest } from '../http-exchange.js';
import type { PreflightQuery } from './preflight-query.js';

/**
 * The CORS-preflight request: never with credentials, so a server that wants authentication on
 * `OPTIONS` always breaks it.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function preflightRequest(query: PreflightQuery): SentRequest {
  const names: HeaderLines =
    query.unsafeNames.length === 0
      ? []
      : // No space after the comma: that is how browsers have always sent it.
        [['Access-Control-Request-Headers', query.unsafeNames.join(',')]];
  return {
    method: 'OPTIONS',
    url: query.url,
    headers: [
      ['Accept', '*/*'],
      ['Access-Control-Request-Method', query.method],
      ...names,
      ['Origin', query.origin],
    ],
    credentials: false,
  };
}
