import type { Lookalike, LookalikePattern } from './lookalikes/lookalike.js';
import { networkErrors } from './lookalikes/network-errors.js';
import { pageRules } from './lookalikes/page-rules.js';

/** The certain ones first, what the page alone gets to see last. */
export const LOOKALIKES: readonly LookalikePattern[] = [...pageRules, ...networkErrors];

/** Finds what only looks like CORS in a text; the first of the table that matches. */
export function findLookalike(text: string, namesCors: boolean): Lookalike | null {
  const found = LOOKALIKES.find(
    ({ words, evenWithCors }) => (!namesCors || evenWithCors === true) && words.test(text),
  );
  if (found === undefined) return null;
  const { id, cause, fix } = found;
  return { id, cause, fix };
}
