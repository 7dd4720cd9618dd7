import { exposedHeaders } from './fetch/cors-check.js';
import type { FetchRequest } from './fetch/fetch-request.js';
import { noteResponse } from './fetch/findings.js';
import { mainFetch } from './fetch/main-fetch.js';
import { prepareRequest, type SimulateOptions } from './fetch/prepare-request.js';
import { type Blocked, type Fetched, Journal, type UserAgent } from './fetch/user-agent.js';
import { HeaderList } from './http/header-list.js';
import { isRedirectStatus } from './http/redirects.js';
import { consoleMessage } from './messages/browser-messages.js';
import type { CorsCheckId, Simulation, Verdict } from './simulation.js';
import { fixFor } from './guide/check-guide.js';

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
    notesMixedContent: options.mixedContent === 'note',
    localNetwork:
      options.addressSpaces === undefined
        ? undefined
        : {
            spaces: options.addressSpaces,
            permission: options.localNetworkPermission ?? 'prompt',
          },
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
    verdict: VERDICTS[end.failure.check],
    steps: journal.steps,
    failedCheck: end.failure.check,
    blockedAt: end.at,
    details: end.failure.details,
    message: consoleMessage(end, browser),
    fix: fixFor(end),
    permission: journal.permission,
    findings: journal.findings,
    exposed: [],
  };
}

/** What the page gets where a check fails: a network error where there is no response to check. */
const VERDICTS: Readonly<Record<CorsCheckId, 'blocked' | 'network-error'>> = {
  ACAO_MISSING: 'blocked',
  ACAO_MULTIPLE: 'blocked',
  ACAO_INVALID: 'blocked',
  ACAO_MISMATCH: 'blocked',
  ACAO_WILDCARD_CREDENTIALS: 'blocked',
  ACAC_NOT_TRUE: 'blocked',
  PREFLIGHT_STATUS: 'blocked',
  PREFLIGHT_REDIRECT: 'blocked',
  ACAM_PARSE: 'blocked',
  ACAH_PARSE: 'blocked',
  METHOD: 'blocked',
  HEADER: 'blocked',
  AUTHORIZATION_WILDCARD: 'blocked',
  REDIRECT_USERINFO: 'blocked',
  REDIRECT_LOCATION: 'network-error',
  REDIRECT_LIMIT: 'blocked',
  REDIRECT_MODE: 'blocked',
  SCHEME: 'blocked',
  MODE: 'blocked',
  INVALID_REQUEST: 'blocked',
  BAD_PORT: 'network-error',
  NETWORK: 'network-error',
  MIXED_CONTENT: 'blocked',
  CORP: 'blocked',
  ORB: 'blocked',
  LNA: 'blocked',
  CORS_DISABLED: 'blocked',
};

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
    verdict: verdictOf(request, journal),
    steps: journal.steps,
    failedCheck: null,
    blockedAt: null,
    details: {},
    message: null,
    fix: null,
    permission: journal.permission,
    findings: journal.findings,
    exposed,
  };
}

function verdictOf({ tainting }: FetchRequest, { permission }: Journal): Verdict {
  if (permission !== null) return 'needs-permission';
  return tainting === 'cors' ? 'allowed' : 'not-cors';
}
