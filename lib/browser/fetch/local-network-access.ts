import { printable } from '../../text/escape.js';
import { type AddressSpace, hostAddressSpace } from '../http/address-space.js';
import { isSameOrigin, isTrustworthy } from '../http/urls.js';
import { browserTitles, type Failure, type LocalNetworkPermission } from '../simulation.js';
import type { FetchRequest } from './fetch-request.js';
import type { AddressSpaces, UserAgent } from './user-agent.js';

/**
 * Checks whether a page may connect to a server: why not, or null. Chromium checks it from version
 * 142 on, Firefox from 153 on, both for pages of the public internet only; Safari does not.
 *
 * @see https://wicg.github.io/local-network-access/#fetching
 */
export async function localNetworkAccess(
  request: FetchRequest,
  { browser, journal, localNetwork }: UserAgent,
): Promise<Failure | null> {
  if (localNetwork === undefined || browser === 'safari') return null;
  const { pageOrigin, url, targetSpace } = request;
  if (isTrustworthy(pageOrigin) && isSameOrigin(pageOrigin, url)) return null;

  const { spaces, permission: state } = localNetwork;
  const space = await spaceOf(url, spaces.target);
  if (browser === 'chromium' && targetSpace !== null && targetSpace !== space) {
    return { check: 'LNA', details: { space, targetSpace } };
  }
  if (spaces.page !== 'public' || space === 'public') return null;
  if (browser === 'chromium' && !isTrustworthy(pageOrigin)) {
    return { check: 'LNA', details: { space, insecurePage: true } };
  }
  if (state === 'denied') return { check: 'LNA', details: { space } };
  if (state === 'granted') return null;
  journal.permission = permissionFor(space);
  journal.note(
    'LOCAL_NETWORK_PERMISSION',
    `${browserTitles[browser]} asks the user whether a page of the public internet may access ` +
      `${PLACES[space]}, where ${printable(url.host)} is (permission \`${journal.permission}\`). ` +
      'Without a yes, nothing is sent, and no response header changes that.',
    [journal.permission],
  );
  return null;
}

const PLACES: Readonly<Record<AddressSpace, string>> = {
  public: 'the internet',
  local: 'the local network',
  loopback: 'this computer',
};

function permissionFor(space: AddressSpace): LocalNetworkPermission {
  return space === 'loopback' ? 'loopback-network' : 'local-network';
}

function spaceOf(url: URL, target: AddressSpaces['target']): AddressSpace | Promise<AddressSpace> {
  if (target === undefined) return hostAddressSpace(url.hostname) ?? 'public';
  return typeof target === 'string' ? target : target(url.href);
}
