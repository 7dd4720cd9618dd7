/** What the page has to know about the API. */
export interface PageSettings {
  readonly apiUrl: string;
  readonly corsOrigins: readonly string[];
}
