import { RequestMethod, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import type { ApplicationConfig, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { PathsExplorer } from '@nestjs/core/router/paths-explorer.js';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';

type VersionedPaths = Parameters<RoutePathFactory['create']>[0];

/**
 * The routes of all controllers, in the order in which Nest registers them. A mirror of
 * `RoutesResolver` and `RouterExplorer`, built on Nest's own path factory: the adapter shows what
 * Nest registers, but not which class and method it belongs to.
 *
 * @param scanner keeps what it has read: one for an application
 * @see https://github.com/nestjs/nest/blob/master/packages/core/router/routes-resolver.ts
 */
export function controllerRoutes(
  modules: ModulesContainer,
  config: ApplicationConfig,
  scanner: MetadataScanner,
): ControllerRoute[] {
  const paths = new RoutePathFactory(config);
  const explorer = new PathsExplorer(scanner);
  const versioningOptions = config.getVersioning();
  const globalPrefix = withLeadingSlash(config.getGlobalPrefix());
  const inHeader = versioningOptions !== undefined && versioningOptions.type !== VersioningType.URI;
  const routes: ControllerRoute[] = [];

  for (const module of modules.values()) {
    const modulePath: unknown =
      Reflect.getMetadata(NEST_METADATA.modulePath + modules.applicationId, module.metatype) ??
      Reflect.getMetadata(NEST_METADATA.modulePath, module.metatype);
    for (const { metatype, instance } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const host = Reflect.getMetadata(NEST_METADATA.host, metatype) as ControllerRoute['host'];
      const controllerVersion: unknown = versioningOptions
        ? (Reflect.getMetadata(NEST_METADATA.version, metatype) ?? versioningOptions.defaultVersion)
        : undefined;
      for (const ctrlPath of pathsOf(metatype)) {
        for (const route of explorer.scanForPaths(instance)) {
          const versions = inHeader ? versionsOf(route.version ?? controllerVersion) : undefined;
          for (const methodPath of route.path) {
            const metadata = {
              ctrlPath,
              methodPath,
              modulePath,
              globalPrefix,
              controllerVersion,
              methodVersion: route.version,
              versioningOptions,
            } as VersionedPaths;
            for (const path of paths.create(metadata, route.requestMethod)) {
              routes.push({
                method: RequestMethod[route.requestMethod],
                path,
                controller: metatype,
                handler: route.methodName,
                callback: route.targetCallback,
                host,
                versions,
              });
            }
          }
        }
      }
    }
  }
  return routes;
}

/** In words; undefined where no version is declared, or the route takes requests of any. */
function versionsOf(declared: unknown): readonly string[] | undefined {
  // In a list, it stands for requests without a version.
  if (!declared || declared === VERSION_NEUTRAL) return undefined;
  const versions: readonly unknown[] = Array.isArray(declared) ? declared : [declared];
  return versions.map((version) => (version === VERSION_NEUTRAL ? 'neutral' : String(version)));
}

function pathsOf(controller: Function): readonly string[] {
  const path = Reflect.getMetadata(NEST_METADATA.path, controller) as string | string[] | undefined;
  return (Array.isArray(path) ? path : [path ?? '']).map(withLeadingSlash);
}

function withLeadingSlash(path: string): string {
  return path === '' || path.startsWith('/') || path.startsWith('{/') ? path : `/${path}`;
}

/** A route as Nest will register it, read from the controllers. */
export interface ControllerRoute {
  /** `GET`, `PUT`, … or `ALL`. */
  readonly method: string;
  readonly path: string;
  readonly controller: Function;
  readonly handler: string;
  /** The method itself, whose metadata Nest copies to what it registers. */
  readonly callback: object;
  readonly host: string | RegExp | readonly (string | RegExp)[] | undefined;
  /** Where a version which no URL shows decides (header, media type, custom). */
  readonly versions: readonly string[] | undefined;
}

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
export function controllerHandlers(
  modules: ModulesContainer,
  scanner: MetadataScanner,
): ControllerHandler[] {
  const handlers: ControllerHandler[] = [];
  const seen = new Set<Function>();
  for (const module of modules.values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function' || seen.has(metatype)) continue;
      seen.add(metatype);
      const prototype = prototypeOf(metatype);
      for (const handler of scanner.getAllMethodNames(prototype)) {
        const callback = prototype[handler];
        if (callback !== undefined && isMapped(callback)) {
          handlers.push({ controller: metatype, handler, callback });
        }
      }
    }
  }
  return handlers;
}

/**
 * Whether Nest maps a method, or has made a handler of one that it does. Asked in the way in which Nest
 * itself asks: V8 would have to optimise another one as well, for some milliseconds.
 */
export function isMapped(method: object): boolean {
  return Reflect.getMetadata(NEST_METADATA.path, method) !== undefined;
}

function prototypeOf(controller: Function): Record<string, object> {
  const prototype: unknown = controller.prototype;
  return prototype as Record<string, object>;
}

/**
 * The metadata keys under which Nest's decorators keep what the route mirror reads. Nest exports
 * them from other modules in 11 (`@nestjs/common/constants`) than in 12 (`@nestjs/common/internal`),
 * with the same values.
 */
export const NEST_METADATA = {
  path: 'path',
  method: 'method',
  host: 'host',
  version: '__version__',
  modulePath: '__module_path__',
  injectable: '__injectable__',
} as const;
