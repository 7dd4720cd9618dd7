/** What should become of a request, and why. */
export interface Expectation {
  readonly verdict: 'allowed' | 'refused';
  readonly why: string;
}

/** One row of the page: a request as the page hands it to `fetch`, and what should become of it. */
export interface PageRequest {
  readonly id: string;
  readonly title: string;
  /** What the source says about this route. */
  readonly policy: string;
  /** Where it says so. */
  readonly policyOf: 'application' | 'controller' | 'route';
  readonly method: string;
  readonly path: string;
  /** None of these is safelisted (Fetch, section 2.2.2): each makes the browser ask first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly credentials: 'include' | 'omit';
  /** From a page on one of `CORS_ORIGINS`. */
  readonly fromAllowedOrigin: Expectation;
  /** From any other page. */
  readonly fromAnotherOrigin: Expectation;
}
