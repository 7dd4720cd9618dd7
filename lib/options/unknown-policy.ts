import type { CorsConfigIssue } from './cors-config-issue.js';
import { issueOf } from './issue.js';
import { suggestName } from './suggest-name.js';

/** The issue of what should be the name of a policy. */
export function unknownPolicy(
  path: string,
  name: unknown,
  names: readonly string[],
): CorsConfigIssue {
  const isName = typeof name === 'string';
  return issueOf(path, 'policy', name, {
    reason: isName ? 'unknown-policy' : 'policy-name-wrong-type',
    rule: 'to be the name of one of `forRoot({ policies })`',
    remedy: isName ? adviseOnName(name, names) : listNames(names),
  });
}

function adviseOnName(name: string, names: readonly string[]): string {
  if (name.includes('://') || name === '*') {
    return 'To allow an origin, write `@Cors({ origin: … })`.';
  }
  const suggestion = suggestName(name, names);
  return suggestion === undefined ? listNames(names) : `Did you mean \`${suggestion}\`?`;
}

function listNames(names: readonly string[]): string {
  if (names.length === 0) return 'There is none yet.';
  return `The names are ${names.map((name) => `\`${name}\``).join(', ')}.`;
}
