import { HeaderList } from '../http/header-list.js';
import { exchange, type ReceivedResponse } from '../http/http-exchange.js';
import { isRedirect, locationOf } from '../http/redirects.js';
import type { Failure } from '../simulation.js';
import { corsCheck } from './cors-check.js';
import { actualRequest, type FetchRequest, requestOrigin } from './fetch-request.js';
import { notePreflight } from './findings.js';
import { opaqueResponseBlocking } from './opaque-response-blocking.js';
import { failedPreflightCheck } from './preflight-checks.js';
import {
  cachedSeconds,
  type PreflightQuery,
  preflightQuery,
  preflightReason,
  preflightRequest,
} from './preflight-query.js';
import { resourcePolicyCheck } from './resource-policy-check.js';
import type { Blocked, FetchResult, UserAgent } from './user-agent.js';

/**
 * Gets one response: sends a preflight where needed, then the request, and checks the response.
 * Redirects are not followed here, but a response that redirects is checked like any other.
 *
 * @param refused what Safari finds wrong with the redirect that led here, and only after the preflight
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch
 */
export async function httpFetch(
  arrived: FetchRequest,
  userAgent: UserAgent,
  refused: Blocked | null = null,
): Promise<FetchResult> {
  let request = arrived;
  if (request.tainting === 'cors') {
    const preflighted = await preflightFetch(request, userAgent);
    if ('failure' in preflighted) return preflighted;
    request = preflighted;
  }
  if (refused !== null) return refused;
  const sent = actualRequest(request, userAgent.browser);
  const { response, reason } = await exchange(userAgent.send, sent);
  const failure: Failure | null =
    response === null
      ? { check: 'NETWORK', details: { reason } }
      : await checked(request, response, userAgent);
  userAgent.journal.step({
    kind: 'request',
    why: reasonFor(request),
    request: sent,
    response,
    failedCheck: failure?.check ?? null,
  });
  if (failure === null) return { failure: null, request, response };
  return {
    failure,
    at: response !== null && isRedirect(response, userAgent.browser) ? 'redirect' : 'response',
    request,
    status: response?.status ?? null,
  };
}

async function checked(
  request: FetchRequest,
  response: ReceivedResponse,
  { browser }: UserAgent,
): Promise<Failure | null> {
  const headers = new HeaderList(response.headers);
  if (request.tainting === 'opaque') {
    const blocked = await resourcePolicyCheck(request, headers, browser);
    if (blocked !== null || isRedirect(response, browser)) return blocked;
    return opaqueResponseBlocking(request, response, headers, browser);
  }
  if (request.tainting !== 'cors') return null;
  const failure = corsCheck(headers, requestOrigin(request), request.credentials === 'include');
  if (failure === null || !isRedirect(response, browser)) return failure;
  return {
    ...failure,
    details: { ...failure.details, location: locationOf(response, request.url, browser) },
  };
}

const RULES: Readonly<Record<FetchRequest['tainting'], string>> = {
  basic: "stays in the page's origin: no CORS check.",
  opaque: 'is sent in mode no-cors: no CORS check, and nothing to read.',
  cors: 'is a CORS request: the response must pass the CORS check.',
};

function reasonFor({ tainting, visited }: FetchRequest): string {
  return `${visited.length === 0 ? 'The request' : 'The redirected request'} ${RULES[tainting]}`;
}

/**
 * Sends a preflight where a request needs one. The request when it may be sent.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
async function preflightFetch(
  request: FetchRequest,
  userAgent: UserAgent,
): Promise<Blocked | FetchRequest> {
  const { browser, cache, journal } = userAgent;
  const query = preflightQuery(request, browser);
  const why = preflightReason(query);
  if (why === null) return request;
  const allowed = { ...request, preflighted: true };
  const sent = preflightRequest(query);
  if (cache?.covers(query, browser) === true) {
    journal.step({
      kind: 'cached-preflight',
      why: `${why} The response to an earlier one is still valid.`,
      request: sent,
      response: null,
      failedCheck: null,
    });
    return allowed;
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
  if (failure === null) return allowed;
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
