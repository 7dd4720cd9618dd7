import {
  type AddressSpace,
  addressSpaceOf,
  hostAddressSpace,
  lessPublic,
} from '../browser/http/address-space.js';
import type { AddressSpaces } from '../browser/index.js';

/** The addresses of a URL's host; none where it has none. */
export type Resolve = (url: string) => Promise<readonly string[]>;

/**
 * Where the page and the servers are, as far as their names and addresses show. A page counts as one
 * of the public internet unless its host says otherwise: its name may mean nothing here.
 */
export function addressSpacesFor(origin: string, resolve: Resolve): AddressSpaces {
  return {
    page: URL.canParse(origin)
      ? (hostAddressSpace(new URL(origin).hostname) ?? 'public')
      : 'public',
    target: async (url) => {
      const known = hostAddressSpace(new URL(url).hostname);
      return known ?? leastPublic(await resolve(url));
    },
  };
}

/** Which of several addresses a browser connects to is chance: one local one is enough to be asked. */
function leastPublic(addresses: readonly string[]): AddressSpace {
  return addresses.map((one) => addressSpaceOf(one) ?? 'public').reduce(lessPublic, 'public');
}
