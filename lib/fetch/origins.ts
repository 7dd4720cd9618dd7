/** No name of the DNS makes an origin longer than 270 bytes; extension ids stay far below, too. */
export const MAX_ORIGIN_LENGTH = 512;
const COLON = 0x3a;

/**
 * Whether a value has the form in which browsers serialise an origin: `null`, or scheme, `://`,
 * host and perhaps a port, with nothing else and nothing that a browser would have removed (upper
 * case, a default port, leading zeros). One scan, for the request path: whether the host is one
 * that can exist is not asked here.
 *
 * Hosts are held to letters, digits, `-`, `.` and `_`. The URL standard has more (`!`, `'`, `,`),
 * but DNS names of servers do not, and they can be used to get past RegExps.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
export function isSerializedOrigin(value: string): boolean {
  if (value === 'null') return true;
  if (value.length > MAX_ORIGIN_LENGTH) return false;
  const schemeEnd = endOfScheme(value);
  if (schemeEnd === 0 || !value.startsWith('://', schemeEnd)) return false;
  const scheme = value.slice(0, schemeEnd);
  const hostStart = schemeEnd + 3;
  const hostEnd = endOfHost(value, hostStart, scheme === 'http' || scheme === 'https');
  if (hostEnd === hostStart) return false;
  if (hostEnd === value.length) return true;
  return value.charCodeAt(hostEnd) === COLON && isSerializedPort(value.slice(hostEnd + 1), scheme);
}

/** RFC 3986 section 3.1, in lower case as serialised; 0 when there is none. */
function endOfScheme(value: string): number {
  let index = 0;
  for (; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    const isLetter = code >= 0x61 && code <= 0x7a;
    if (!isLetter && (index === 0 || !isLaterSchemeCode(code))) break;
  }
  return index;
}

function isLaterSchemeCode(code: number): boolean {
  // Digits, `+`, `-` and `.`
  return (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e;
}

/** Where the host that begins at `start` ends; `start` when there is none. */
function endOfHost(value: string, start: number, isWeb: boolean): number {
  if (value.charCodeAt(start) === 0x5b) return endOfIpv6(value, start);
  let index = start;
  for (; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code >= 0x61 && code <= 0x7a) continue; // a-z
    if (code >= 0x30 && code <= 0x39) continue; // 0-9
    if (code === 0x2d || code === 0x2e || code === 0x5f) continue; // - . _
    // Only the hosts of http and https are lower-cased: Safari has upper-case extension ids.
    if (!isWeb && code >= 0x41 && code <= 0x5a) continue; // A-Z
    break;
  }
  return index;
}

/** Where the bracketed address that begins at `start` ends; `start` when there is none. */
function endOfIpv6(value: string, start: number): number {
  let index = start + 1;
  for (; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code >= 0x30 && code <= COLON) continue; // 0-9 and :
    if (code >= 0x61 && code <= 0x66) continue; // a-f
    break;
  }
  return index > start + 2 && value.charCodeAt(index) === 0x5d ? index + 1 : start;
}

/** Of a DNS name without the dot at its end, and of one of its labels. */
export const MAX_HOST_LENGTH = 253;
export const MAX_LABEL_LENGTH = 63;

const MAX_PORT = 65535;

/**
 * Whether a port is written as a serialised origin has it: decimal, from 1 to 65535, without
 * leading zeros, and not the default port of the scheme, which serialising removes.
 *
 * @see https://url.spec.whatwg.org/#port-state
 */
export function isSerializedPort(port: string, scheme: string): boolean {
  if (port.length === 0 || port.charCodeAt(0) === 0x30) return false;
  let value = 0;
  for (let index = 0; index < port.length; index += 1) {
    const digit = port.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return false;
    value = value * 10 + digit;
    if (value > MAX_PORT) return false;
  }
  return !(value === 80 && scheme === 'http') && !(value === 443 && scheme === 'https');
}

/**
 * Whether a host is the local machine, so that nobody sits on the wire between: `localhost`, names
 * below it, with a dot at the end or without, 127.0.0.0/8 and `[::1]`. The host is one of a valid origin.
 *
 * @see https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
 */
export function isLoopbackHost(host: string): boolean {
  if (host === '[::1]') return true;
  return /(?:^|\.)localhost\.?$/.test(host) || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * The origin that `npx nestjs-cors check` sends to find out whether a server allows any origin. No
 * page has it and no server can have it on a list: nobody can own a name under `.invalid` (RFC 6761).
 */
export const PROBE_ORIGIN = 'https://nestjs-cors-check.invalid';

/**
 * Marks the requests that `npx nestjs-cors check` and `verify` send besides those of a page, as `null`
 * among others: a server leaves them out of its log. No page can hide behind it: browsers never let one
 * set a header whose name begins with `Sec-`.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export const PROBE_HEADER = 'Sec-Nestjs-Cors-Probe';
