import type { NestApplicationOptions } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { CorsInspector } from 'nestjs-cors/inspector';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { createApp } from './create-app.js';
import { listeningPort } from './listening-port.js';
import { startPageServer } from './page/page-server.js';
import { listenOn } from './port-taken-error.js';
import { sampleSettings } from './sample-settings.js';

/** The API and the page that calls it, on two ports and so on two origins. */
export interface RunningSample {
  readonly apiUrl: string;
  readonly pageUrl: string;
  readonly corsOrigins: readonly string[];
  /** Who may call what, and why a call is refused; null in production. */
  readonly inspectorUrl: string | null;
  close(): Promise<void>;
}

/** Starts the API on any platform, then the page. Port 0 takes a free one. */
export async function startSample(
  adapter?: AbstractHttpAdapter,
  options?: NestApplicationOptions,
): Promise<RunningSample> {
  const app = await createApp(adapter, options);
  const { port, pagePort, corsOrigins } = sampleSettings(app.get(ConfigService));
  const hasInspector = process.env['NODE_ENV'] !== 'production';
  try {
    if (hasInspector) CorsInspector.setup('cors', app);
    await listenOn(port, 'PORT', (free) => app.listen(free));
    const apiUrl = `http://localhost:${listeningPort(app.getHttpServer())}`;
    const inspectorUrl = hasInspector ? `${apiUrl}/cors` : null;
    const page = await startPageServer(pagePort, { apiUrl, corsOrigins, inspectorUrl });
    return {
      apiUrl,
      pageUrl: `http://localhost:${page.port}`,
      corsOrigins,
      inspectorUrl,
      close: async () => {
        await page.close();
        await app.close();
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}
