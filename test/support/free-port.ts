import { type AddressInfo, createServer } from 'node:net';

/** A free port, for programs that do not accept 0. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/**
 * A free port below those that systems give away: those are given to other tests as well, whose servers
 * would be taken for the one that is meant, or is meant to be down.
 */
export async function quietPort(): Promise<number> {
  const port = 10_240 + Math.floor(Math.random() * 20_000);
  const isFree = await new Promise<boolean>((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  return isFree ? port : quietPort();
}
