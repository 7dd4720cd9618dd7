import type { Blocked } from '../fetch/user-agent.js';
import type { CorsCheckId, Fix } from '../simulation.js';
import { accessGuide } from './access-guide.js';
import { embeddingGuide } from './embedding-guide.js';
import { type CheckGuide, type GuideFor } from './guide-entry.js';
import { preflightGuide } from './preflight-guide.js';
import { requestGuide } from './request-guide.js';

const GUIDE: GuideFor<CorsCheckId> = {
  ...accessGuide,
  ...preflightGuide,
  ...embeddingGuide,
  ...requestGuide,
};

/** Cause and fix of every check, for a message of which nothing but the message is known. */
export const checkGuide: Readonly<Record<CorsCheckId, CheckGuide>> = GUIDE;

/** What would let a blocked request through. */
export function fixFor(blocked: Blocked): Fix {
  return GUIDE[blocked.failure.check].fixFor(blocked);
}
