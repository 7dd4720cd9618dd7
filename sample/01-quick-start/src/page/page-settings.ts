/** What the page has to know about the API. */
export interface PageSettings {
  readonly apiUrl: string;
  readonly corsOrigins: readonly string[];
  /** Null where there is none. */
  readonly inspectorUrl: string | null;
}
