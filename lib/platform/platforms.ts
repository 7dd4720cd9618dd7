import { parse as parseUrl } from 'node:url';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { CorsConfigError } from '../options/refusal/cors-config-error.js';
import type { PathTable } from '../routing/path-table.js';
import type { RouteEntry } from '../routing/route-entry.js';
import { OrderedPathTable } from './express/express-path-table.js';
import { installOnExpress } from './express/express.js';
import { fastifyRouterOptions } from './fastify/fastify-internals.js';
import { RadixPathTable } from './fastify/fastify-path-table.js';
import { installOnFastify } from './fastify/fastify.js';
import type { PlatformParts } from './platform.js';

/**
 * Installs the module's hooks on the application's HTTP adapter.
 *
 * @throws Error for an adapter other than Express and Fastify
 */
export function install(adapter: AbstractHttpAdapter, parts: PlatformParts): void {
  const type: string = adapter.getType();
  switch (type) {
    case 'express':
      return installOnExpress(adapter, parts);
    case 'fastify':
      return installOnFastify(adapter, parts);
    default:
      throw new Error(
        `Expected an HTTP adapter of type express or fastify, got \`${type}\`. Use @nestjs/platform-express or @nestjs/platform-fastify.`,
      );
  }
}

interface ExpressLike {
  readonly router?: {
    readonly caseSensitive?: boolean;
    readonly strict?: boolean;
    readonly stack?: readonly { readonly name?: string }[];
  };
}

/** The path table that reads paths as the application's own router does, with its own options. */
export function createPathTable(adapter: AbstractHttpAdapter): PathTable<RouteEntry> {
  if (adapter.getType() === 'fastify') {
    return new RadixPathTable(fastifyRouterOptions(adapter.getInstance<object>()));
  }
  const { router } = adapter.getInstance<ExpressLike>();
  return new OrderedPathTable({
    caseSensitive: router?.caseSensitive ?? false,
    strict: router?.strict ?? false,
    parseUrl,
  });
}

interface FastifyLike {
  addHook(name: 'onReady', hook: (done: () => void) => void): void;
  hasRequestDecorator(name: string): boolean;
}

/**
 * Looks for another CORS layer on the same application, where it can be seen: the middleware of
 * `cors` on Express, the plugin `@fastify/cors` on Fastify.
 *
 * @param onFound told its name; on Fastify once its plugins are loaded
 */
export function findOtherCorsLayer(
  adapter: AbstractHttpAdapter,
  onFound: (layer: string) => void,
): void {
  if (adapter.getType() === 'fastify') {
    const instance = adapter.getInstance<FastifyLike>();
    instance.addHook('onReady', (done) => {
      if (instance.hasRequestDecorator('corsPreflightEnabled')) onFound('the plugin @fastify/cors');
      done();
    });
    return;
  }
  const { router } = adapter.getInstance<ExpressLike>();
  if (router?.stack?.some(({ name }) => name === 'corsMiddleware')) {
    onFound('the middleware of the package cors');
  }
}

/**
 * Two CORS layers on one application contradict each other header by header, so the other one is
 * refused: `app.enableCors()`, and `NestFactory.create(AppModule, { cors: true })`.
 */
export function refuseEnableCors(adapter: AbstractHttpAdapter): void {
  adapter.enableCors = (options?: unknown) => {
    throw new CorsConfigError([
      {
        path: 'app.enableCors()',
        value: options,
        reason: 'enable-cors-conflict',
        message:
          'Expected one CORS layer, got `app.enableCors()` (or the option `cors` of `NestFactory.create`) next to `CorsModule`. Remove it, and move its options to `CorsModule.forRoot()`.',
      },
    ]);
  };
}
