import { isLoopbackHost } from '../../fetch/origins.js';

/**
 * Who can mean the same server by an address: everybody, those in one local network, or one machine.
 *
 * @see https://wicg.github.io/local-network-access/#ip-address-space-section
 */
export type AddressSpace = 'public' | 'local' | 'loopback';

/**
 * The address space of an IP address, in brackets or without; null when it is not an address.
 *
 * @see https://wicg.github.io/local-network-access/#non-public-ip-address-blocks
 */
export function addressSpaceOf(address: string): AddressSpace | null {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(plain)) return ipv4Space(plain.split('.').map(Number));
  return plain.includes(':') ? ipv6Space(plain) : null;
}

/**
 * The address space that the host of a URL shows without a look-up: an address, `localhost`, or a
 * name of the local network. Null for every other name.
 */
export function hostAddressSpace(host: string): AddressSpace | null {
  if (isLoopbackHost(host)) return 'loopback';
  return /(?:^|\.)local\.?$/.test(host) ? 'local' : addressSpaceOf(host);
}

/** Whether a host is written as an address. */
export function isAddress(host: string): boolean {
  return addressSpaceOf(host) !== null;
}

/** The less public of two: what a request to a host with both may turn out to be. */
export function lessPublic(a: AddressSpace, b: AddressSpace): AddressSpace {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}

const ORDER: readonly AddressSpace[] = ['loopback', 'local', 'public'];

/** Of 198.18.0.0/15 the draft says `loopback`; browsers treat it as public, and so does this. */
function ipv4Space([a = 0, b = 0, c = 0, d = 0]: readonly number[]): AddressSpace {
  if (a === 127 || (a === 0 && b === 0 && c === 0 && d === 0)) return 'loopback';
  const isLocal =
    a === 0 ||
    a === 10 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168);
  return isLocal ? 'local' : 'public';
}

function ipv6Space(address: string): AddressSpace | null {
  if (!URL.canParse(`http://[${address}]`)) return null;
  const groups = expanded(new URL(`http://[${address}]`).hostname.slice(1, -1));
  const [first = 0, second = 0, , , , sixth = 0, seventh = 0, last = 0] = groups;
  if (groups.slice(0, 7).every((group) => group === 0) && last <= 1) return 'loopback';
  if (groups.slice(0, 5).every((group) => group === 0) && sixth === 0xffff) {
    return ipv4Space([seventh >> 8, seventh & 0xff, last >> 8, last & 0xff]);
  }
  const isLocal =
    (first & 0xfe00) === 0xfc00 ||
    // Link-local and, after it, site-local.
    (first & 0xff80) === 0xfe80 ||
    (first === 0x2001 && second === 0xdb8) ||
    (first === 0x3fff && second < 0x1000);
  return isLocal ? 'local' : 'public';
}

/** The eight groups of an address as the URL standard writes it. */
function expanded(address: string): readonly number[] {
  const [before = '', after] = address.split('::');
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  if (after === undefined) return groups(before);
  const [head, tail] = [groups(before), groups(after)];
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  return [...head, ...zeros, ...tail];
}
