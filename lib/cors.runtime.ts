import { Logger } from '@nestjs/common';
import type { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { CorsConfiguration } from './cors.configuration.js';
import { misplacedOverrides } from './observation/boot-warnings.js';
import { failureLog } from './observation/failure-log.js';
import { CorsObserver } from './observation/observer.js';
import {
  CorsRefusalLog,
  diagnosticsMode,
  type DiagnosticsMode,
} from './observation/refusal-log.js';
import { CorsReportOnly } from './observation/report-only.js';
import type { CorsOptions } from './options/cors-options.js';
import { createPathTable } from './platform/platforms.js';
import { CorsGate } from './platform/request-gate.js';
import { CorsResolvers } from './resolver/resolvers.js';
import { controllerRoutes } from './routing/controller-routes.js';
import type { PolicyRegistry } from './routing/policy-registry.js';
import { RouteEntries } from './routing/route-mirror.js';
import { RouteTable } from './routing/route-table.js';

/** What one application decides with. Each application has its own; nothing is shared. */
export interface CorsRuntime {
  readonly configuration: CorsConfiguration;
  readonly resolvers: CorsResolvers;
  readonly policies: PolicyRegistry;
  readonly gate: CorsGate;
  readonly entries: RouteEntries;
  readonly routes: RouteTable;
  readonly mode: DiagnosticsMode;
}

/**
 * Reads options and overrides, refuses what is unsafe, and compiles the rest: all before a provider
 * of the application exists, so that every mistake is told at once.
 *
 * @throws CorsConfigError with every issue of every effective policy
 */
export async function createRuntime(
  options: unknown,
  modules: ModulesContainer,
  config: ApplicationConfig,
  host: HttpAdapterHost,
): Promise<CorsRuntime> {
  const logger = new Logger('CorsModule');
  const logFailure = failureLog((message, stack) => logger.error(message, stack));
  const resolvers = new CorsResolvers(modules, logFailure);
  const configuration = await CorsConfiguration.create(options, modules, resolvers);
  const { policies } = configuration;
  for (const place of misplacedOverrides(modules)) {
    logger.warn(
      `@Cors() on ${place} has no effect: no HTTP route is served by it. GraphQL over HTTP gets the global CORS policy; WebSocket gateways have an option \`cors\` of their own.`,
    );
  }

  const routes = new RouteTable(() => createPathTable(host.httpAdapter));
  const { diagnostics } = options as CorsOptions;
  const mode = diagnosticsMode(diagnostics, process.env['NODE_ENV']);
  const warn = (message: string) => logger.warn(message);
  const refusals =
    mode.log || mode.header ? new CorsRefusalLog(mode, policies, routes, warn) : undefined;
  const reportOnly = new CorsReportOnly(policies, routes, mode.log ? warn : undefined);
  const observer = new CorsObserver(policies, routes, refusals, reportOnly);
  return {
    configuration,
    resolvers,
    policies,
    mode,
    gate: new CorsGate(policies, routes, warnOfForeignHeaders(logger), observer),
    routes,
    entries: new RouteEntries(
      policies,
      () => controllerRoutes(modules, config),
      (path) => host.httpAdapter.normalizePath?.(path) ?? path,
      (route) =>
        logger.warn(
          `No controller explains the route ${route}: it gets the global CORS policy, whatever @Cors() says.`,
        ),
    ),
  };
}

/** Once for the application: each of its responses would say the same. */
function warnOfForeignHeaders(logger: Logger): () => void {
  let told = false;
  return () => {
    if (told) return;
    told = true;
    logger.warn(
      'A response already had an Access-Control-Allow-Origin, written by a handler, a middleware or another CORS layer; it was replaced by what the policy says. Remove the other one, or write @Cors(false) on a handler that sets its own headers.',
    );
  };
}
