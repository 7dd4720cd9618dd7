import type { Blocked } from '../fetch/user-agent.js';
import type { CorsCheckId, Fix } from '../simulation.js';
import { accessWords } from './access-fixes.js';
import { type CheckGuide, type WordsFor } from './check-words.js';
import { preflightWords } from './preflight-fixes.js';
import { requestWords } from './request-fixes.js';

const WORDS: WordsFor<CorsCheckId> = { ...accessWords, ...preflightWords, ...requestWords };

/** Cause and fix of every check, for a message of which nothing but the message is known. */
export const checkGuide: Readonly<Record<CorsCheckId, CheckGuide>> = WORDS;

/** What would let a blocked request through. */
export function fixFor(blocked: Blocked): Fix {
  return WORDS[blocked.failure.check].fixFor(blocked);
}
