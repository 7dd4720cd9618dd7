import { RequestMethod, VersioningType } from '@nestjs/common';
import { MetadataScanner, type ApplicationConfig, type ModulesContainer } from '@nestjs/core';
import { PathsExplorer } from '@nestjs/core/router/paths-explorer.js';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';
import type { ControllerRoute } from './controller-route.js';
import { NEST_METADATA } from './nest-metadata.js';

type VersionedPaths = Parameters<RoutePathFactory['create']>[0];

/**
 * The routes of all controllers, in the order in which Nest registers them. A mirror of
 * `RoutesResolver` and `RouterExplorer`, built on Nest's own path factory: what Nest registers is
 * seen on the adapter, but not which class and method it belongs to.
 *
 * @see https://github.com/nestjs/nest/blob/master/packages/core/router/routes-resolver.ts
 */
export function controllerRoutes(
  modules: ModulesContainer,
  config: ApplicationConfig,
): ControllerRoute[] {
  const paths = new RoutePathFactory(config);
  const explorer = new PathsExplorer(new MetadataScanner());
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
          const isVersioned = Boolean(route.version ?? controllerVersion);
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
                versioned: isVersioned && inHeader,
              });
            }
          }
        }
      }
    }
  }
  return routes;
}

function pathsOf(controller: Function): readonly string[] {
  const path = Reflect.getMetadata(NEST_METADATA.path, controller) as string | string[] | undefined;
  return (Array.isArray(path) ? path : [path ?? '']).map(withLeadingSlash);
}

function withLeadingSlash(path: string): string {
  return path === '' || path.startsWith('/') || path.startsWith('{/') ? path : `/${path}`;
}
