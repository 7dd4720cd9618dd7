import { isSafelistedMethod } from '../../fetch/methods.js';
import type { PreflightQuery } from './preflight-query.js';

/**
 * Why a request needs a CORS-preflight request, as one sentence; null when it needs none.
 *
 * @see https://fetch.spec.whatwg.org/#main-fetch
 */
export function preflightReason(query: PreflightQuery): string | null {
  const reasons: string[] = [];
  if (!isSafelistedMethod(query.method)) reasons.push(`the method ${query.method}`);
  if (query.unsafeNames.length > 0) {
    reasons.push(`the request headers ${query.unsafeNames.join(', ')}`);
  }
  if (query.forced) reasons.push('upload listeners or a streamed body');
  return reasons.length === 0
    ? null
    : `A CORS-preflight request is needed because of ${reasons.join(' and ')}.`;
}
