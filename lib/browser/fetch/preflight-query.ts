import { isSafelistedMethod } from '../../fetch/methods.js';
import type { HeaderList } from '../http/header-list.js';
import type { HeaderLines, SentRequest } from '../http/http-exchange.js';
import { unsafeRequestHeaderNames } from '../http/request-headers.js';
import { type BrowserName, maxAgeCap } from '../simulation.js';
import { type FetchRequest, requestOrigin } from './fetch-request.js';

/** What a preflight asks a server. */
export interface PreflightQuery {
  readonly url: string;
  readonly origin: string;
  readonly method: string;
  /** Lower-cased, sorted. */
  readonly unsafeNames: readonly string[];
  /** The request headers as the page wrote them, which Safari's message repeats. */
  readonly writtenNames: readonly string[];
  /** Whether the actual request will be credentialed; the preflight never is. */
  readonly credentialed: boolean;
  readonly forced: boolean;
  /** Whether Safari repeats the preflight after a redirect, needed or not. */
  readonly repeated: boolean;
}

/** Derives the preflight from a request. */
export function preflightQuery(request: FetchRequest, browser: BrowserName): PreflightQuery {
  // Safari asks about the headers that there were before any redirect.
  const headers = browser === 'safari' ? request.firstHeaders : request.headers;
  return {
    url: request.url.href,
    origin: requestOrigin(request),
    method: request.method,
    unsafeNames: unsafeRequestHeaderNames(headers, browser),
    writtenNames: headers.map(([name]) => name),
    credentialed: request.credentials === 'include',
    forced: request.forcePreflight,
    repeated: browser === 'safari' && request.preflighted,
  };
}

/**
 * Why a request needs a preflight, as one sentence; null when it needs none.
 *
 * @see https://fetch.spec.whatwg.org/#main-fetch
 */
export function preflightReason(query: PreflightQuery): string | null {
  const reasons: string[] = [];
  if (!isSafelistedMethod(query.method)) reasons.push(`the method ${query.method}`);
  if (query.unsafeNames.length > 0) {
    reasons.push(`the request headers ${query.unsafeNames.join(', ')}`);
  }
  if (query.forced) reasons.push('upload listeners or a streamed body');
  if (reasons.length === 0 && query.repeated) {
    return 'Safari repeats the preflight after a redirect.';
  }
  return reasons.length === 0 ? null : `A preflight is needed because of ${reasons.join(' and ')}.`;
}

/**
 * The preflight: never with credentials, so a server that requires authentication on
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

const DEFAULT_SECONDS = 5;

/**
 * For how many seconds a browser keeps the response to a preflight. What is not a number
 * counts as absent by the standard; but no browser caches for a negative number, and Firefox
 * caches for nothing but digits.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
 */
export function cachedSeconds(headers: HeaderList, browser: BrowserName): number {
  const value = headers.get('access-control-max-age') ?? '';
  if (value === '') return DEFAULT_SECONDS;
  if (/^\d+$/.test(value)) return Math.min(Number(value), maxAgeCap[browser]);
  return browser === 'firefox' || /^-\d+$/.test(value) ? 0 : DEFAULT_SECONDS;
}
