/** A request that the page makes, whichever way. */
export interface PageCall {
  readonly id: string;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  /** None of these is safelisted: each makes a browser ask another origin first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly credentials: 'include' | 'omit';
  /** What the API's source says about the route. */
  readonly policy: string;
}
