import type { CorsConfigIssue } from './cors-config-issue.js';

/**
 * Thrown at boot when a configuration is refused. It holds every issue, never only the first, and
 * its message lists them for whoever reads the terminal.
 */
export class CorsConfigError extends Error {
  /** For logs and `catch` blocks of other builds of this package, where `instanceof` fails. */
  override readonly name = 'CorsConfigError';
  /** Every issue, frozen, in the order of the message. */
  readonly issues: readonly CorsConfigIssue[];

  /** @param issues at least one */
  constructor(issues: readonly CorsConfigIssue[]) {
    super(print(issues));
    this.issues = Object.freeze(issues.map((issue) => Object.freeze({ ...issue })));
  }
}

function print(issues: readonly CorsConfigIssue[]): string {
  const count = issues.length === 1 ? '1 issue' : `${issues.length} issues`;
  const entries = issues.map(({ path, message }, index) => {
    const number = `${index + 1}.`.padStart(`${issues.length}.`.length);
    return `  ${number} ${path}\n  ${' '.repeat(number.length)} ${message}`;
  });
  return [`The CORS configuration is refused: ${count}.`, ...entries].join('\n\n');
}
