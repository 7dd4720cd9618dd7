import { createServer } from 'node:http';
import { listeningPort } from '../../01-quick-start/src/listening-port.js';

/** A port that is free now: Vite takes no 0 for one. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = listeningPort(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
