import type { INestApplication, NestApplicationOptions, Type, DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';

/** The platforms every end-to-end table runs on. */
export const PLATFORMS = [
  { platform: 'express', adapter: () => new ExpressAdapter() },
  { platform: 'fastify', adapter: () => new FastifyAdapter() },
] as const;

export type Platform = (typeof PLATFORMS)[number]['platform'];

/** Boots an application as a user does, and listens on a free port of the loopback address. */
export async function startApp(
  platform: Platform,
  module: Type | DynamicModule,
  {
    configure,
    ...options
  }: NestApplicationOptions & { configure?: (app: INestApplication) => unknown } = {},
): Promise<{ app: INestApplication; port: number }> {
  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
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
