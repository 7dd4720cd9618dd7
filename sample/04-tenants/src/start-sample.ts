import type { INestApplication, NestApplicationOptions } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { sampleSettings } from './sample-settings.js';

/** Starts one instance of the API, on any platform. Port 0 takes a free one. */
export async function startSample(
  adapter: AbstractHttpAdapter = new ExpressAdapter(),
  options: NestApplicationOptions = {},
): Promise<{ readonly app: INestApplication; readonly port: number }> {
  const app = await NestFactory.create(AppModule, adapter, options);
  try {
    app.enableShutdownHooks();
    await app.listen(sampleSettings(app.get(ConfigService)).port);
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as { port: number };
  return { app, port };
}
