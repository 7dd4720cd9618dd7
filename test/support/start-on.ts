import type { DynamicModule, INestApplication, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';

/** Nest's options, and what is done to the application before it listens. */
export type StartOptions = NestApplicationOptions & {
  configure?: (app: INestApplication) => unknown;
};

export interface StartedApp {
  readonly app: INestApplication;
  readonly port: number;
}

/** Starts an application on a given adapter, and listens on a free port of the loopback address. */
export async function startOn(
  adapter: AbstractHttpAdapter,
  module: Type | DynamicModule,
  { configure, ...options }: StartOptions = {},
): Promise<StartedApp> {
  const app = await NestFactory.create(module, adapter, {
    logger: false,
    abortOnError: false,
    ...options,
  });
  try {
    await configure?.(app);
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as { port: number };
  return { app, port };
}
