import type { ReceivedResponse } from '../http-exchange.js';
import { HeaderList } from '../response/header-list.js';

/**
 * Where a response redirects, without fragment; null when `Location` is no URL, or there are
 * several of it. By the standard, two equal lines are several; browsers follow them.
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
