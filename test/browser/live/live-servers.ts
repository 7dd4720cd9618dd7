import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { CorsModule } from '../../../lib/index.js';
import { type Platform, startApp } from '../../support/platforms.js';
import { LIVE_CONTROLLERS } from './live-controllers.js';
import type { Caller } from './live-row.js';

/** What of a request must be the same from a browser and from a simulation. */
export interface SeenRequest {
  readonly at: 'api' | 'elsewhere';
  readonly method: string;
  readonly path: string;
  readonly origin: string | null;
  readonly cookie: boolean;
  readonly requestMethod: string | null;
  readonly requestHeaders: string | null;
}

const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>page</title>';

/** The pages, the API they call, and a second API on the other platform. */
export class LiveServers {
  private readonly seen: { readonly run: string | null; readonly request: SeenRequest }[] = [];

  private constructor(
    private readonly urls: Readonly<Record<'page' | 'stranger' | 'api' | 'elsewhere', string>>,
    private readonly pages: readonly Server[],
    private readonly apps: readonly INestApplication[],
  ) {}

  static async start(platform: Platform): Promise<LiveServers> {
    const pages = [createPage(), createPage()];
    const [page = '', stranger = ''] = await Promise.all(pages.map(listen));
    const api = await startLive(platform, page);
    const elsewhere = await startLive(platform === 'express' ? 'fastify' : 'express', page);
    const urls = { page, stranger, api: urlOf(api.port), elsewhere: urlOf(elsewhere.port) };
    const servers = new LiveServers(urls, pages, [api.app, elsewhere.app]);
    servers.listenTo('api', api.app);
    servers.listenTo('elsewhere', elsewhere.app);
    return servers;
  }

  /** The document that a caller is, or is in. */
  documentOf(caller: Caller): string {
    return `${this.urls[caller === 'sandbox' ? 'page' : caller]}/`;
  }

  originOf(caller: Caller): string {
    return caller === 'sandbox' ? 'null' : this.urls[caller];
  }

  /** The URL of a path for one who runs a row. */
  url(path: string, run: string): string {
    const filled = path.replace('{elsewhere}', this.urls.elsewhere);
    return `${this.urls.api}${filled}${filled.includes('?') ? '&' : '?'}run=${encodeURIComponent(run)}`;
  }

  /** What reached the APIs in a run of a row, in order. */
  requests(run: string): readonly SeenRequest[] {
    return this.seen.filter((one) => one.run === run).map(({ request }) => request);
  }

  async close(): Promise<void> {
    await Promise.all(this.apps.map((app) => app.close()));
    await Promise.all(
      this.pages.map((page) => {
        page.closeAllConnections();
        return new Promise((done) => page.close(done));
      }),
    );
  }

  /** In front of Nest, which answers preflights before anything of the application. */
  private listenTo(at: SeenRequest['at'], app: INestApplication): void {
    const server = app.getHttpServer() as Server;
    server.prependListener('request', ({ method = '', url = '', headers }: IncomingMessage) => {
      const { pathname, searchParams } = new URL(url, 'http://any');
      const request: SeenRequest = {
        at,
        method,
        path: pathname,
        origin: headers.origin ?? null,
        cookie: headers.cookie !== undefined,
        requestMethod: headers['access-control-request-method'] ?? null,
        requestHeaders: headers['access-control-request-headers'] ?? null,
      };
      this.seen.push({ run: searchParams.get('run'), request });
    });
  }
}

function startLive(platform: Platform, pageOrigin: string) {
  @Module({
    imports: [
      CorsModule.forRoot({
        origin: [pageOrigin],
        credentials: true,
        exposedHeaders: ['x-total-count'],
        diagnostics: false,
      }),
    ],
    controllers: LIVE_CONTROLLERS,
  })
  class LiveModule {}
  return startApp(platform, LiveModule, { forceCloseConnections: true });
}

function createPage(): Server {
  return createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  });
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return urlOf((server.address() as AddressInfo).port);
}

/** By name: with an address, Firefox forgets at each connection what it was allowed. */
function urlOf(port: number): string {
  return `http://localhost:${port}`;
}
