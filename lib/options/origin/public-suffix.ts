import { getPublicSuffix } from 'tldts';

const OPTIONS = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };

/**
 * Whether anyone can own a name below a host: `com`, `co.uk`, `github.io`. A single label that no
 * list knows counts as a public suffix, per the list's algorithm.
 *
 * Its list weighs as much as the rest of the module: load this file only where it is needed.
 *
 * @see https://github.com/publicsuffix/list/wiki/Format#algorithm
 */
export function isPublicSuffix(host: string): boolean {
  return getPublicSuffix(host, OPTIONS) === host;
}
