import type { INestApplication, NestApplicationOptions } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { createApp } from '../../01-quick-start/src/create-app.js';
import { startPageServer } from '../../01-quick-start/src/page/page-server.js';
import { listenOn } from '../../01-quick-start/src/port-taken-error.js';
import { sampleSettings } from '../../01-quick-start/src/sample-settings.js';
import { startNginx } from './start-nginx.js';

/** nginx in front of the API, and the page that calls it through nginx. */
export interface RunningEdge {
  readonly edgeUrl: string;
  readonly pageUrl: string;
  /** Ends the API alone. */
  stopApi(): Promise<void>;
  startApi(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the quick start's API and page, and nginx in between. `EDGE_PORT` is nginx's. */
export async function startEdge(options: NestApplicationOptions = {}): Promise<RunningEdge> {
  let app: INestApplication | undefined = await createApp(undefined, options);
  const { port, pagePort, corsOrigins } = sampleSettings(app.get(ConfigService));
  const edgePort = Number(process.env['EDGE_PORT'] || 8080);
  const edgeUrl = `http://localhost:${edgePort}`;
  const stopApi = async () => {
    await app?.close();
    app = undefined;
  };
  const startApi = async () => {
    const created = (app ??= await createApp(undefined, options));
    await listenOn(port, 'PORT', (free) => created.listen(free));
  };
  try {
    await startApi();
    const page = await startPageServer(pagePort, {
      apiUrl: edgeUrl,
      corsOrigins,
      inspectorUrl: null,
    });
    try {
      const nginx = await startNginx({ edgePort, apiPort: port, pagePort });
      return {
        edgeUrl,
        pageUrl: `http://localhost:${page.port}`,
        stopApi,
        startApi,
        close: async () => {
          await nginx.close();
          await page.close();
          await stopApi();
        },
      };
    } catch (error) {
      await page.close();
      throw error;
    }
  } catch (error) {
    await stopApi();
    throw error;
  }
}
