/**
 * Whether a request-header name is forbidden: browsers never let a page set it. The names whose
 * ban depends on the value (`X-HTTP-Method-Override` and its two variants) are not among them.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function isForbiddenRequestHeaderName(name: string): boolean {
  const lower = name.toLowerCase();
  if (lower.startsWith('proxy-') || lower.startsWith('sec-')) return true;
  switch (lower) {
    case 'accept-charset':
    case 'accept-encoding':
    case 'access-control-request-headers':
    case 'access-control-request-method':
    case 'connection':
    case 'content-length':
    case 'cookie':
    case 'cookie2':
    case 'date':
    case 'dnt':
    case 'expect':
    case 'host':
    case 'keep-alive':
    case 'origin':
    case 'referer':
    case 'set-cookie':
    case 'te':
    case 'trailer':
    case 'transfer-encoding':
    case 'upgrade':
    case 'via':
      return true;
    default:
      return false;
  }
}

/** Whether a name belongs to the responses of the CORS protocol, although a page may set it. */
export function isCorsResponseHeaderName(name: string): boolean {
  return /^access-control-(?!request-)/i.test(name);
}

/**
 * Whether a response-header name is forbidden: no page ever reads it, exposed or not.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-response-header-name
 */
export function isForbiddenResponseHeaderName(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === 'set-cookie' || lower === 'set-cookie2';
}

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
