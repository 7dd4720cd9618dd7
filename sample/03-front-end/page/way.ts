/** A way for the page to reach the API. */
export interface Way {
  readonly id: 'proxy' | 'cors';
  readonly name: string;
  readonly explanation: string;
  /** What comes before the path of a route. */
  readonly baseUrl: string;
}
