/** What diagnostics say, and to whom. */
export interface DiagnosticsMode {
  /** Whether the log has the table of routes and each refusal. */
  readonly log: boolean;
  /** Whether refused answers carry the header `Cors-Diagnosis`. */
  readonly header: boolean;
}

/**
 * The log speaks unless the application runs in production. What leaves the server needs a clear
 * word, since most containers set no `NODE_ENV`.
 *
 * @param option as written in `forRoot({ diagnostics })`
 */
export function diagnosticsMode(
  option: boolean | undefined,
  environment: string | undefined,
): DiagnosticsMode {
  return {
    log: option ?? environment !== 'production',
    header: option ?? environment === 'development',
  };
}
