import { HeaderList } from '../http/header-list.js';
import { exchange, type ReceivedResponse } from '../http/http-exchange.js';
import { isRedirect, locationUrl } from '../http/redirects.js';
import type { Failure } from '../simulation.js';
import { corsCheck } from './cors-check.js';
import { actualRequest, type FetchRequest, requestOrigin } from './fetch-request.js';
import { preflightFetch } from './preflight-fetch.js';
import type { FetchResult, UserAgent } from './user-agent.js';

/**
 * Gets one response: sends a preflight where needed, then the request, and checks the response.
 * Redirects are not followed here, but a response that redirects is checked like any other.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch
 */
export async function httpFetch(request: FetchRequest, userAgent: UserAgent): Promise<FetchResult> {
  if (request.tainting === 'cors') {
    const blocked = await preflightFetch(request, userAgent);
    if (blocked !== null) return blocked;
  }
  const sent = actualRequest(request);
  const { response, reason } = await exchange(userAgent.send, sent);
  const failure: Failure | null =
    response === null
      ? { check: 'NETWORK', details: { reason } }
      : checked(request, response, userAgent);
  userAgent.journal.step({
    kind: 'request',
    why: why(request),
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

function checked(
  request: FetchRequest,
  response: ReceivedResponse,
  { browser }: UserAgent,
): Failure | null {
  if (request.tainting !== 'cors') return null;
  const headers = new HeaderList(response.headers);
  const failure = corsCheck(headers, requestOrigin(request), request.credentials === 'include');
  if (failure === null || !isRedirect(response, browser)) return failure;
  const location = locationUrl(response, request.url)?.href ?? headers.get('location') ?? '';
  return { ...failure, details: { ...failure.details, location } };
}

const RULES: Readonly<Record<FetchRequest['tainting'], string>> = {
  basic: "stays in the page's origin: no CORS check.",
  opaque: 'is sent in mode no-cors: no CORS check, and nothing to read.',
  cors: 'is a CORS request: the response must pass the CORS check.',
};

function why({ tainting, visited }: FetchRequest): string {
  return `${visited.length === 0 ? 'The request' : 'The redirected request'} ${RULES[tainting]}`;
}
