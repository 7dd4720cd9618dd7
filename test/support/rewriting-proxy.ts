import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** The head of a response on its way through a proxy. */
export interface PassingHead {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string | string[]>;
  readonly request: IncomingMessage;
}

/** A proxy before an application: it may change the head of each response, or answer itself. */
export async function startProxy(
  port: number,
  change: (head: PassingHead) => void,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  return listening((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const passed = request({ host: '127.0.0.1', port, method, path: url, headers }, (response) => {
      const head: PassingHead = {
        status: response.statusCode ?? 0,
        headers: Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, value ?? '']),
        ),
        request: incoming,
      };
      change(head);
      outgoing.writeHead(head.status, head.headers);
      response.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
}

/** Any server on a free port of the loopback address. */
export async function listening(
  serve: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server: Server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
