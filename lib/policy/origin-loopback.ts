/**
 * Whether a host is this very machine, so that nobody sits on the wire between: `localhost`, names
 * below it, 127.0.0.0/8 and `[::1]`. The host is one of a valid origin.
 *
 * @see https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
 */
export function isLoopbackHost(host: string): boolean {
  if (host === 'localhost' || host === '[::1]') return true;
  return host.endsWith('.localhost') || /^127(?:\.\d{1,3}){3}$/.test(host);
}
