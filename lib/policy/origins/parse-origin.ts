import {
  isSerializedPort,
  MAX_HOST_LENGTH,
  MAX_LABEL_LENGTH,
  MAX_ORIGIN_LENGTH,
} from '../../fetch/origins.js';

const UNUSABLE_SCHEMES = /^(?:about|blob|data|file|filesystem|ftp|javascript|wss?)$/;

/**
 * Reads an exact origin or a pattern, as options have it. It must be written the way browsers
 * serialise origins: one that differs in a single byte would never be allowed, and nothing
 * would say why.
 *
 * @returns what is wrong, when it is neither
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 * @see https://www.rfc-editor.org/rfc/rfc6454#section-6.2
 */
export function parseOrigin(text: string): OriginPattern | OriginReason {
  const reason = findTextReason(text);
  if (reason !== undefined) return reason;
  const schemeEnd = text.indexOf('://');
  if (schemeEnd < 1) return 'origin-without-scheme';
  const scheme = text.slice(0, schemeEnd);
  const afterScheme = text.slice(schemeEnd + 3);
  const authority = afterScheme.slice(0, endOfAuthority(afterScheme));
  return (
    findSchemeReason(scheme) ??
    (authority.includes('@') ? 'origin-user-info' : undefined) ??
    findTailReason(afterScheme.slice(authority.length)) ??
    parseAuthority(text, scheme, authority)
  );
}

/** Ports of four digits are neither the default nor too large. */
const PLAIN = /^https:\/\/(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}(?::[1-9]\d{3})?$/;

/**
 * Whether a string is an exact origin of the most usual form: https, and a name that needs no URL
 * parser. It costs a tenth of `parseOrigin`, which takes all of these as well, and lists may have a
 * million of them.
 */
export function isPlainOrigin(text: string): boolean {
  return text.length <= MAX_HOST_LENGTH && PLAIN.test(text) && !text.includes('xn--');
}

/** Strings that cannot be origins, each with its own remedy. */
function findTextReason(text: string): OriginReason | undefined {
  if (text === '') return 'origin-empty';
  if (text === 'null') return 'origin-null';
  if (/^(?:["']|\[["'\]])/.test(text)) return 'origin-json-string';
  if (/^(?:\^|\/(?!\/))/.test(text)) return 'origin-regexp-string';
  if (text.includes(',')) return 'origin-comma-joined';
  if (/[\0-\x20\x7f]/.test(text)) return 'origin-whitespace';
  return text.length > MAX_ORIGIN_LENGTH ? 'origin-too-long' : undefined;
}

function findSchemeReason(scheme: string): OriginReason | undefined {
  if (scheme.includes('*')) return 'origin-wildcard-position';
  if (!/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) return 'origin-invalid-scheme';
  if (/[A-Z]/.test(scheme)) return 'origin-upper-case';
  return UNUSABLE_SCHEMES.test(scheme) ? 'origin-unusable-scheme' : undefined;
}

/** Browsers read a backslash as a slash there. */
function endOfAuthority(afterScheme: string): number {
  const end = afterScheme.search(/[/\\?#]/);
  return end === -1 ? afterScheme.length : end;
}

function findTailReason(tail: string): OriginReason | undefined {
  if (tail === '') return undefined;
  if (tail.startsWith('?')) return 'origin-query';
  if (tail.startsWith('#')) return 'origin-fragment';
  return tail === '/' ? 'origin-trailing-slash' : 'origin-path';
}

function parseAuthority(
  text: string,
  scheme: string,
  authority: string,
): OriginPattern | OriginReason {
  if (/^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/i.test(authority)) return 'origin-invalid-ip';
  const colon = authority.indexOf(':', authority.indexOf(']') + 1);
  const hostEnd = colon === -1 ? authority.length : colon;
  const fullHost = authority.slice(0, hostEnd);
  const subdomains = fullHost.startsWith('*.');
  const host = subdomains ? fullHost.slice(2) : fullHost;
  const port = authority.slice(hostEnd + 1);
  const isWeb = scheme === 'http' || scheme === 'https';
  const isWild = subdomains || host.includes('*');
  if (host.includes('*') && (subdomains || !isWildLabel(host))) return 'origin-wildcard-position';
  if (!isWeb && (isWild || port === '*')) return 'origin-wildcard-scheme';
  if (isWild && isIpHost(host)) return 'origin-wildcard-ip';
  // Whatever the wildcard stands for, the host is valid with a letter there.
  const reason =
    findHostReason(host.replace('*', 'x'), isWeb) ??
    (colon === -1 ? undefined : findPortReason(port, scheme));
  return reason ?? { text, scheme, host, subdomains, port };
}

/** Whether the only wildcard is part of the first label, which is not all there is. */
function isWildLabel(host: string): boolean {
  return /^[^.*]*\*[^.*]*\.[^*]+$/.test(host);
}

function findPortReason(port: string, scheme: string): OriginReason | undefined {
  if (port === '*' || isSerializedPort(port, scheme)) return undefined;
  const isDefault = isSerializedPort(port, '');
  return isDefault ? 'origin-default-port' : 'origin-invalid-port';
}

/**
 * What is wrong with the host of an exact origin or of a pattern (there without its `*.`), if
 * anything. Hosts of custom schemes are opaque to browsers: only their characters are checked.
 *
 * @see https://url.spec.whatwg.org/#host-parsing
 */
function findHostReason(host: string, isWeb: boolean): OriginReason | undefined {
  if (/[^\0-\x7f]/.test(host)) return 'origin-non-ascii-host';
  if (host.startsWith('[')) return isCanonical(host) ? undefined : 'origin-invalid-ip';
  if (!/^[A-Za-z0-9._-]+$/.test(host)) return 'origin-invalid-host';
  if (!isWeb) return undefined;
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
function isIpHost(host: string): boolean {
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

/** A dot at the end is sent as it is written: the name is the same, the origin is not. */
function hasValidLabels(host: string): boolean {
  const name = host.replace(/\.$/, '');
  if (name.length > MAX_HOST_LENGTH) return false;
  return name.split('.').every((label) => label !== '' && label.length <= MAX_LABEL_LENGTH);
}

function endsInNumber(host: string): boolean {
  return /(?:^|\.)(?:\d+|0[xX][0-9a-fA-F]*)\.?$/.test(host);
}

/** An origin as options have it, taken apart: an exact one, or a pattern for http or https. */
export interface OriginPattern {
  /** As written. For an exact origin, this is what `Origin` must equal. */
  readonly text: string;
  readonly scheme: string;
  /**
   * Without the `*.` of a pattern. IPv6 addresses in brackets. A `*` within the first label stands for
   * one or more letters, digits and hyphens.
   */
  readonly host: string;
  /** Whether it stands for all names below `host`, one label or more, and not for `host` itself. */
  readonly subdomains: boolean;
  /** As written: empty for the default port, `*` for any port, also the default one. */
  readonly port: string;
}

/** Whether it stands for several origins. */
export function isPattern({ host, subdomains, port }: OriginPattern): boolean {
  return subdomains || port === '*' || host.includes('*');
}

/** Why a string is neither an exact origin nor a pattern. */
export type OriginReason =
  /** The empty string, such as an environment variable that is set to nothing. */
  | 'origin-empty'
  /** `null`, which any page becomes inside a sandboxed frame. */
  | 'origin-null'
  /** Several origins in one string, separated by commas. */
  | 'origin-comma-joined'
  /** Spaces, tabs, line breaks or other control characters. */
  | 'origin-whitespace'
  /** A list as JSON, or an origin in quotes. */
  | 'origin-json-string'
  /** A RegExp in quotes. */
  | 'origin-regexp-string'
  /** Longer than 512 bytes, beyond which no `Origin` is read. */
  | 'origin-too-long'
  /** A host without a scheme. */
  | 'origin-without-scheme'
  /** The part before `://` is not a valid scheme. */
  | 'origin-invalid-scheme'
  /** No page has an origin of this scheme: `file:` and similar schemes serialise to `null`, and `ws:` is not a page. */
  | 'origin-unusable-scheme'
  /** A scheme or host in upper case, which browsers send in lower case. */
  | 'origin-upper-case'
  /** A user name or password before the host. */
  | 'origin-user-info'
  /** A slash at the end and nothing after it. */
  | 'origin-trailing-slash'
  /** A path. */
  | 'origin-path'
  /** A query. */
  | 'origin-query'
  /** A fragment. */
  | 'origin-fragment'
  /** A host with characters outside ASCII, which browsers send in punycode. */
  | 'origin-non-ascii-host'
  /** An impossible host: empty or overlong labels, invalid characters, punycode that Node.js refuses. */
  | 'origin-invalid-host'
  /** An IP address in a form other than the one browsers send. */
  | 'origin-invalid-ip'
  /** A port that is not an integer from 1 to 65535 without leading zeros. */
  | 'origin-invalid-port'
  /** The scheme's default port, which browsers omit. */
  | 'origin-default-port'
  /** A wildcard that is neither in the leftmost label of several nor the whole port, or a second one. */
  | 'origin-wildcard-position'
  /** A wildcard label before an IP address. */
  | 'origin-wildcard-ip'
  /** A pattern with a scheme other than http and https. */
  | 'origin-wildcard-scheme';
