import { parse } from 'tldts';

/**
 * Which kind of public suffix a host is, if it is one: of a registry (`com`, `co.uk`), of a company
 * that gives the names below it to its customers (`vercel.app`), or a single label on no list.
 */
export type SuffixKind = 'registry' | 'company' | 'unlisted';

const OPTIONS = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };

/**
 * Asks the list of public suffixes, below which anyone can own a name. A single label that it does not
 * know counts as one, as the algorithm of the list has it.
 *
 * Its list weighs as much as the rest of the module: load this file only where it is needed.
 *
 * @see https://github.com/publicsuffix/list/wiki/Format#algorithm
 */
export function suffixKindOf(host: string): SuffixKind | undefined {
  const { publicSuffix, isIcann, isPrivate } = parse(host, OPTIONS);
  if (publicSuffix !== host) return undefined;
  if (isPrivate === true) return 'company';
  return isIcann === true ? 'registry' : 'unlisted';
}
