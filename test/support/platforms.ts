import type { DynamicModule, Type } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { startOn, type StartedApp, type StartOptions } from './start-on.js';

/** The platforms every end-to-end table runs on. */
export const PLATFORMS = [
  { platform: 'express', adapter: () => new ExpressAdapter() },
  { platform: 'fastify', adapter: () => new FastifyAdapter() },
] as const;

export type Platform = (typeof PLATFORMS)[number]['platform'];

/** A new adapter of a platform. */
export function adapterOf(platform: Platform): ExpressAdapter | FastifyAdapter {
  return platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
}

/** Boots an application as a user does, and listens on a free port of the loopback address. */
export function startApp(
  platform: Platform,
  module: Type | DynamicModule,
  options?: StartOptions,
): Promise<StartedApp> {
  return startOn(adapterOf(platform), module, options);
}
