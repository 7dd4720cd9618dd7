import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { CORS_OVERRIDE } from './cors.constants.js';

/**
 * Where `@Cors()` stands and does nothing: on providers, such as GraphQL resolvers and WebSocket
 * gateways, whose requests no route handler serves.
 */
export function misplacedOverrides(modules: ModulesContainer): string[] {
  const scanner = new MetadataScanner();
  const places = new Set<string>();
  for (const module of modules.values()) {
    for (const { metatype } of module.providers.values()) {
      if (typeof metatype !== 'function') continue;
      if (Reflect.hasMetadata(CORS_OVERRIDE, metatype)) places.add(metatype.name);
      // Factories of providers, arrow functions among them, stand here too: those have none.
      const prototype: unknown = metatype.prototype;
      if (typeof prototype !== 'object' || prototype === null) continue;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const method = (prototype as Record<string, object | undefined>)[name];
        if (method !== undefined && Reflect.hasMetadata(CORS_OVERRIDE, method)) {
          places.add(`${metatype.name}.${name}`);
        }
      }
    }
  }
  return [...places];
}
