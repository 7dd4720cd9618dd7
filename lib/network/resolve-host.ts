import { lookup } from 'node:dns/promises';

/** The addresses of a host, as the system resolves it; none where it does not. */
export async function resolveHost(hostname: string): Promise<readonly string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch {
    // Whoever connects reports it.
    return [];
  }
}
