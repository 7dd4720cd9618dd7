import type { OriginFault } from './origin-fault.js';

const MAX_HOST_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;

/**
 * What is wrong with the host of an exact origin or of a pattern (there without its `*.`), if
 * anything. Hosts of custom schemes are opaque to browsers: only their characters are checked.
 *
 * @see https://url.spec.whatwg.org/#host-parsing
 */
export function findHostFault(host: string, isWeb: boolean): OriginFault | undefined {
  if (/[^\0-\x7f]/.test(host)) return 'origin-non-ascii-host';
  if (host.startsWith('[')) return isCanonical(host) ? undefined : 'origin-invalid-ip';
  if (!isWeb) return /^[A-Za-z0-9._-]+$/.test(host) ? undefined : 'origin-invalid-host';
  if (!/^[A-Za-z0-9._-]+$/.test(host)) return 'origin-invalid-host';
  if (/[A-Z]/.test(host)) return 'origin-upper-case';
  if (!hasValidLabels(host)) return 'origin-invalid-host';
  if (isCanonical(host)) return undefined;
  return endsInNumber(host) ? 'origin-invalid-ip' : 'origin-invalid-host';
}

/**
 * Whether browsers take a host for an IP address, in whichever form.
 *
 * @see https://url.spec.whatwg.org/#ends-in-a-number-checker
 */
export function isIpHost(host: string): boolean {
  return host.startsWith('[') || endsInNumber(host);
}

/**
 * Whether the URL parser leaves the host as it is: right for punycode and both kinds of IP. That of
 * Node 24 leaves invalid punycode too, that of Node 22 does not.
 */
function isCanonical(host: string): boolean {
  const url = `http://${host}`;
  return URL.canParse(url) && new URL(url).host === host;
}

function hasValidLabels(host: string): boolean {
  if (host.length > MAX_HOST_LENGTH) return false;
  return host.split('.').every((label) => label !== '' && label.length <= MAX_LABEL_LENGTH);
}

function endsInNumber(host: string): boolean {
  return /(?:^|\.)(?:\d+|0[xX][0-9a-fA-F]*)$/.test(host);
}
