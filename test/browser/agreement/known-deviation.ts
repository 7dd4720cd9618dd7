import type { Simulation } from '../../../lib/browser/index.js';
import { unsafeRequestHeaderNames } from '../../../lib/browser/request/unsafe-request-header-names.js';
import { isSafelistedMethod } from '../../../lib/fetch/safelisted-method.js';
import type { BrowserName } from '../browsers/browser-name.js';
import type { AgreementCase } from './agreement-case.js';

/**
 * Why a browser may differ from a simulation: null when it may not. Only what browsers do against
 * the standard, knowingly or by a bug of theirs, is here.
 */
export function knownDeviation(
  name: BrowserName,
  { fetch: { method = 'GET', headers = [] }, hops }: AgreementCase,
  { failedCheck }: Simulation,
): string | null {
  if (failedCheck === 'AUTHORIZATION_WILDCARD') return 'Authorization is covered by *';
  const needsPreflight =
    !isSafelistedMethod(method) || unsafeRequestHeaderNames(headers, 'firefox').length > 0;
  // After a redirect its CORS-preflight request names the page where the request says `null`, and
  // is sent even if the request, now a GET without those headers, needs none.
  return name === 'firefox' && needsPreflight && hops.length > 1
    ? 'CORS-preflight requests after redirects'
    : null;
}
