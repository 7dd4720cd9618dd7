import { isLoopbackHost, isSerializedOrigin } from '../../fetch/origins.js';
import { printable } from '../../text/escape.js';

/**
 * Reads the URL of a request, without its fragment, which is never sent.
 *
 * @throws TypeError when it is not one
 */
export function parseUrl(value: string, pageOrigin: string): URL {
  const base = pageOrigin === 'null' ? undefined : pageOrigin;
  if (!URL.canParse(value, base)) {
    throw new TypeError(
      `Expected \`url\` to be an absolute URL, or one relative to the page, got \`${printable(value)}\`. ` +
        'Write it with its scheme, such as `https://api.example.com/orders`.',
    );
  }
  const url = new URL(value, base);
  url.hash = '';
  return url;
}

/**
 * Reads the page's origin.
 *
 * @throws TypeError when it is not one as browsers serialise it
 */
export function parsePageOrigin(value: string): string {
  if (isSerializedOrigin(value)) return value;
  throw new TypeError(
    `Expected \`pageOrigin\` to be a serialised origin, got \`${printable(value)}\`. ` +
      'Write it as the browser sends it, such as `https://app.example.com`: lower case, no path, ' +
      'no trailing slash, no default port; or `null` for an opaque origin (files, sandboxed frames).',
  );
}

/**
 * Whether a URL has a scheme that CORS covers.
 *
 * @see https://fetch.spec.whatwg.org/#http-scheme
 */
export function hasHttpScheme(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'http:';
}

/**
 * Whether a URL has the page's origin. An opaque origin, serialised as `null`, equals nothing.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-origin
 */
export function isSameOrigin(pageOrigin: string, url: URL): boolean {
  return pageOrigin !== 'null' && url.origin === pageOrigin;
}

// prettier-ignore
const BAD_PORTS: readonly number[] = [
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
  512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
  995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 10080,
];

/**
 * Whether browsers never connect to the port of a URL, whatever listens there.
 *
 * @see https://fetch.spec.whatwg.org/#port-blocking
 */
export function isBadPort(url: URL): boolean {
  return url.port !== '' && BAD_PORTS.includes(Number(url.port));
}

/**
 * Whether nobody on the way to a page could have changed it, so that it is a secure context. What an
 * opaque origin stands for is not known; it counts as one.
 *
 * @see https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
 */
export function isTrustworthy(pageOrigin: string): boolean {
  if (!pageOrigin.startsWith('http://')) return true;
  return isLoopbackHost(new URL(pageOrigin).hostname);
}
