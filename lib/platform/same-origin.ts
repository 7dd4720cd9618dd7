import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request with `Origin` comes from the application's own origin: browsers send the header
 * on their same-origin POST, PUT, PATCH and DELETE requests as well.
 *
 * @param protocol `http` or `https`, as the platform reads it (trust-proxy setting honoured)
 * @param host name and port, as the platform reads them
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function isSameOrigin(
  headers: IncomingHttpHeaders,
  protocol: string,
  host: string | undefined,
): boolean {
  const site = headers['sec-fetch-site'];
  // `none`: no page sent it, but the user, from a bookmark or by hand.
  if (typeof site === 'string') return site === 'same-origin' || site === 'none';
  return host !== undefined && headers.origin === `${protocol}://${host.toLowerCase()}`;
}
