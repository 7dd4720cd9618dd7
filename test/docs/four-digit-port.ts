import { createServer } from 'node:net';

/**
 * A free port of four digits, as long as the 3000 of the pages: what a tool prints is then wrapped
 * at the same places.
 */
export async function fourDigitPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = 2000 + Math.floor(Math.random() * 7900);
    if (await isFree(port)) return port;
  }
  throw new Error('No free port of four digits.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
