import { parse } from 'tldts';
import { suffixesBelow } from './suffixes-below.js';

/**
 * Which kind of public suffix a host is, if it is one: of a registry (`com`, `co.uk`), of a company
 * that gives the names below it to its customers (`vercel.app`), or a single label on no list.
 */
export type SuffixKind = 'registry' | 'company' | 'unlisted';

/** The list of public suffixes, below which anyone can own a name. */
export interface SuffixList {
  readonly kindOf: (host: string) => SuffixKind | undefined;
  /** The public suffixes below a host that is not one itself, the nearest first. */
  readonly below: (host: string) => readonly string[];
}

const OPTIONS = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };

/**
 * A single label that the list does not know counts as a public suffix.
 *
 * @see https://github.com/publicsuffix/list/wiki/Format#algorithm
 */
function suffixKindOf(host: string): SuffixKind | undefined {
  const { publicSuffix, isIcann, isPrivate } = parse(host, OPTIONS);
  if (publicSuffix !== host) return undefined;
  if (isPrivate === true) return 'company';
  return isIcann === true ? 'registry' : 'unlisted';
}

/** It weighs as much as the rest of the module: load this file only where it is needed. */
export const PUBLIC_SUFFIXES: SuffixList = Object.freeze({
  kindOf: suffixKindOf,
  below: suffixesBelow((host) => suffixKindOf(host) !== undefined),
});
