import type { INestApplication } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:net';
import { freePort, quietPort } from '../support/free-port.js';

export const LINES = 'several lines of each header';

/** What a server behind the edge may do about CORS of its own. */
export const HOSTILE: Readonly<Record<string, (response: ServerResponse, origin: string) => void>> =
  {
    'any origin': (response) => {
      response.setHeader('Access-Control-Allow-Origin', '*');
    },
    'any origin, with credentials': (response, origin) => {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Allow-Credentials', 'true');
      response.setHeader('Access-Control-Expose-Headers', 'x-hostile');
      response.setHeader('Timing-Allow-Origin', '*');
    },
    [LINES]: (response, origin) => {
      response.setHeader('Access-Control-Allow-Origin', ['*', origin]);
      response.setHeader('Access-Control-Expose-Headers', ['x-a', 'x-b']);
      response.setHeader('Vary', ['Origin', 'origin', 'Accept']);
    },
  };

/** The headers of each response, in the middleware of an application. */
export function withHostileCors(behaviour: keyof typeof HOSTILE) {
  return (app: INestApplication) => {
    app.use(
      (request: { headers: { origin?: string } }, response: ServerResponse, next: () => void) => {
        HOSTILE[behaviour]?.(response, request.headers.origin ?? '*');
        next();
      },
    );
  };
}

/** A port on which nobody listens. */
export function downPort(): Promise<number> {
  return quietPort();
}

/** A server that takes connections, and ends each without a response. */
export async function startDropping(): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.destroy());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port, server };
}
