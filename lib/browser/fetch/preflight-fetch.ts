import { HeaderList } from '../http/header-list.js';
import { exchange } from '../http/http-exchange.js';
import type { Failure } from '../simulation.js';
import type { FetchRequest } from './fetch-request.js';
import { notePreflight } from './findings.js';
import { failedPreflightCheck } from './preflight-checks.js';
import {
  cachedSeconds,
  type PreflightQuery,
  preflightQuery,
  preflightReason,
  preflightRequest,
} from './preflight-query.js';
import type { Blocked, UserAgent } from './user-agent.js';

/**
 * Sends a preflight where a request needs one. Null when the request may be sent.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export async function preflightFetch(
  request: FetchRequest,
  userAgent: UserAgent,
): Promise<Blocked | null> {
  const { browser, cache, journal } = userAgent;
  const query = preflightQuery(request, browser);
  const why = preflightReason(query);
  if (why === null) return null;
  const sent = preflightRequest(query);
  if (cache?.covers(query, browser) === true) {
    journal.step({
      kind: 'cached-preflight',
      why: `${why} The response to an earlier one is still valid.`,
      request: sent,
      response: null,
      failedCheck: null,
    });
    return null;
  }

  const { response, reason } = await exchange(userAgent.send, sent);
  let failure: Failure | null;
  if (response === null) {
    failure = { check: 'NETWORK', details: { reason } };
  } else {
    const headers = new HeaderList(response.headers);
    failure = failedPreflightCheck({ query, status: response.status, headers, browser });
    notePreflight(headers, failure, journal);
    if (failure === null) cache?.store(query, allowance(query, headers, userAgent));
  }
  journal.step({
    kind: 'preflight',
    why,
    request: sent,
    response,
    failedCheck: failure?.check ?? null,
  });
  if (failure === null) return null;
  return { failure, at: 'preflight', request, status: response?.status ?? null };
}

function allowance(query: PreflightQuery, headers: HeaderList, { browser }: UserAgent) {
  const methods = headers.tokens('access-control-allow-methods')?.members;
  const names = headers.tokens('access-control-allow-headers')?.members ?? [];
  return {
    // Otherwise a forced preflight would never be cached.
    methods: methods ?? (query.forced ? [query.method] : []),
    headers: names.map((name) => name.toLowerCase()),
    seconds: cachedSeconds(headers, browser),
  };
}
