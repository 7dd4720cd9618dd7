import { createReadStream, statSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * Serves a folder on a free loopback port, pages without their `.html`, as the host of the site does.
 *
 * @returns the address with a slash at the end, and a function that stops it
 */
export async function serve(folder, base) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = fileOf(folder, decodeURIComponent(pathname).slice(base.length - 1));
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' });
    createReadStream(file).pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function fileOf(folder, path) {
  const plain = join(folder, normalize(path));
  const candidates = path.endsWith('/') ? [join(plain, 'index.html')] : [plain, `${plain}.html`];
  return candidates.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}
