import type { AbstractHttpAdapter } from '@nestjs/core';
import { CorsConfigError } from '../options/refusal/cors-config-error.js';
import { express } from './express/express.js';
import { fastify } from './fastify/fastify.js';
import type { Platform } from './platform.js';

/** Platforms by what `getType()` of their adapters says. */
export type Platforms = Readonly<Record<string, Platform>>;

/** The platforms that are supported. */
export const PLATFORMS: Platforms = Object.freeze({ express, fastify });

/**
 * The platform of an adapter. One that is not known is refused: it would answer some requests, and
 * leave others without CORS headers.
 *
 * @throws CorsConfigError for an adapter of another type
 */
export function platformOf(adapter: AbstractHttpAdapter, platforms: Platforms): Platform {
  const type: string = adapter.getType();
  const platform = Object.hasOwn(platforms, type) ? platforms[type] : undefined;
  if (platform !== undefined) return platform;
  const supported = Object.keys(platforms)
    .map((name) => `\`${name}\``)
    .join(' or ');
  throw new CorsConfigError([
    {
      path: 'NestFactory.create()',
      value: type,
      reason: 'adapter-unsupported',
      message: `Expected an HTTP adapter of type ${supported}, got \`${type}\`. Use \`@nestjs/platform-express\` or \`@nestjs/platform-fastify\`, or remove \`CorsModule\` and let the adapter's own CORS layer answer.`,
    },
  ]);
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

/** By this an adapter shows that an application with this module uses it. The same for both builds. */
const INSTALLED: unique symbol = Symbol.for('nestjs-cors:installed');

/**
 * Two applications may share the platform's instance, each by an adapter of its own. On one adapter, each
 * would take the other's handlers for routes without a controller, and `@Cors()` on them for nothing.
 */
export function refuseSharedAdapter(adapter: AbstractHttpAdapter & { [INSTALLED]?: true }): void {
  if (adapter[INSTALLED] === true) {
    throw new CorsConfigError([
      {
        path: 'NestFactory.create()',
        value: adapter.getType(),
        reason: 'adapter-shared',
        message:
          'Expected an HTTP adapter of its own for each application with `CorsModule`, got one that another application uses as well. Make another one, such as `new ExpressAdapter(instance)`: adapters may share the `express()`.',
      },
    ]);
  }
  adapter[INSTALLED] = true;
}
