import { unsafeRequestHeaderNames } from '../../../lib/browser/http/request-headers.js';
import type { Simulation } from '../../../lib/browser/index.js';
import { isSafelistedMethod } from '../../../lib/fetch/methods.js';
import type { RealBrowserName } from '../browsers/browser-name.js';
import type { AgreementCase } from './agreement-case.js';

/**
 * Why a browser may differ from a simulation: null when it may not. Only what browsers do against
 * the standard, knowingly or by a bug of theirs, is here.
 */
export function knownDeviation(
  name: RealBrowserName,
  { fetch: { method = 'GET', headers = [] }, hops }: AgreementCase,
  { failedCheck }: Simulation,
): string | null {
  if (failedCheck === 'AUTHORIZATION_WILDCARD') return 'Authorization is covered by *';
  if (hops.length < 2) return null;
  const needsPreflight =
    !isSafelistedMethod(method) || unsafeRequestHeaderNames(headers, 'firefox').length > 0;
  // After a redirect its preflight names the page where the request says `null`, and
  // is sent even if the request, now a GET without those headers, needs none.
  return name === 'firefox' && needsPreflight ? 'preflights after redirects' : null;
}
