import type { CorsConfigIssue } from './cors-config-issue.js';

/** Collects issues. The same one, found again by way of another policy, is there once. */
export class IssueList {
  private readonly byMessage = new Map<string, CorsConfigIssue>();

  get all(): readonly CorsConfigIssue[] {
    return [...this.byMessage.values()];
  }

  add(issues: readonly CorsConfigIssue[]): void {
    for (const issue of issues) {
      const key = `${issue.reason}\n${issue.path}\n${issue.message}`;
      if (!this.byMessage.has(key)) this.byMessage.set(key, issue);
    }
  }
}
