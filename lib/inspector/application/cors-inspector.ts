import type { IncomingMessage, ServerResponse } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { CORS_RUNTIME, CORS_SERVICE } from '../../cors.constants.js';
import type { CorsRuntime } from '../../cors.runtime.js';
import type { CorsService } from '../../cors.service.js';
import { GuardedLogger } from '../../observation/bounded-log.js';
import { CorsConfigError } from '../../options/refusal/cors-config-error.js';
import { describeThrown } from '../../text/describe-thrown.js';
import type { ServedApplication } from './serve-application.js';
import { type CorsInspectorOptions, readSetup } from './inspector-options.js';
import { SeenRefusals } from './seen-refusals.js';

/** The inspector in an application: who may call what, and why a request is refused. */
export class CorsInspector {
  /**
   * Serves the inspector at a path, like `SwaggerModule.setup()`: before or after `app.init()`, on Express
   * and Fastify. It shows every route with its effective policy and where each option is written, colours
   * them for an origin, explains any request and sends it, and lists the last refusals.
   *
   * It is for development. Only its own page gets answers, under a loopback name, an IP address or one
   * of `hosts`; no cookies and no logins of your browser are passed on.
   *
   * @param path below which it is: `cors` for `/cors`; the global prefix counts with `useGlobalPrefix`
   * @throws CorsConfigError where `NODE_ENV` is `production`, for an application without `CorsModule`, and
   *   for options that are wrong
   * @example permitted
   * if (process.env.NODE_ENV !== 'production') CorsInspector.setup('cors', app)
   * @example prohibited: strangers would see who may read what
   * CorsInspector.setup('cors', app, { dangerouslyAllowInProduction: true }) // without a login in front
   */
  static setup(path: string, app: INestApplication, options: CorsInspectorOptions = {}): void {
    const { path: own, hosts } = readSetup(path, options, process.env['NODE_ENV']);
    const runtime = runtimeOf(app);
    // In a preview nothing is served.
    if (runtime === undefined) return;
    const logger = new GuardedLogger('CorsInspector');
    const refusals = new SeenRefusals();
    runtime.watchRefusals((refusal) => refusals.add(refusal));
    const prefix = options.useGlobalPrefix === true ? () => globalPrefixOf(app) : () => '';
    const door = new Door({
      app,
      path: () => `${prefix()}${own}`,
      runtime,
      service: app.get<CorsService>(CORS_SERVICE, { strict: false }),
      refusals,
      hosts,
      onError: (error) => {
        const { message, stack } = describeThrown(error);
        logger.error(message, stack);
      },
      trying: 0,
    });
    const { pipeline } = runtime;
    const earlier = pipeline.ahead;
    pipeline.ahead = (request, response) =>
      earlier?.(request, response) === true || door.open(request, response);
  }
}

/** Looks at each request, and so does as little as possible; what answers is loaded when it is needed. */
class Door {
  private known: string | undefined;

  constructor(private readonly application: ServedApplication) {}

  /** @returns whether the request is the inspector's */
  open(request: IncomingMessage, response: ServerResponse): boolean {
    // Only now: the prefix may have been set later.
    const path = (this.known ??= this.application.path());
    const { url = '' } = request;
    if (!url.startsWith(path)) return false;
    const rest = url.slice(path.length).split('?', 1)[0] ?? '';
    if (rest !== '' && rest !== '/' && !rest.startsWith('/api/')) return false;
    void this.serve(request, response, rest);
    return true;
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
    rest: string,
  ): Promise<void> {
    try {
      const { serveApplication } = await import('./serve-application.js');
      await serveApplication(this.application, request, response, rest);
    } catch (error) {
      this.application.onError(error);
      response.destroy();
    }
  }
}

/** @throws CorsConfigError in an application without `CorsModule` */
function runtimeOf(app: INestApplication): CorsRuntime | undefined {
  const modules = [...app.get(ModulesContainer, { strict: false }).values()];
  // Asked for what it does not have, `app.get()` may end the process before anything is caught.
  if (modules.some(({ providers }) => providers.has(CORS_RUNTIME))) {
    return app.get<CorsRuntime | undefined>(CORS_RUNTIME, { strict: false });
  }
  throw new CorsConfigError([
    {
      path: 'CorsInspector.setup()',
      value: undefined,
      reason: 'inspector-without-module',
      message:
        'Expected `CorsModule` in the application, found none. Import `CorsModule.forRoot({ origin: … })` in the root module.',
    },
  ]);
}

function globalPrefixOf(app: INestApplication): string {
  const prefix = app.get(ApplicationConfig, { strict: false }).getGlobalPrefix();
  const path = prefix.replace(/^\/|\/$/g, '');
  return path === '' ? '' : `/${path}`;
}
