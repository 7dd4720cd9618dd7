import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that answers whatever it likes to, byte by byte. */
export interface RawServer {
  readonly port: number;
  /** The heads of all requests. */
  readonly heads: readonly string[];
  /** How many bytes went out. */
  readonly sent: () => number;
  close(): Promise<void>;
}

/** Starts a server that hands each connection over as soon as the head of a request is there. */
export async function rawServer(
  answer: (socket: Socket, head: string) => void,
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const heads: string[] = [];
  let closedBytes = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    let head = '';
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      closedBytes += socket.bytesWritten;
      sockets.delete(socket);
    });
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      heads.push(head);
      answer(socket, head);
      head = '';
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    heads,
    sent: () => closedBytes + [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
