import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestedApplication } from './cors-call.js';

interface HandlesRequests {
  emit(event: 'request', ...args: readonly unknown[]): unknown;
}

/**
 * Gives an application a temporary server on the loopback address while something is done with its
 * port. The application's own server never has to listen or close: it may do so already,
 * or later, and several tests may run at once. Without a server in between, `inject()` would be
 * one way on Fastify and something else on Express.
 */
export async function withAppServer<Result>(
  app: TestedApplication,
  use: (port: number) => Promise<Result>,
): Promise<Result> {
  await app.init();
  const instance = app.getHttpAdapter().getInstance();
  // Fastify routes nothing before its plugins are loaded.
  if (isReadied(instance)) await instance.ready();

  const target = app.getHttpServer();
  if (!handlesRequests(target)) {
    throw new TypeError('Expected `app.getHttpServer()` to be a server of `node:http`.');
  }
  const server = createServer((request, response) => target.emit('request', request, response));
  const port = await listen(server);
  try {
    return await use(port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

function isReadied(instance: unknown): instance is { ready(): Promise<unknown> } {
  return (
    (typeof instance === 'object' || typeof instance === 'function') &&
    instance !== null &&
    'ready' in instance &&
    typeof instance.ready === 'function'
  );
}

function handlesRequests(server: unknown): server is HandlesRequests {
  return (
    typeof server === 'object' &&
    server !== null &&
    'emit' in server &&
    typeof server.emit === 'function'
  );
}
