import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { StatefulResponse } from '../gate-observer.js';
import type { PlatformParts } from '../platform.js';
import {
  answerPreflight,
  isSameOrigin,
  preflightMessage,
  type RequestReader,
} from '../preflight-message.js';
import type { CorsGate } from '../request-gate.js';
import { type RouteHandler, weaveNotFound, weaveRoutes } from '../wrap-routes.js';
import { type HeadWriter, type WriteHead, writeHeadWithCors } from '../write-head.js';

type ExpressResponse = ServerResponse & StatefulResponse;
type Next = (error?: unknown) => void;

/** An Express application as far as it is touched here. */
interface ExpressApplication {
  handle(request: ExpressRequest, response: ExpressResponse, next?: Next): unknown;
  request: object;
  response: { writeHead?: WriteHead };
}

/**
 * Installs the request hook, the woven handlers and the write point on Express.
 *
 * The hook wraps `app.handle`, not a middleware: it stands before every middleware, serves HTTP,
 * HTTPS, serverless adapters and mounted applications alike, and spares a CORS-preflight request
 * what Express does for each request (see docs/adr/0002-request-hook.md).
 */
export function installOnExpress(adapter: AbstractHttpAdapter, parts: PlatformParts): void {
  const app = adapter.getInstance<ExpressApplication>();
  const { gate, entries, settle } = parts;

  const refuse = (response: unknown) => {
    const refusal = gate.refusalOf(response as ExpressResponse);
    if (refusal !== undefined) throw refusal;
  };
  if (gate.policies.rejectsDisallowed) {
    refuseUnserved(adapter, gate);
    weaveVersionFilter(adapter, refuse);
  }
  weaveNotFound(adapter, (response) => gate.release(response as ExpressResponse));
  weaveRoutes(adapter, {
    entryOf: (method, path, handler) => entries.entryOf(method, path, handler),
    register: (entry, call) => {
      gate.routes.add(entry);
      return call();
    },
    weave: (entry, handler) =>
      function (this: unknown, request, response, next) {
        const raw = response as ExpressResponse;
        const serve = () => {
          if (!entry.versioned) refuse(raw);
          return handler.call(this, request, response, releasing(gate, raw, next));
        };
        const settled = settle(raw, entry);
        return settled === undefined ? serve() : settled.then(serve);
      } satisfies RouteHandler,
  });

  const inheritedWriteHead = () =>
    (Object.getPrototypeOf(app.response) as { writeHead: WriteHead }).writeHead;
  app.response.writeHead = function (this: HeadWriter, status, reason, headers) {
    return writeHeadWithCors(this, inheritedWriteHead(), status, reason, headers);
  };

  const reader = expressRequestReader(app);
  const handle = app.handle.bind(app);
  app.handle = (request, response, next) => {
    const message = preflightMessage(request, request.url, request, reader);
    if (message !== undefined) {
      const decision = gate.preflight(message);
      if (decision !== undefined) return answerPreflight(response, decision);
    }

    const hostname = () => reader.describe(request).hostname;
    const [entry] = gate.routes.candidates(request.method ?? 'GET', request.url, hostname);
    const { origin } = request.headers;
    const begun = gate.begin(response, entry, request.url, origin, request, reader);
    return begun === undefined
      ? handle(request, response, next)
      : begun.then(() => handle(request, response, next));
  };
}

/**
 * What no controller will serve is refused in the first layer: the hook comes before Express has made
 * the request its own, too early for the exception layer of Nest.
 */
function refuseUnserved(adapter: AbstractHttpAdapter, gate: CorsGate): void {
  adapter.use((_request: ExpressRequest, response: ExpressResponse, next: Next) => {
    next(gate.refusalOfUnserved(response));
  });
}

/** Where a handler passes the request on, its policy does not hold for what comes after it. */
function releasing(gate: CorsGate, response: StatefulResponse, next: unknown): unknown {
  if (typeof next !== 'function') return next;
  const pass = next as Next;
  return (error?: unknown): void => {
    // `next('route')` is no error; any other argument is one, and the handler's own.
    if (error !== undefined && error !== null && error !== 'route' && error !== 'router') {
      return pass(error);
    }
    const released = gate.release(response);
    if (released === undefined) pass(error);
    else void released.then(() => pass(error));
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

/**
 * Express gives the request its own prototype only after the request hook, so a stand-in asks that
 * prototype for host and protocol.
 */
function expressRequestReader(app: { readonly request: object }): RequestReader {
  const standInFor = ({ headers, socket }: ExpressRequest): ProxyAware => {
    const standIn = Object.create(app.request) as ProxyAware;
    standIn.headers = headers;
    standIn.socket = socket;
    standIn.connection = socket;
    return standIn;
  };

  return {
    describe(source, requestedMethod) {
      const request = source as ExpressRequest;
      const { hostname = '', protocol } = standInFor(request);
      return {
        origin: request.headers.origin ?? '',
        method: requestedMethod ?? request.method ?? 'GET',
        url: request.originalUrl ?? request.url,
        hostname,
        protocol,
      };
    },
    isSameOrigin(source) {
      const request = source as ExpressRequest;
      const { host, protocol } = standInFor(request);
      return isSameOrigin(request.headers, protocol, host);
    },
  };
}

type ApplyVersionFilter = (handler: RouteHandler, ...rest: unknown[]) => unknown;

/**
 * On Express a handler that is bound to a version is called for any, and passes on what is not its
 * own. Only behind that filter is it known to run.
 *
 * @param before called before such a handler runs; may throw
 */
function weaveVersionFilter(
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
