import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { DynamicModule, Type } from '@nestjs/common';
import { adapterOf, PLATFORMS, type Platform } from './platforms.js';
import { startOn, type StartedApp, type StartOptions } from './start-on.js';

/**
 * How an application comes to its decisions. Nobody watches it in production: preflights are answered
 * in front of Fastify, and decisions are kept. Who watches makes it decide everything anew, past the
 * front listener. Without `NODE_ENV`, as with that of Jest, refusals are logged.
 */
export type Way = 'unwatched in production' | 'unwatched without NODE_ENV' | 'watched';

const EACH: readonly Way[] = ['unwatched in production', 'unwatched without NODE_ENV', 'watched'];

/** Each platform in each way, for tables of decisions. */
export const WAYS = PLATFORMS.flatMap(({ platform }) => EACH.map((way) => ({ platform, way })));

/** Boots an application as `startApp` does, so that it decides in one of the ways. */
export async function startWay(
  { platform, way }: { platform: Platform; way: Way },
  module: Type | DynamicModule,
  options?: StartOptions,
): Promise<StartedApp> {
  const adapter = adapterOf(platform);
  if (way === 'watched' && adapter instanceof FastifyAdapter) {
    adapter.setOnResponseHook((_request: unknown, _reply: unknown, done: () => void) => done());
  }
  const environment = process.env['NODE_ENV'];
  if (way === 'unwatched in production') process.env['NODE_ENV'] = 'production';
  if (way === 'unwatched without NODE_ENV') delete process.env['NODE_ENV'];
  try {
    const started = await startOn(adapter, module, options);
    if (way === 'watched') {
      subscribe('nestjs-cors:decision', watch);
      const { app } = started;
      const close = app.close.bind(app);
      app.close = (...rest) => {
        unsubscribe('nestjs-cors:decision', watch);
        return close(...rest);
      };
    }
    return started;
  } finally {
    process.env['NODE_ENV'] = environment;
  }
}

function watch(): void {
  // That somebody subscribed is enough.
}
