import type { NestApplicationOptions } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../01-quick-start/src/app.module.js';
import { listeningPort } from '../../01-quick-start/src/listening-port.js';
import { listenOn } from '../../01-quick-start/src/port-taken-error.js';
import { sampleSettings } from '../../01-quick-start/src/sample-settings.js';
import { startVite } from './start-vite.js';

/** The API, and Vite's dev server with the page: two ports, and so two origins. */
export interface RunningFrontEnd {
  readonly apiUrl: string;
  readonly pageUrl: string;
  readonly corsOrigins: readonly string[];
  close(): Promise<void>;
}

/** Starts the API of 01-quick-start, then the page. */
export async function startFrontEnd(
  options: NestApplicationOptions = {},
): Promise<RunningFrontEnd> {
  const app = await NestFactory.create(AppModule, options);
  const { port, pagePort, corsOrigins } = sampleSettings(app.get(ConfigService));
  try {
    await listenOn(port, 'PORT', (free) => app.listen(free));
    const apiUrl = `http://localhost:${listeningPort(app.getHttpServer())}`;
    const vite = await startVite(pagePort, apiUrl);
    return {
      apiUrl,
      pageUrl: `http://localhost:${pagePort}`,
      corsOrigins,
      close: async () => {
        await vite.close();
        await app.close();
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}
