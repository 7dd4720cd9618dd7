import type { Server } from 'node:http';

/** The port a server really listens on, which with port 0 is known only now. */
export function listeningPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error(`Expected a server that listens on a port, got ${JSON.stringify(address)}`);
  }
  return address.port;
}
