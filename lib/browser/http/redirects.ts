import type { BrowserName } from '../simulation.js';
import { HeaderList } from './header-list.js';
import type { HeaderLines, ReceivedResponse } from './http-exchange.js';

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
 * there are several. By the standard, two equal lines are several; browsers follow them, but for
 * Safari, which takes several lines for one URL, and an empty one for none.
 *
 * @see https://fetch.spec.whatwg.org/#concept-response-location-url
 */
export function locationUrl(
  { headers }: ReceivedResponse,
  base: URL,
  browser: BrowserName,
): URL | null {
  const location = browser === 'safari' ? joined(headers) : single(headers);
  if (location === null) return null;
  if (!URL.canParse(location, base.href)) return null;
  const url = new URL(location, base);
  url.hash = '';
  return url;
}

/** The same for messages: as it is written where it is not a URL. */
export function locationOf(response: ReceivedResponse, base: URL, browser: BrowserName): string {
  const written = new HeaderList(response.headers).get('location') ?? '';
  return locationUrl(response, base, browser)?.href ?? written;
}

function single(headers: HeaderLines): string | null {
  const [location, ...others] = new Set(new HeaderList(headers).values('location'));
  return location === undefined || others.length > 0 ? null : location;
}

function joined(headers: HeaderLines): string | null {
  const location = new HeaderList(headers).get('location');
  return location === '' ? null : location;
}
