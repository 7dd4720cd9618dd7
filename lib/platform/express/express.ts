import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { parse as parseUrl } from 'node:url';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { CorsRequest } from '../../policy/policy.js';
import { GLOBAL_POLICY } from '../../routing/route-entry.js';
import type { Platform, PlatformParts } from '../platform.js';
import { isSameOrigin, REQUEST_FACTS, requestedMethod, RequestFacts } from '../request-facts.js';
import type { RequestPipeline } from '../request-pipeline.js';
import { type LateResponse, serveLate } from '../serve-late.js';
import { type RouteHandler, wrapNotFoundHandler, wrapRouteRegistration } from '../wrap-routes.js';
import { answerPreflight, type HeadWriter } from '../write-head.js';
import { announceMounts, isMountedAt, type MountingInstance } from './mounted-applications.js';
import { type SharedInstance, shareInstance } from './shared-instance.js';

type ExpressResponse = HeadWriter & LateResponse & { end(): unknown };
type Next = (error?: unknown) => void;

/** An Express application as far as it is touched here. */
interface ExpressApplication extends SharedInstance<ExpressRequest>, MountingInstance {
  handle(request: ExpressRequest, response: ExpressResponse, next?: Next): unknown;
  readonly request: object;
  readonly router?: {
    readonly caseSensitive?: boolean;
    readonly strict?: boolean;
    readonly stack?: readonly { readonly name?: string }[];
  };
}

/** Express, by Nest's own adapter. */
export const express: Platform = {
  install,
  async pathTable(adapter) {
    const { ExpressPathTable } = await import('./express-path-table.js');
    return new ExpressPathTable({ ...readRouterSettings(adapter), parseUrl });
  },
  routerSettings: readRouterSettings,
  async pathTableFor({ caseSensitive, strict }) {
    const { ExpressPathTable } = await import('./express-path-table.js');
    return new ExpressPathTable({
      caseSensitive: caseSensitive === true,
      strict: strict === true,
      parseUrl,
    });
  },
  addRoute: (routes, route) => routes.add(route),
  /** The middleware of `cors` is seen by its name. */
  otherLayer(adapter, onFound) {
    const { router } = adapter.getInstance<ExpressApplication>();
    if (router?.stack?.some(({ name }) => name === 'corsMiddleware')) {
      onFound('the middleware of the package cors');
    }
  },
  factsOf(adapter, request) {
    const { request: prototype } = adapter.getInstance<ExpressApplication>();
    return new ExpressRequestFacts(request as ExpressRequest, request.method ?? 'GET', prototype);
  },
  rawResponse: (response) => response as ExpressResponse,
};

function readRouterSettings(adapter: AbstractHttpAdapter) {
  const { router } = adapter.getInstance<ExpressApplication>();
  return { caseSensitive: router?.caseSensitive ?? false, strict: router?.strict ?? false };
}

/**
 * Installs the request hook, the wrapped handlers and the write point.
 *
 * The hook wraps `app.handle`, not a middleware: it runs before every middleware, serves HTTP,
 * HTTPS, serverless adapters and mounted applications alike, and spares a preflight what Express
 * does for each request (see docs/adr/0002-request-hook.md).
 */
function install(adapter: AbstractHttpAdapter, parts: PlatformParts): void {
  const app = adapter.getInstance<ExpressApplication>();
  const { pipeline, entries, interceptor } = parts;
  const { observer } = pipeline;

  // Once: a bridge to HTTP/2 may let `app.request` be read once for each request, by Express.
  const { request: prototype } = app;
  const knows = (request: ExpressRequest, method: string) =>
    isKnown(pipeline, new ExpressRequestFacts(request, method, prototype));
  const servedBy = shareInstance(app, knows);
  announceMounts(app);
  const isLeftToMounted = (request: ExpressRequest, method: string) =>
    isMountedAt(app, request.url) && !knows(request, method);

  const refuse = (response: unknown) => {
    const refusal = pipeline.refusalOf(response as ExpressResponse);
    if (refusal !== undefined) throw refusal;
  };
  if (pipeline.policies.rejectsDisallowed) {
    refuseAhead(adapter, pipeline, isLeftToMounted);
    wrapVersionFilter(adapter, refuse);
  }
  // Where no version matches, nothing has been refused yet.
  wrapNotFoundHandler(adapter, (response) => {
    const passed = pipeline.onPassed(response as ExpressResponse);
    return passed === undefined ? refuse(response) : passed.then(() => refuse(response));
  });
  wrapRouteRegistration(adapter, {
    entryOf: (method, path, handler) => entries.entryOf(method, path, handler),
    register: (entry, call) => {
      pipeline.routes.add(entry);
      return call();
    },
    serve: (entry, handler, self, request, response, next) => {
      const raw = response as ExpressResponse;
      const serve = () => {
        if (!entry.versioned) refuse(raw);
        return handler.call(self, request, response, watchNext(pipeline, raw, next));
      };
      const decided = interceptor.onRoute(raw, entry);
      if (decided === undefined) return serve();
      return decided.then(() => (raw.headersSent ? undefined : serve()));
    },
  });

  const handle = app.handle.bind(app);
  const handleLate: typeof handle = (request, response, next) =>
    serveLate(response, observer, () => {
      try {
        handle(request, response, next);
      } catch (error) {
        if (next === undefined) throw error;
        next(error);
      }
    });
  const decide = (
    request: ExpressRequest,
    response: ExpressResponse,
    next: Next | undefined,
    serve: typeof handle,
  ) => {
    const { method = 'GET' } = request;
    const asked = requestedMethod(request);
    const server = servedBy(request, asked ?? method);
    let preflight: RequestFacts | undefined;
    if (asked !== undefined && server === 'this one' && !isLeftToMounted(request, asked)) {
      const asking = new ExpressRequestFacts(request, asked, prototype);
      const decision = pipeline.onPreflight(response, asking);
      if (decision !== undefined) return answerPreflight(response, decision, observer);
      preflight = asking;
    }
    const earlier = response[REQUEST_FACTS];
    const facts = new ExpressRequestFacts(request, method, prototype);
    const decided = pipeline.onRequest(response, facts, preflight);
    // It has been here before: until a handler runs, the response says what that one decides.
    if (server === 'a later one') response[REQUEST_FACTS] = earlier;
    return decided === undefined
      ? serve(request, response, next)
      : decided.then(() => handleLate(request, response, next));
  };
  app.handle = (request, response, next) => {
    if (pipeline.ahead?.(request, response as unknown as ServerResponse) === true) return undefined;
    const ready = pipeline.routes.ready();
    if (ready === undefined) return decide(request, response, next, handle);
    const facts = new ExpressRequestFacts(request, request.method ?? 'GET', prototype);
    pipeline.hold(response, facts);
    return ready.then(
      () => serveLate(response, observer, () => decide(request, response, next, handleLate)),
      // The application does not start either.
      (error: unknown) => {
        observer.servingFailed(error);
        response.destroy();
      },
    );
  };
}

/** Whether a route or `paths` of the application says something about a request or a preflight. */
function isKnown({ routes, policies }: RequestPipeline, facts: RequestFacts): boolean {
  try {
    const [route] = routes.candidates(facts);
    return route !== undefined || policies.indexFor(route, facts.target) !== GLOBAL_POLICY;
  } catch {
    // It will be answered, and refused for that.
    return true;
  }
}

/**
 * Requests are refused in the first layer: the hook runs before Express has made the request its own,
 * too early for Nest's exception layer.
 */
function refuseAhead(
  adapter: AbstractHttpAdapter,
  pipeline: RequestPipeline,
  isLeftToMounted: (request: ExpressRequest, method: string) => boolean,
): void {
  adapter.use((request: ExpressRequest, response: ExpressResponse, next: Next) => {
    const isLeft = isLeftToMounted(request, request.method ?? 'GET');
    next(isLeft ? undefined : pipeline.refusalAhead(response, false));
  });
}

/** Where a handler passes the request on, its policy does not apply to what comes after it. */
function watchNext(pipeline: RequestPipeline, response: ExpressResponse, next: unknown): unknown {
  if (typeof next !== 'function') return next;
  const pass = next as Next;
  return (error?: unknown): void => {
    // As Express reads it: what is false is not an error, nor is `next('route')`; all else is the handler's own.
    if (Boolean(error) && error !== 'route' && error !== 'router') return pass(error);
    const passed = pipeline.onPassed(response);
    if (passed === undefined) pass(error);
    else void passed.then(() => serveLate(response, pipeline.observer, () => pass(error)));
  };
}

/** A request as `app.handle` gets it: before Express has made it its own. */
type ExpressRequest = IncomingMessage & { url: string; originalUrl?: string };

/** The part of Express's request that honours its trust-proxy setting. */
interface ProxyAware {
  headers: IncomingHttpHeaders;
  socket: unknown;
  connection: unknown;
  readonly hostname?: string;
  readonly host?: string;
  readonly protocol: string;
}

class ExpressRequestFacts extends RequestFacts<ExpressRequest> {
  constructor(
    request: ExpressRequest,
    method: string,
    private readonly prototype: object,
  ) {
    super(request, method, request.url, request.headers.origin);
  }

  toCorsRequest(): CorsRequest {
    const { rawRequest, method } = this;
    const { hostname = '', protocol } = this.standIn();
    return {
      origin: this.origin ?? '',
      method,
      url: rawRequest.originalUrl ?? rawRequest.url,
      hostname,
      protocol,
    };
  }

  /** Read alone: for the protocol, Express would ask a trust-proxy function as well. */
  override hostname(): string {
    return this.standIn().hostname ?? '';
  }

  isSameOrigin(): boolean {
    const { host, protocol } = this.standIn();
    return isSameOrigin(this.rawRequest.headers, protocol, host);
  }

  /**
   * Express gives the request its own prototype only after the request hook, so a stand-in asks that
   * prototype for host and protocol.
   */
  private standIn(): ProxyAware {
    const { headers, socket } = this.rawRequest;
    const standIn = Object.create(this.prototype) as ProxyAware;
    const host = headers.host ?? this.hostHeader();
    // In HTTP/2 it is `:authority`, which Express does not read.
    standIn.headers = headers.host === host ? headers : { ...headers, host };
    standIn.socket = socket;
    standIn.connection = socket;
    return standIn;
  }
}

type ApplyVersionFilter = (handler: RouteHandler, ...rest: unknown[]) => unknown;

/**
 * On Express a handler that is bound to a version is called for any version, and passes on requests for
 * others. Only behind that filter is it known to run.
 *
 * @param before called before such a handler runs; may throw
 */
function wrapVersionFilter(
  adapter: AbstractHttpAdapter,
  before: (response: unknown) => void,
): void {
  const target = adapter as unknown as { applyVersionFilter: ApplyVersionFilter };
  const original = target.applyVersionFilter;
  target.applyVersionFilter = (handler, ...rest) =>
    original.call(
      adapter,
      function (this: unknown, request, response, next) {
        before(response);
        return handler.call(this, request, response, next);
      },
      ...rest,
    );
}
