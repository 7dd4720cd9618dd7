/**
 * Whether two hosts belong to one registrable domain.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site
 */
export async function isSameSiteHost(one: string, other: string): Promise<boolean> {
  if (one === other) return true;
  // The list of public suffixes is large: only who needs it loads it.
  const { getDomain } = await import('tldts');
  const domain = getDomain(one, { allowPrivateDomains: true });
  return domain !== null && domain === getDomain(other, { allowPrivateDomains: true });
}
