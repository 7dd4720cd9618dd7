import type { BrowserName } from '../simulation.js';
import { HeaderList } from './header-list.js';
import type { ReceivedResponse } from './http-exchange.js';

/**
 * Whether a status redirects. 300, 304 and 306 do not.
 *
 * @see https://fetch.spec.whatwg.org/#redirect-status
 */
export function isRedirectStatus(status: number): boolean {
  switch (status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return true;
    default:
      return false;
  }
}

/**
 * Whether a response sends the browser elsewhere; without `Location` it is an ordinary
 * response. By the standard, an empty one leads to the same URL; Chromium ignores it.
 */
export function isRedirect({ status, headers }: ReceivedResponse, browser: BrowserName): boolean {
  const location = new HeaderList(headers).get('location');
  if (location === null || (location === '' && browser === 'chromium')) return false;
  return isRedirectStatus(status);
}

/**
 * Where a response redirects, without fragment; null when `Location` is not a URL, or
 * there are several. By the standard, two equal lines are several; browsers follow them.
 *
 * @see https://fetch.spec.whatwg.org/#concept-response-location-url
 */
export function locationUrl(response: ReceivedResponse, base: URL): URL | null {
  const locations = new Set(new HeaderList(response.headers).values('location'));
  const [location, ...others] = locations;
  if (location === undefined || others.length > 0) return null;
  if (!URL.canParse(location, base.href)) return null;
  const url = new URL(location, base);
  url.hash = '';
  return url;
}
