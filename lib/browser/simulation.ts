import type { AddressSpace } from './http/address-space.js';
import type { ReceivedResponse, SentRequest } from './http/http-exchange.js';

/**
 * - `allowed`: the page may read the response.
 * - `blocked`: a check did not pass; see `failedCheck`.
 * - `not-cors`: no CORS check applies (same origin, `mode: 'no-cors'`), and nothing else blocks it.
 * - `needs-permission`: `allowed` or `not-cors` once the user gives the browser's prompt for the
 *   local network a yes; see `permission`.
 * - `network-error`: there was no response to check.
 */
export type Verdict = 'allowed' | 'blocked' | 'not-cors' | 'needs-permission' | 'network-error';

/**
 * The permission without which a page of the public internet reaches no local address, by its name in
 * `navigator.permissions.query()`.
 *
 * @see https://wicg.github.io/local-network-access/#integration-with-permissions
 */
export type LocalNetworkPermission = 'local-network' | 'loopback-network';

/** What the browser does with a request, and why. */
export interface Simulation {
  /** How it ended. */
  readonly verdict: Verdict;
  /** Everything that was sent, in order. */
  readonly steps: readonly SimulationStep[];
  /** Null unless `blocked` or `network-error`. */
  readonly failedCheck: CorsCheckId | null;
  /** Where that check was made. */
  readonly blockedAt: Stage | null;
  /** What that check found. */
  readonly details: FailureDetails;
  /** The console's message, as the browser words it; null where it has none about CORS. */
  readonly message: string | null;
  /** What would help; null where nothing is blocked. */
  readonly fix: Fix | null;
  /**
   * The permission that the browser asks the user for on the way, whatever the verdict; null where it
   * asks for none. Only with `addressSpaces`.
   */
  readonly permission: LocalNetworkPermission | null;
  /** What else was noticed, whatever the verdict. */
  readonly findings: readonly Finding[];
  /** The response headers that the page can read, lower-cased and sorted. */
  readonly exposed: readonly string[];
}

/** One thing the browser did, in order. */
export interface SimulationStep {
  /** `cached-preflight`: the request needed one, but the response to an earlier one is still valid. */
  readonly kind: 'preflight' | 'cached-preflight' | 'request';
  /** Why the browser did it, as one sentence. */
  readonly why: string;
  /** What was sent, or would have been. */
  readonly request: SentRequest;
  /** Null when nothing came back, or nothing was sent. */
  readonly response: ReceivedResponse | null;
  /** The check that this response did not pass. */
  readonly failedCheck: CorsCheckId | null;
}

/**
 * Where a check is made: before anything is sent, on the response to a preflight, on
 * the response, or on a response that redirects.
 */
export type Stage = 'request' | 'preflight' | 'response' | 'redirect';

/** What a simulation noticed that does not decide it: what decides it is a failed check. */
export type FindingKind =
  /** The browser drops a request header that the page set. */
  | 'HEADER_DROPPED'
  /** Mixed content that is not blocked: requested over https instead, or let through. */
  | 'MIXED_CONTENT'
  /** The browser asks the user whether the page may access the local network. */
  | 'LOCAL_NETWORK_PERMISSION'
  /** `mode: 'no-cors'`: the page gets a response that it cannot read. */
  | 'OPAQUE_RESPONSE'
  /** `redirect: 'manual'`: the page gets neither the redirect nor its target. */
  | 'REDIRECT_NOT_FOLLOWED'
  /** The standard blocks what browsers still tolerate: `*` covering `Authorization`. */
  | 'AUTHORIZATION_TOLERATED'
  | 'VARY_ORIGIN_MISSING'
  | 'NULL_ORIGIN_ALLOWED'
  | 'WILDCARD_WITH_CREDENTIALS'
  /** `Access-Control-Allow-Credentials` with a value other than `true`. */
  | 'CREDENTIALS_NOT_TRUE'
  /** Headers that count on the response to a preflight only, sent on another one. */
  | 'PREFLIGHT_HEADERS_MISPLACED'
  | 'METHOD_CASE'
  | 'MAX_AGE_MISSING'
  | 'MAX_AGE_INVALID'
  | 'MAX_AGE_CAPPED'
  | 'EXPOSE_WILDCARD_LITERAL'
  | 'EXPOSE_INVALID'
  | 'HEADERS_NOT_EXPOSED'
  /** A status of 400 or more that the page can read: not a CORS problem. */
  | 'ERROR_STATUS';

/** Something that works, but may not work as intended. */
export interface Finding {
  /** What was noticed, for programs. */
  readonly kind: FindingKind;
  /** The same for people. */
  readonly sentence: string;
  /** The names that the sentence mentions; mostly none. */
  readonly names: readonly string[];
}

/** What must change. */
export type FixKind =
  | 'allow-origin'
  | 'allow-credentials'
  | 'allow-method'
  | 'allow-headers'
  | 'send-one-origin'
  | 'correct-list'
  | 'answer-preflight'
  /** Request another URL: the one that a redirect points to, or the same over https. */
  | 'change-url'
  | 'change-redirect'
  | 'change-page'
  /** Let pages of other origins embed the resource: `Cross-Origin-Resource-Policy`. */
  | 'allow-embedding'
  /** Respond with what the element is for, under its MIME type. */
  | 'correct-type'
  | 'reach-server';

/** Options of this library's policies which, added to what is there, make the check pass. */
export interface FixOptions {
  /** The origins to add. */
  readonly origin?: readonly string[];
  /** What to switch credentials to. */
  readonly credentials?: boolean;
  /** The methods to add. */
  readonly methods?: readonly string[];
  /** The names of request headers to add. */
  readonly allowedHeaders?: readonly string[];
}

/** A remedy, as data and as one sentence. */
export interface Fix {
  /** What must change, for programs. */
  readonly kind: FixKind;
  /** Empty where no CORS setting helps. */
  readonly options: FixOptions;
  /** The same for people. */
  readonly sentence: string;
}

/**
 * The rules by which a browser refuses a request or its response, by name. ACAO, ACAC, ACAM and
 * ACAH stand for `Access-Control-Allow-Origin`, `-Credentials`, `-Methods` and `-Headers`.
 */
export type CorsCheckId =
  | 'ACAO_MISSING'
  | 'ACAO_MULTIPLE'
  | 'ACAO_INVALID'
  | 'ACAO_MISMATCH'
  | 'ACAO_WILDCARD_CREDENTIALS'
  | 'ACAC_NOT_TRUE'
  | 'PREFLIGHT_STATUS'
  | 'PREFLIGHT_REDIRECT'
  | 'ACAM_PARSE'
  | 'ACAH_PARSE'
  | 'METHOD'
  | 'HEADER'
  /** Only `*` covers `Authorization`; the standard wants it named. */
  | 'AUTHORIZATION_WILDCARD'
  | 'REDIRECT_USERINFO'
  | 'REDIRECT_LOCATION'
  | 'REDIRECT_LIMIT'
  /** The page forbids redirects: `redirect: 'error'`. */
  | 'REDIRECT_MODE'
  | 'SCHEME'
  /** The page forbids CORS requests: `mode: 'same-origin'`. */
  | 'MODE'
  /** `fetch()` throws before anything is sent, as for a forbidden method. */
  | 'INVALID_REQUEST'
  | 'BAD_PORT'
  | 'NETWORK'
  /** An https page requests http. */
  | 'MIXED_CONTENT'
  /** Cross-Origin-Resource-Policy, or the page's Cross-Origin-Embedder-Policy where there is none. */
  | 'CORP'
  /** Opaque Response Blocking: an element would get what cannot be meant for it, such as JSON. */
  | 'ORB'
  /** Local Network Access: no header decides it. */
  | 'LNA'
  /** CORS is switched off in the browser: known from messages only. */
  | 'CORS_DISABLED';

/** What a check found, for messages and fixes. Only what matters to the check is there. */
export interface FailureDetails {
  /** The header value that failed, its lines joined with `, `; empty when there is no header. */
  readonly value?: string;
  /** How many lines the header has. */
  readonly lines?: number;
  /** Whether `Vary: Origin` shows that a CORS layer responded. */
  readonly variesByOrigin?: true;
  /** The status of the response that did not pass. */
  readonly status?: number;
  /** The method that is not allowed. */
  readonly method?: string;
  /** The methods that the server lists. */
  readonly listed?: readonly string[];
  /** The request header that the browser names in its message. */
  readonly header?: string;
  /** All request headers that are not allowed, lower-cased and sorted. */
  readonly names?: readonly string[];
  /** The member of a list that is not a token. */
  readonly member?: string;
  /** Where a redirect points, resolved where possible. */
  readonly location?: string;
  /** Why nothing was sent, what `send` rejected with, or which rule of ORB it was. */
  readonly reason?: string;
  /** Whether the response is refused only because of the page's Cross-Origin-Embedder-Policy. */
  readonly embedderPolicy?: true;
  /** The address space of the server. */
  readonly space?: AddressSpace;
  /** The address space that the page has named: `targetAddressSpace`. */
  readonly targetSpace?: AddressSpace;
  /** Whether the page is one that browsers do not even ask for: no secure context. */
  readonly insecurePage?: true;
}

/** A check that did not pass. */
export interface Failure {
  readonly check: CorsCheckId;
  readonly details: FailureDetails;
}

/** The browser whose order of checks, wording and limits a simulation follows. */
export type BrowserName = 'chromium' | 'firefox' | 'safari';

/** All of them, in the order in which they are listed. */
export const BROWSER_NAMES: readonly BrowserName[] = ['chromium', 'firefox', 'safari'];

/** What each browser is called in a sentence. */
export const browserTitles: Readonly<Record<BrowserName, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  safari: 'Safari',
};

/** The longest time, in seconds, for which each browser keeps the response to a preflight. */
export const maxAgeCap: Readonly<Record<BrowserName, number>> = {
  chromium: 7200,
  firefox: 86_400,
  safari: 600,
};
