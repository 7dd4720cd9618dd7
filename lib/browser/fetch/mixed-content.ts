import { isLoopbackHost } from '../../fetch/origins.js';
import { printable } from '../../text/escape.js';
import { hostAddressSpace, isAddress } from '../http/address-space.js';
import { type BrowserName, browserTitles, type Failure } from '../simulation.js';
import { type FetchRequest, isDisplayed } from './fetch-request.js';
import type { UserAgent } from './user-agent.js';

/**
 * Decides about an http URL that an https page requests: the request, perhaps over https now, or why
 * it is blocked. It happens before anything is sent, and before CORS is looked at.
 *
 * @see https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
 */
export function settleMixedContent(
  request: FetchRequest,
  { browser, journal, notesMixedContent }: UserAgent,
): FetchRequest | Failure {
  if (!isMixedContent(request, browser)) return request;
  const { url } = request;
  if (notesMixedContent) {
    journal.note(
      'MIXED_CONTENT',
      `Browsers block ${printable(url.href)} as mixed content, since the page is served over https: ` +
        'serve it over https too. No CORS setting helps.',
    );
    return request;
  }
  if (browser === 'chromium' && isForLocalNetwork(request)) {
    journal.note(
      'MIXED_CONTENT',
      `Chromium lets an https page request ${printable(url.href)}, since the address is a local one ` +
        'that the user is asked about; Firefox and Safari block it as mixed content.',
    );
    return request;
  }
  if (!isDisplayed(request) || isAddress(url.hostname)) {
    return { check: 'MIXED_CONTENT', details: {} };
  }
  const upgraded = new URL(url);
  upgraded.protocol = 'https:';
  journal.note(
    'MIXED_CONTENT',
    `The page is served over https, so ${browserTitles[browser]} requests ${printable(upgraded.href)} ` +
      `instead of ${printable(url.href)}: write the URL with https.`,
  );
  return { ...request, url: upgraded };
}

/** To Safari, http is insecure on this computer as well, unless it is only displayed. */
function isMixedContent(request: FetchRequest, browser: BrowserName): boolean {
  const { pageOrigin, url } = request;
  if (!pageOrigin.startsWith('https://') || url.protocol !== 'http:') return false;
  if (!isLoopbackHost(url.hostname)) return true;
  return browser === 'safari' && !isDisplayed(request);
}

/**
 * Local servers cannot get certificates that browsers trust, and the user is asked in any case.
 *
 * @see https://wicg.github.io/local-network-access/#mixed-content-lna
 */
function isForLocalNetwork({ url, targetSpace }: FetchRequest): boolean {
  const space = targetSpace ?? hostAddressSpace(url.hostname) ?? 'public';
  return space !== 'public';
}
