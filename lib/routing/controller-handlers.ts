import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { NEST_METADATA } from './nest-metadata.js';

/** A method of a controller that serves routes. */
export interface ControllerHandler {
  readonly controller: Function;
  readonly handler: string;
  readonly callback: object;
}

/**
 * Every handler of every controller, known as soon as Nest has scanned the modules: before any
 * provider exists and before routes are registered.
 */
export function controllerHandlers(modules: ModulesContainer): ControllerHandler[] {
  const scanner = new MetadataScanner();
  const handlers: ControllerHandler[] = [];
  const seen = new Set<Function>();
  for (const module of modules.values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function' || seen.has(metatype)) continue;
      seen.add(metatype);
      const prototype = prototypeOf(metatype);
      for (const handler of scanner.getAllMethodNames(prototype)) {
        const callback = prototype[handler];
        if (callback !== undefined && Reflect.hasMetadata(NEST_METADATA.path, callback)) {
          handlers.push({ controller: metatype, handler, callback });
        }
      }
    }
  }
  return handlers;
}

function prototypeOf(controller: Function): Record<string, object> {
  const prototype: unknown = controller.prototype;
  return prototype as Record<string, object>;
}
