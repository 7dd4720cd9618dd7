import {
  type ApplicationConfig,
  type HttpAdapterHost,
  MetadataScanner,
  type ModulesContainer,
} from '@nestjs/core';
import { CorsConfiguration } from './cors.configuration.js';
import { readGiven } from './cors.given-options.js';
import { overrideWarnings } from './observation/boot-warnings.js';
import { GuardedLogger } from './observation/bounded-log.js';
import { CorsFailureLog } from './observation/failure-log.js';
import { CorsObserver, type RefusalWatcher } from './observation/observer.js';
import {
  CorsRefusalLog,
  diagnosticsMode,
  type DiagnosticsMode,
} from './observation/refusal-log.js';
import { RefusalWords } from './observation/refusal-words.js';
import { CorsReportOnly } from './observation/report-only.js';
import type { Platform } from './platform/platform.js';
import type { PolicyFilePlatform } from './policy-file/policy-file.js';
import { platformOf, type Platforms } from './platform/platforms.js';
import { isSameOrigin, type RequestFacts, type UnseenRequest } from './platform/request-facts.js';
import { RequestPipeline } from './platform/request-pipeline.js';
import { CorsResolvers } from './resolver/resolvers.js';
import { controllerRoutes } from './routing/controller-routes.js';
import type { PolicyRegistry } from './routing/policy-registry.js';
import { RouteEntries } from './routing/route-mirror.js';
import { RouteTable } from './routing/route-table.js';

/** The services of one application, wired together. Nothing is shared between applications. */
export interface CorsRuntime {
  readonly configuration: CorsConfiguration;
  readonly resolvers: CorsResolvers;
  readonly policies: PolicyRegistry;
  readonly pipeline: RequestPipeline;
  readonly entries: RouteEntries;
  readonly routes: RouteTable;
  readonly mode: DiagnosticsMode;
  /** Undefined where diagnostics are off. */
  readonly refusals: CorsRefusalLog | undefined;
  /** Calls back with each request that a browser will refuse, whatever diagnostics are on. */
  watchRefusals(watcher: RefusalWatcher): void;
  /** The platform's name and the settings of its router; null where the application has no platform. */
  routerSettings(): PolicyFilePlatform | null;
  /** Whether a request that the platform has not seen comes from a page of the application's own origin. */
  isSameOrigin(request: UnseenRequest): boolean;
  /** The facts of a request that the platform has not seen; see `Platform.factsOf`. */
  factsOf(request: UnseenRequest): RequestFacts | undefined;
  /**
   * The platform of the application's adapter.
   *
   * @throws CorsConfigError for an adapter of another type
   */
  platform(): Platform;
}

/**
 * Reads options and overrides, refuses what is unsafe, and compiles the rest: before the application
 * listens, and all at once, so that every mistake is reported. Undefined where options would come from
 * a factory that does not run, since Nest previews the application.
 *
 * @param provided what stands behind `CORS_OPTIONS`
 * @throws CorsConfigError with every issue of every effective policy
 */
export async function createRuntime(
  provided: unknown,
  modules: ModulesContainer,
  config: ApplicationConfig,
  host: HttpAdapterHost,
  platforms: Platforms,
): Promise<CorsRuntime | undefined> {
  const given = readGiven(provided);
  if (given?.isPreview === true) return undefined;
  const logger = new GuardedLogger('CorsModule');
  const failures = new CorsFailureLog((message, stack) => logger.error(message, stack));
  const resolvers = new CorsResolvers(modules, (failure) => failures.add(failure));
  const warn = (message: string) => logger.warn(message);
  const scanner = new MetadataScanner();
  const configuration = await CorsConfiguration.create(given, modules, scanner, resolvers, warn);
  const { policies } = configuration;
  for (const warning of overrideWarnings(modules, scanner, policies)) logger.warn(warning);

  let known: Platform | undefined;
  const platform = () => (known ??= platformOf(host.httpAdapter, platforms));
  const factsOf = (request: UnseenRequest) => platform().factsOf(host.httpAdapter, request);
  const routes = new RouteTable(() => platform().pathTable(host.httpAdapter));
  const mode = diagnosticsMode(configuration.diagnostics, process.env['NODE_ENV']);
  const words = new RefusalWords(policies, failures);
  const refusals = mode.log || mode.header ? new CorsRefusalLog(mode, words, warn) : undefined;
  const reportOnly = new CorsReportOnly(policies, routes, mode.log ? warn : undefined, (error) =>
    observer.servingFailed(error),
  );
  const observer = new CorsObserver(policies, words, refusals, reportOnly, logger);
  return {
    configuration,
    resolvers,
    policies,
    mode,
    refusals,
    watchRefusals: (watcher) => observer.watchRefusals(watcher),
    routerSettings: () => {
      const adapter = host.httpAdapter as typeof host.httpAdapter | null | undefined;
      if (!adapter) return null;
      return { name: adapter.getType(), router: platform().routerSettings(adapter) };
    },
    isSameOrigin: (request) =>
      factsOf(request)?.isSameOrigin() ??
      isSameOrigin(request.headers, 'http', request.headers.host),
    factsOf,
    platform,
    pipeline: new RequestPipeline(policies, routes, observer),
    routes,
    entries: new RouteEntries(
      policies,
      () => controllerRoutes(modules, config, scanner),
      (path) => host.httpAdapter.normalizePath?.(path) ?? path,
      (route) =>
        logger.warn(
          `Route ${route} cannot be matched to a controller: it gets the global CORS policy, whatever @Cors() says.`,
        ),
    ),
  };
}
