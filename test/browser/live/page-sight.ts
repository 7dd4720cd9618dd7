/** What a page saw of a call. */
export interface PageSight {
  readonly verdict: 'allowed' | 'blocked' | 'not-cors';
  readonly status: number | null;
  /** The names of the response headers that the page can read; null where there is no way to. */
  readonly readable: readonly string[] | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timing: boolean | null;
}
