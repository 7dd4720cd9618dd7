/**
 * Whether a response-header name is CORS-safelisted: pages read it without it being exposed.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
 */
export function isSafelistedResponseHeaderName(name: string): boolean {
  switch (name.toLowerCase()) {
    case 'cache-control':
    case 'content-language':
    case 'content-length':
    case 'content-type':
    case 'expires':
    case 'last-modified':
    case 'pragma':
      return true;
    default:
      return false;
  }
}
