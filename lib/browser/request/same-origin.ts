/**
 * Whether a URL is of the page's origin. An opaque origin, serialised as `null`, equals nothing.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-origin
 */
export function isSameOrigin(pageOrigin: string, url: URL): boolean {
  return pageOrigin !== 'null' && url.origin === pageOrigin;
}
