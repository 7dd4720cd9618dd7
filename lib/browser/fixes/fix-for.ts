import type { Blocked } from '../blocked.js';
import type { CorsCheckId } from '../cors-check-id.js';
import type { Fix } from '../fix.js';
import { accessFixes } from './access-fixes.js';
import { listFixes } from './list-fixes.js';
import { preflightFixes } from './preflight-fixes.js';
import { requestFixes } from './request-fixes.js';

const FIXES: Readonly<Record<CorsCheckId, (blocked: Blocked) => Fix>> = {
  ...accessFixes,
  ...preflightFixes,
  ...listFixes,
  ...requestFixes,
};

/** What would let a blocked request through. */
export function fixFor(blocked: Blocked): Fix {
  return FIXES[blocked.failure.check](blocked);
}
