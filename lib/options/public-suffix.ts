import { getPublicSuffix } from 'tldts';
import { isLoopbackHost } from '../policy/origin-loopback.js';
import type { OriginPattern } from '../policy/origin-pattern.js';

/**
 * Whether a pattern covers names that belong to anybody: its host is a public suffix, or every name
 * below it is one. A single label that no list knows counts as a public suffix, as the algorithm of
 * the list has it.
 *
 * @see https://github.com/publicsuffix/list/wiki/Format#algorithm
 */
export function isOverPublicSuffix({ host, subdomains }: OriginPattern): boolean {
  if (!subdomains || isLoopbackHost(host)) return false;
  return isPublicSuffix(host) || isPublicSuffix(`any.${host}`);
}

function isPublicSuffix(host: string): boolean {
  const options = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };
  return getPublicSuffix(host, options) === host;
}
