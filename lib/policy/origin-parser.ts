import { isSerializedPort } from '../fetch/serialized-port.js';
import type { OriginFault } from './origin-fault.js';
import { findHostFault, isIpHost } from './origin-host.js';
import type { OriginPattern } from './origin-pattern.js';

const MAX_LENGTH = 512;
const UNUSABLE_SCHEMES = /^(?:about|blob|data|file|filesystem|ftp|javascript|wss?)$/;

/**
 * Reads an exact origin or a pattern, as options have it. It must be written the way browsers
 * serialise origins: one that differs in a single byte would never be allowed, without a word.
 *
 * @returns what is wrong, when it is neither
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 * @see https://www.rfc-editor.org/rfc/rfc6454#section-6.2
 */
export function parseOrigin(text: string): OriginPattern | OriginFault {
  const fault = findTextFault(text);
  if (fault !== undefined) return fault;
  const schemeEnd = text.indexOf('://');
  if (schemeEnd < 1) return 'origin-without-scheme';
  const scheme = text.slice(0, schemeEnd);
  const afterScheme = text.slice(schemeEnd + 3);
  const authority = afterScheme.slice(0, endOfAuthority(afterScheme));
  return (
    findSchemeFault(scheme) ??
    (authority.includes('@') ? 'origin-user-info' : undefined) ??
    findTailFault(afterScheme.slice(authority.length)) ??
    parseAuthority(text, scheme, authority)
  );
}

/** What whole strings look like that are no origin at all, each with a remedy of its own. */
function findTextFault(text: string): OriginFault | undefined {
  if (text === '') return 'origin-empty';
  if (text === 'null') return 'origin-null';
  if (/^(?:["']|\[["'\]])/.test(text)) return 'origin-json-string';
  if (/^(?:\^|\/(?!\/))/.test(text)) return 'origin-regexp-string';
  if (text.includes(',')) return 'origin-comma-joined';
  if (/[\0-\x20\x7f]/.test(text)) return 'origin-whitespace';
  return text.length > MAX_LENGTH ? 'origin-too-long' : undefined;
}

function findSchemeFault(scheme: string): OriginFault | undefined {
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

function findTailFault(tail: string): OriginFault | undefined {
  if (tail === '') return undefined;
  if (tail.startsWith('?')) return 'origin-query';
  if (tail.startsWith('#')) return 'origin-fragment';
  return tail === '/' ? 'origin-trailing-slash' : 'origin-path';
}

function parseAuthority(
  text: string,
  scheme: string,
  authority: string,
): OriginPattern | OriginFault {
  if (/^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/i.test(authority)) return 'origin-invalid-ip';
  const colon = authority.indexOf(':', authority.indexOf(']') + 1);
  const hostEnd = colon === -1 ? authority.length : colon;
  const fullHost = authority.slice(0, hostEnd);
  const subdomains = fullHost.startsWith('*.');
  const host = subdomains ? fullHost.slice(2) : fullHost;
  const port = authority.slice(hostEnd + 1);
  const isWeb = scheme === 'http' || scheme === 'https';
  if (host.includes('*')) return 'origin-wildcard-position';
  if (!isWeb && (subdomains || port === '*')) return 'origin-wildcard-scheme';
  if (subdomains && isIpHost(host)) return 'origin-wildcard-ip';
  const fault =
    findHostFault(host, isWeb) ?? (colon === -1 ? undefined : findPortFault(port, scheme));
  return fault ?? { text, scheme, host, subdomains, port };
}

function findPortFault(port: string, scheme: string): OriginFault | undefined {
  if (port === '*' || isSerializedPort(port, scheme)) return undefined;
  const isDefault = isSerializedPort(port, '');
  return isDefault ? 'origin-default-port' : 'origin-invalid-port';
}
