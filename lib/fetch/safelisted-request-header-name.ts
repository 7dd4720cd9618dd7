/**
 * Whether a request-header name is one that pages may set without leave, as long as its value is
 * safelisted too.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function isSafelistedRequestHeaderName(name: string): boolean {
  switch (name.toLowerCase()) {
    case 'accept':
    case 'accept-language':
    case 'content-language':
    case 'content-type':
    case 'range':
      return true;
    default:
      return false;
  }
}
