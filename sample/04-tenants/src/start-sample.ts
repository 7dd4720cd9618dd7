import type { INestApplication, NestApplicationOptions } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { listenOn } from '../../01-quick-start/src/port-taken-error.js';
import { sampleSettings } from './sample-settings.js';

/** Starts one instance of the API, on any platform. Port 0 takes a free one. */
export async function startSample(
  adapter: AbstractHttpAdapter = new ExpressAdapter(),
  options: NestApplicationOptions = {},
): Promise<{ readonly app: INestApplication; readonly port: number }> {
  const app = await NestFactory.create(AppModule, adapter, options);
  try {
    app.enableShutdownHooks();
    const { port } = sampleSettings(app.get(ConfigService));
    await listenOn(port, 'PORT', (free) => app.listen(free));
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as { port: number };
  return { app, port };
}
