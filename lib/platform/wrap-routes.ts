import { AbstractHttpAdapter } from '@nestjs/core';
import type { RouteEntry } from '../routing/route-entry.js';

/** A route handler as Nest registers it: `(req, res, next)` on Express, `(request, reply)` on Fastify. */
export type RouteHandler = (
  this: unknown,
  request: unknown,
  response: unknown,
  next?: unknown,
) => unknown;

type RegisterRoute = (...args: unknown[]) => unknown;

/** What happens around a registration and around each call of the handler. */
interface RouteWrapper {
  /** Which entry a handler belongs to. */
  entryOf(method: string, path: string, handler: RouteHandler): RouteEntry;
  /** Registers the route while `entry` is known to the platform's own hooks. */
  register(entry: RouteEntry, call: () => unknown): unknown;
  /** Serves a request in place of the handler, to which `self` is what `this` was to be. */
  serve(
    entry: RouteEntry,
    handler: RouteHandler,
    self: unknown,
    request: unknown,
    response: unknown,
    next: unknown,
  ): unknown;
}

/**
 * Observes the adapter's own `get`, `post`, …: in every mode of Nest they show exactly which
 * routes are registered, and in which order. A wrapper is registered in place of each handler.
 */
export function wrapRouteRegistration(adapter: AbstractHttpAdapter, wrapper: RouteWrapper): void {
  const verbs = adapter as unknown as Record<string, RegisterRoute | undefined>;
  for (const [verb, method] of Object.entries(HTTP_VERBS)) {
    const original = verbs[verb];
    if (original === undefined) continue;
    const readsMetadata = metadataReader(adapter, verb);
    verbs[verb] = function (this: unknown, ...args: unknown[]) {
      const [path, handler] = args;
      if (args.length !== 2 || typeof path !== 'string' || typeof handler !== 'function') {
        return original.apply(adapter, args);
      }
      const routeHandler = handler as RouteHandler;
      const entry = wrapper.entryOf(method, path, routeHandler);
      const wrapped = wrap(routeHandler, entry, wrapper);
      // Most have no properties, and copying none takes as long as making the wrapper.
      if (Object.keys(routeHandler).length > 0) Object.assign(wrapped, routeHandler);
      // Inherited, not copied: `Reflect.getMetadata` follows the chain of prototypes.
      if (readsMetadata(routeHandler)) Object.setPrototypeOf(wrapped, routeHandler);
      return wrapper.register(entry, () => original.call(adapter, path, wrapped));
    };
  }
}

/** Under the same name, which a definition afterwards would make four times as large. */
function wrap(handler: RouteHandler, entry: RouteEntry, wrapper: RouteWrapper): RouteHandler {
  const { name } = handler;
  const named: Record<string, RouteHandler | null> = {
    // Otherwise V8 keeps a layout of objects for each name.
    __proto__: null,
    [name](this: unknown, request, response, next) {
      return wrapper.serve(entry, handler, this, request, response, next);
    },
  };
  return named[name] ?? handler;
}

/**
 * Whether a verb of an adapter reads metadata of a handler. A prototype costs half a kilobyte a route,
 * so that only handlers that need one have it.
 */
function metadataReader(
  adapter: AbstractHttpAdapter,
  verb: string,
): (handler: RouteHandler) => boolean {
  let owner: object | null = adapter;
  while (owner !== null && !Object.hasOwn(owner, verb)) owner = Reflect.getPrototypeOf(owner);
  const base = AbstractHttpAdapter.prototype;
  // The base class calls the framework. Nest's adapter for Fastify reads options of Fastify's own.
  if (owner === base) return () => false;
  if (owner !== null && Reflect.getPrototypeOf(owner) === base) return hasFastifyOptions;
  return () => true;
}

function hasFastifyOptions(handler: RouteHandler): boolean {
  return Reflect.getMetadataKeys(handler).some((key) => String(key).startsWith('__fastify_'));
}

type SetNotFoundHandler = (handler: RouteHandler, ...rest: unknown[]) => unknown;

/** `answered`: the not-found handler is not to run. */
type Passed = 'answered' | void;

/**
 * A request may reach the not-found handler although a route seemed to serve it: a host or version
 * did not match, or the adapter turned it away. Then no handler's policy applies.
 *
 * @param onPassed called before the not-found handler runs
 */
export function wrapNotFoundHandler(
  adapter: AbstractHttpAdapter,
  onPassed: (response: unknown, request: unknown) => Passed | Promise<Passed>,
): void {
  const target = adapter as unknown as { setNotFoundHandler?: SetNotFoundHandler };
  const original = target.setNotFoundHandler;
  if (original === undefined) return;
  target.setNotFoundHandler = (handler, ...rest) =>
    original.call(
      adapter,
      function (this: unknown, request, response, next) {
        const serve = (passed: Passed) =>
          passed === 'answered' ? undefined : handler.call(this, request, response, next);
        const passed = onPassed(response, request);
        return passed instanceof Promise ? passed.then(serve) : serve(passed);
      },
      ...rest,
    );
}

/** The methods of an HTTP adapter that register a route, by the request method they serve. */
const HTTP_VERBS = {
  get: 'GET',
  head: 'HEAD',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  options: 'OPTIONS',
  all: 'ALL',
  search: 'SEARCH',
  query: 'QUERY',
  propfind: 'PROPFIND',
  proppatch: 'PROPPATCH',
  mkcol: 'MKCOL',
  copy: 'COPY',
  move: 'MOVE',
  lock: 'LOCK',
  unlock: 'UNLOCK',
} as const;
