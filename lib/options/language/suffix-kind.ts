import { parse } from 'tldts';
import type { SuffixKind } from './openness.js';

/**
 * Asks the list of public suffixes about a host, of which single labels that it does not know are
 * suffixes, too.
 *
 * @see https://github.com/publicsuffix/list/wiki/Format#algorithm
 */
export function suffixKindOf(host: string): SuffixKind | undefined {
  const options = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };
  const { publicSuffix, isIcann, isPrivate } = parse(host, options);
  if (publicSuffix !== host) return undefined;
  if (isPrivate === true) return 'company';
  return isIcann === true ? 'registry' : 'unlisted';
}
