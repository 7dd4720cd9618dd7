import type { CorsConfigIssue } from './cors-config-issue.js';
import { suggestName } from './suggest-name.js';

/** The issue of an option that does not exist. Its value is not in the message: nobody knows what it is. */
export function unknownOption(
  path: string,
  name: string,
  known: readonly string[],
): CorsConfigIssue {
  const suggestion = suggestName(name, known);
  const remedy =
    suggestion === undefined
      ? `The options are ${known.map((option) => `\`${option}\``).join(', ')}.`
      : `Did you mean \`${suggestion}\`?`;
  return {
    path,
    value: name,
    reason: 'unknown-option',
    message: `Expected options that exist, got \`${name}\`. ${remedy}`,
  };
}
