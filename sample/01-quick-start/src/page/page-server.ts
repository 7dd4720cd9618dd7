import { createServer, type ServerResponse } from 'node:http';
import { listeningPort } from '../listening-port.js';
import { listenOn } from '../port-taken-error.js';
import { askApi } from './ask-api.js';
import { pageHtml } from './page-html.js';
import { PAGE_REQUESTS } from './page-requests.js';
import { pageScript } from './page-script.js';
import type { PageSettings } from './page-settings.js';
import { PAGE_STYLE } from './page-style.js';

/** The server of the page: an origin of its own. */
export interface PageServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the page, and responds to `/ask/<id>` with what the API sends for that request of the page. */
export async function startPageServer(port: number, settings: PageSettings): Promise<PageServer> {
  const files = new Map([
    ['/', { type: 'text/html', content: pageHtml(settings) }],
    ['/page.css', { type: 'text/css', content: PAGE_STYLE }],
    ['/page.js', { type: 'text/javascript', content: pageScript(settings) }],
  ]);

  const server = createServer((request, response) => {
    const { method, url = '/', headers } = request;
    const file = files.get(url);
    const asked = PAGE_REQUESTS.find(({ id }) => url === `/ask/${id}`);
    if (method !== 'GET') {
      end(response, 405, 'text/plain', 'Expected a GET request');
    } else if (file) {
      end(response, 200, file.type, file.content);
    } else if (asked) {
      askApi(settings.apiUrl, asked, `http://${headers.host}`).then(
        (answers) => end(response, 200, 'application/json', JSON.stringify(answers)),
        (error: unknown) =>
          end(response, 502, 'text/plain', `The API does not respond: ${String(error)}`),
      );
    } else {
      end(response, 404, 'text/plain', 'There is no such file');
    }
  });

  const listen = (free: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(free, resolve);
    });
  await listenOn(port, 'PAGE_PORT', listen);
  return {
    port: listeningPort(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function end(response: ServerResponse, status: number, type: string, content: string): void {
  response
    .writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
    .end(content);
}
