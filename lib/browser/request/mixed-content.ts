/**
 * Whether a page served over https asks for a URL that browsers call insecure. They block such a
 * request before anything of CORS is looked at.
 *
 * @see https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
 */
export function isMixedContent(pageOrigin: string, url: URL): boolean {
  return pageOrigin.startsWith('https://') && url.protocol === 'http:' && !isLoopback(url.hostname);
}

/** @see https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    // The URL parser has already made dotted decimals of every spelling of an IPv4 address.
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}
