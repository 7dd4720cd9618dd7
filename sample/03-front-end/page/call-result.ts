/** What the page learns from one call. */
export interface CallResult {
  readonly url: string;
  readonly sameOrigin: boolean;
  /** The preflight that the browser sends first, if any. */
  readonly preflight: string | null;
  readonly verdict: 'read' | 'blocked';
  /** The status and body, or all that `fetch` says of its failure. */
  readonly answer: string;
  /** The names of the response headers that the page can read. */
  readonly readable: readonly string[];
}
