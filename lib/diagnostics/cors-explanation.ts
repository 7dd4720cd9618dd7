import type { Finding, Fix, Verdict } from '../browser/index.js';
import type { CorsOutcome } from '../policy/policy.js';

/** One option of an effective policy, and where it is written. */
export interface ExplainedOption {
  /** The value in force. */
  readonly value: unknown;
  /** `forRoot()`, `forRoot().policies.public`, `@Cors() on OrdersController.update`; or `default`. */
  readonly from: string;
}

/** What a browser would be told, and why, without a request being sent. */
export interface CorsExplanation {
  /** `GET /orders/:id → OrdersController.one`; null where no route serves the request. */
  readonly route: string | null;
  /** Other handlers that may serve it, by a version which a CORS-preflight request does not carry. */
  readonly otherCandidates: readonly string[];
  /** The effective policy option by option; `false` where `@Cors(false)` holds. */
  readonly policy: Readonly<Record<string, ExplainedOption>> | false;
  /** Whether the page gets the response. */
  readonly verdict: Verdict;
  /** The decision in one word: that of the CORS-preflight request where it ends the matter. */
  readonly outcome: CorsOutcome;
  /** The answer to the CORS-preflight request; null where the browser sends none. */
  readonly preflight: {
    /** 204 where the origin is allowed, 403 where it is not. */
    readonly status: number;
    /** All of its CORS headers, `Vary` included. */
    readonly headers: Readonly<Record<string, string>>;
  } | null;
  /** The CORS headers of the response, `Vary` included. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the browser's console would say; null where it says nothing. */
  readonly message: string | null;
  /** What to change; null where there is nothing to. */
  readonly fix: Fix | null;
  /** What works, but not as meant: a header that the page cannot read, for one. */
  readonly findings: readonly Finding[];
}
