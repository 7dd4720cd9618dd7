import type { CheckFor, Lookalike, LookalikePattern } from './lookalikes/lookalike.js';
import { missingCrossorigin } from './lookalikes/missing-crossorigin.js';
import { networkErrors } from './lookalikes/network-errors.js';
import { pageRules } from './lookalikes/page-rules.js';

/** The certain ones first, what the page alone gets to see last. */
export const LOOKALIKES: readonly LookalikePattern[] = [
  ...pageRules,
  ...missingCrossorigin,
  ...networkErrors,
];

/** What only looks like CORS, and what its words name. */
export interface FoundLookalike {
  readonly lookalike: Lookalike;
  readonly checkFor?: CheckFor;
  readonly url?: string;
  readonly method?: string;
}

/** Finds what only looks like CORS in a text; the first of the table that matches. */
export function findLookalike(text: string, namesCors: boolean): FoundLookalike | null {
  for (const pattern of LOOKALIKES) {
    if (namesCors && pattern.evenWithCors !== true) continue;
    if (!pattern.words.test(text)) continue;
    const { url, method } = pattern.request?.exec(text)?.groups ?? {};
    return {
      ...lookalikeOf(pattern),
      ...(url !== undefined && { url }),
      ...(method !== undefined && { method }),
    };
  }
  return null;
}

/** Without the words by which it is recognised. */
export function lookalikeOf({ id, cause, fix, code, checkFor }: LookalikePattern): FoundLookalike {
  return {
    lookalike: { id, cause, fix, ...(code !== undefined && { code }) },
    ...(checkFor !== undefined && { checkFor }),
  };
}
