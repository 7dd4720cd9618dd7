import { exposedHeaders } from './fetch/cors-check.js';
import type { FetchRequest } from './fetch/fetch-request.js';
import { noteResponse } from './fetch/findings.js';
import { mainFetch } from './fetch/main-fetch.js';
import { prepareRequest, type SimulateOptions } from './fetch/prepare-request.js';
import { type Blocked, type Fetched, Journal, type UserAgent } from './fetch/user-agent.js';
import { HeaderList } from './http/header-list.js';
import { isRedirectStatus } from './http/redirects.js';
import { consoleMessage } from './messages/browser-messages.js';
import type { Simulation, Verdict } from './simulation.js';
import { fixFor } from './words/check-guide.js';

/**
 * Does what a browser does when a page calls `fetch()`: preflight, CORS check,
 * redirects and all. Says how it ended, why, and what would help. It is a pure function: the
 * network is the `send` that is passed in.
 *
 * @throws TypeError when `pageOrigin` or `url` cannot be read
 * @example
 * const { verdict, message, fix } = await simulate({
 *   pageOrigin: 'https://app.example.com',
 *   url: 'https://api.example.com/orders/1',
 *   method: 'PUT',
 *   headers: { 'content-type': 'application/json' },
 *   credentials: 'include',
 *   send,
 * });
 * @see https://fetch.spec.whatwg.org/
 */
export async function simulate(options: SimulateOptions): Promise<Simulation> {
  const journal = new Journal();
  const userAgent: UserAgent = {
    browser: options.browser ?? 'chromium',
    send: options.send,
    cache: options.preflightCache,
    journal,
  };
  const { request, refusal } = prepareRequest(options, userAgent);
  const end = refusal === null ? await mainFetch(request, userAgent) : refused(request, refusal);
  return end.failure === null ? fetched(end, userAgent) : blocked(end, userAgent);
}

function refused(request: FetchRequest, reason: string): Blocked {
  const failure = { check: 'INVALID_REQUEST', details: { reason } } as const;
  return { failure, at: 'request', request, status: null };
}

function blocked(end: Blocked, { journal, browser }: UserAgent): Simulation {
  return {
    verdict: verdictOf(end),
    steps: journal.steps,
    failedCheck: end.failure.check,
    blockedAt: end.at,
    details: end.failure.details,
    message: consoleMessage(end, browser),
    fix: fixFor(end),
    findings: journal.findings,
    exposed: [],
  };
}

function verdictOf({ failure }: Blocked): Verdict {
  switch (failure.check) {
    case 'NETWORK':
    case 'BAD_PORT':
    case 'REDIRECT_LOCATION':
      return 'network-error';
    default:
      return 'blocked';
  }
}

function fetched({ request, response }: Fetched, { journal }: UserAgent): Simulation {
  const headers = new HeaderList(response?.headers ?? []);
  const hidden =
    response !== null && isRedirectStatus(response.status) && request.redirect === 'manual';
  const exposed = hidden ? [] : exposedHeaders(headers, request);
  if (hidden) {
    journal.note(
      'REDIRECT_NOT_FOLLOWED',
      "The page set `redirect: 'manual'`: it learns that there was a redirect, and nothing else.",
    );
  }
  if (response !== null && !hidden) noteResponse(request, response, exposed, journal);
  return {
    verdict: request.tainting === 'cors' ? 'allowed' : 'not-cors',
    steps: journal.steps,
    failedCheck: null,
    blockedAt: null,
    details: {},
    message: null,
    fix: null,
    findings: journal.findings,
    exposed,
  };
}
