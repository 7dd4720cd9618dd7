import type { AbstractHttpAdapter } from '@nestjs/core';
import { installOnExpress } from './express.js';
import { installOnFastify } from './fastify.js';
import type { PlatformParts } from './platform-parts.js';

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
