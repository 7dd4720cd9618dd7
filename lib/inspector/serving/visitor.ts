import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../../fetch/origins.js';
import { loggable } from '../../text/escape.js';

/** Who may be answered. */
export interface Visitors {
  /** Host names in lower case, besides loopback names and IP addresses. */
  readonly hosts: ReadonlySet<string>;
  /** How to allow a host: a sentence's end. */
  readonly remedy: (host: string) => string;
  /** Whether a request with `Origin` comes from the server's own page. */
  readonly isSameOrigin: (request: IncomingMessage) => boolean;
}

/**
 * Why a request is not answered, in sentences; undefined where it is. Pages of other origins get
 * nothing, and neither does one whose host name may be anybody's: after DNS rebinding it would have the
 * server's own origin.
 *
 * @param isPage whether it is for the page itself, to which others may link
 */
export function troubleWith(
  request: IncomingMessage,
  { hosts, remedy, isSameOrigin }: Visitors,
  isPage: boolean,
): string | undefined {
  const { headers } = request;
  const host = hostOf(authorityOf(request));
  if (!isOwnName(host) && !hosts.has(host)) {
    const named =
      host === ''
        ? 'The request names no host (`Host` is empty)'
        : `\`${loggable(host)}\` is a name that could be anybody's (DNS rebinding)`;
    return `${named}: the inspector answers only under loopback names such as \`localhost\`, IP addresses, and the names that it is given. ${remedy(loggable(host))}`.trim();
  }
  if (isPage && isNavigation(request)) return undefined;
  const site = headers['sec-fetch-site'];
  if (site === undefined && headers.origin === undefined) return undefined;
  if ((site === undefined || isOwnSite(site)) && isOwnOrigin(request, isSameOrigin))
    return undefined;
  const from = headers.origin === undefined ? '' : ` (\`${loggable(headers.origin)}\`)`;
  return `The request comes from a page of another origin${from}: the inspector answers its own page only. Open it in a tab of its own.`;
}

function isOwnSite(site: string | readonly string[]): boolean {
  // `none`: it was not a page but the user, with a bookmark or by typing the address.
  return site === 'same-origin' || site === 'none';
}

function isOwnOrigin(request: IncomingMessage, isSameOrigin: Visitors['isSameOrigin']): boolean {
  return request.headers.origin === undefined || isSameOrigin(request);
}

/** A link that is followed shows the page to the user alone; what embeds it, the page refuses. */
function isNavigation({ headers }: IncomingMessage): boolean {
  return (
    headers.origin === undefined &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

/** `Host`, or what stands for it in HTTP/2. Empty where there is neither. */
export function authorityOf({ headers }: IncomingMessage): string {
  const authority = headers.host ?? headers[':authority'];
  return typeof authority === 'string' ? authority : '';
}

/** Without the port, in lower case; addresses of IPv6 in brackets. */
function hostOf(authority: string): string {
  return authority.replace(/:\d*$/, '').toLowerCase();
}

function isOwnName(host: string): boolean {
  return isLoopbackHost(host) || isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0;
}
