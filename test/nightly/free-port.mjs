import { createServer } from 'node:net';

/** A port of the loopback address that nobody listens on, for programs that take no 0. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
