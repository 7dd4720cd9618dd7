import type { DynamicModule, Type } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { startOn, type StartedApp, type StartOptions } from './start-on.js';

const ADAPTERS = {
  express: () => new ExpressAdapter(),
  fastify: () => new FastifyAdapter(),
} as const;

export type Platform = keyof typeof ADAPTERS;

/** The platforms every end-to-end table runs on. */
export const PLATFORMS = (Object.keys(ADAPTERS) as Platform[]).map((platform) => ({
  platform,
  adapter: ADAPTERS[platform],
}));

/** A new adapter of a platform. */
export function adapterOf(platform: Platform): ReturnType<(typeof ADAPTERS)[Platform]> {
  return ADAPTERS[platform]();
}

/** Boots an application as a user does, and listens on a free port of the loopback address. */
export function startApp(
  platform: Platform,
  module: Type | DynamicModule,
  options?: StartOptions,
): Promise<StartedApp> {
  return startOn(adapterOf(platform), module, options);
}
