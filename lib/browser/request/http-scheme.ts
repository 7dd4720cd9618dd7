/**
 * Whether a URL is of a scheme that CORS knows.
 *
 * @see https://fetch.spec.whatwg.org/#http-scheme
 */
export function hasHttpScheme(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'http:';
}
