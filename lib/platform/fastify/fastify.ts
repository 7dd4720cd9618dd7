import type { AbstractHttpAdapter } from '@nestjs/core';
import type { PreflightDecision } from '../../policy/decide-preflight.js';
import type { PathParams } from '../../routing/path-table.js';
import { type RouteEntry, unmanagedRoute } from '../../routing/route-entry.js';
import type { Platform, PlatformParts } from '../platform.js';
import { REQUEST_FACTS, requestedMethod } from '../request-facts.js';
import { type RouteHandler, wrapNotFoundHandler, wrapRouteRegistration } from '../wrap-routes.js';
import {
  answerPreflight,
  type HeadersArgument,
  type HeadWriter,
  type WriteHead,
  writeHeadWithCors,
} from '../write-head.js';
import { type FrontedInstance, standInFront } from './fastify-front.js';
import {
  type Before,
  type HookableAdapter,
  hookRequests,
  wrapFrameworkErrors,
} from './fastify-hooks.js';
import {
  type FastifyRequest,
  FastifyRequestFacts,
  fastifyRouterOptions,
} from './fastify-internals.js';

const ENTRY: unique symbol = Symbol.for('nestjs-cors:route');
const BASE_WRITE_HEAD: unique symbol = Symbol.for('nestjs-cors:write-head');

interface RawResponse extends HeadWriter {
  end(): void;
  [BASE_WRITE_HEAD]?: WriteHead;
}
type RouteConfig = { [ENTRY]?: RouteEntry };

interface RoutedRequest extends FastifyRequest {
  readonly routeOptions: { readonly config?: RouteConfig };
}

interface FastifyReply {
  readonly raw: RawResponse;
  hijack(): void;
  send(payload: unknown): unknown;
}

interface RouteOptions {
  method: string | readonly string[];
  url: string;
  config?: RouteConfig;
  readonly handler: Function;
  readonly constraints?: object;
}

type FastifyInstance = FrontedInstance & {
  addHook(name: 'onRoute', hook: (route: RouteOptions) => void): void;
  addHook(name: 'onReady', hook: (done: () => void) => void): void;
  hasRequestDecorator(name: string): boolean;
};

/** Fastify, by Nest's own adapter. */
export const fastify: Platform = {
  install,
  async pathTable(adapter) {
    const { FastifyPathTable } = await import('./fastify-path-table.js');
    return new FastifyPathTable(fastifyRouterOptions(adapter.getInstance<object>()));
  },
  /** The plugin `@fastify/cors` is seen by its decorator, once plugins are loaded. */
  otherLayer(adapter, onFound) {
    const instance = adapter.getInstance<FastifyInstance>();
    instance.addHook('onReady', (done) => {
      if (instance.hasRequestDecorator('corsPreflightEnabled')) onFound('the plugin @fastify/cors');
      done();
    });
  },
  rawResponse: (reply) => (reply as FastifyReply).raw,
};

/**
 * Installs the request hook, the wrapped handlers and the write point.
 *
 * The hook is the adapter's own `onRequest` hook, the first of all: one added with `addHook` runs
 * behind every middleware under `NestFactory.create` (see docs/adr/0002-request-hook.md).
 */
function install(adapter: AbstractHttpAdapter, parts: PlatformParts): void {
  const instance = adapter.getInstance<FastifyInstance>();
  const { pipeline, entries, interceptor } = parts;
  let registering: RouteEntry | undefined;

  // Runs inside each registration, including those of plugins: it sees every route.
  instance.addHook('onRoute', (route) => {
    // Read now: the route's options, which are large, are not kept for it.
    const { handler } = route;
    for (const method of [route.method].flat()) {
      const entry = registering ?? unmanagedRoute(method, route.url);
      // Of several methods the last: without a controller they differ in nothing that is read.
      route.config = { ...route.config, [ENTRY]: entry };
      pipeline.routes.add(entry, {
        method,
        path: route.url,
        isImplicitHead: method === 'HEAD' && registering?.method === 'GET',
        // Fastify goes on to another route only where a constraint fails; a host that does not match
        // is a 404.
        conditional: Object.keys(route.constraints ?? {}).length > 0,
        constraints: route.constraints,
        ...(registering !== undefined && {
          serves: (params, target) => wouldServe(handler, params, target),
        }),
      });
    }
  });

  wrapNotFoundHandler(adapter, (response) => pipeline.onPassed((response as FastifyReply).raw));
  wrapRouteRegistration(adapter, {
    entryOf: (method, path, handler) => entries.entryOf(method, path, handler),
    register: (entry, call) => {
      registering = entry;
      try {
        return call();
      } finally {
        registering = undefined;
      }
    },
    wrap: (entry, handler) =>
      function (this: unknown, request, response, next) {
        if (response instanceof ServeProbe) {
          response.reached = true;
          return undefined;
        }
        const { raw } = response as FastifyReply;
        const decided = servesHost(entry, request as FastifyRequest)
          ? interceptor.onRoute(raw, entry)
          : pipeline.onPassed(raw);
        if (decided === undefined && !pipeline.policies.rejectsDisallowed) {
          return handler.call(this, request, response, next);
        }
        const serve = () => {
          const refusal = pipeline.refusalOf(raw);
          if (refusal !== undefined) throw refusal;
          return handler.call(this, request, response, next);
        };
        return decided === undefined ? serve() : decided.then(serve);
      } satisfies RouteHandler,
  });

  const decideResponse = (request: RoutedRequest, reply: FastifyReply): Before => {
    const { raw } = reply;
    raw[BASE_WRITE_HEAD] = raw.writeHead;
    raw.writeHead = lateWriteHead;
    const entry = request.routeOptions.config?.[ENTRY];
    const facts = new FastifyRequestFacts(request, request.method);
    if (entry !== undefined && servesHost(entry, request)) facts.route = entry;
    const decided = pipeline.onRequest(raw, facts);
    if (decided !== undefined) return decided.then(() => pipeline.refusalOfUnserved(raw));
    return pipeline.policies.rejectsDisallowed ? pipeline.refusalOfUnserved(raw) : undefined;
  };
  const decide = (request: RoutedRequest, reply: FastifyReply): Before => {
    const asked = requestedMethod(request);
    if (asked === undefined) return decideResponse(request, reply);
    const decision = pipeline.onPreflight(new FastifyRequestFacts(request, asked));
    if (decision === undefined) return decideResponse(request, reply);
    // Hijacked only when the answer is there: until then Fastify watches over the reply.
    if (decision instanceof Promise) void decision.then((late) => answer(reply, late));
    else answer(reply, decision);
    return 'answered';
  };
  const before = (request: RoutedRequest, reply: FastifyReply): Before => {
    const ready = pipeline.routes.ready();
    return ready === undefined ? decide(request, reply) : ready.then(() => decide(request, reply));
  };
  wrapFrameworkErrors(instance, (request: RoutedRequest, reply: FastifyReply) =>
    reply.raw[REQUEST_FACTS] === undefined ? before(request, reply) : undefined,
  );
  hookRequests(adapter as unknown as HookableAdapter<RoutedRequest, FastifyReply>, before);
  standInFront(adapter, instance, (request, response, factsOf) => {
    const asked = requestedMethod(request);
    if (asked === undefined || pipeline.routes.ready() !== undefined) return false;
    const decision = pipeline.onPreflight(factsOf(request, asked));
    if (decision === undefined) return false;
    void answerPreflight(response, decision);
    return true;
  });
}

/** Fastify also routes to a controller that is bound to another host: Nest then answers 404. */
function servesHost({ host }: RouteEntry, request: FastifyRequest): boolean {
  return host === undefined || host.serves(request.hostname);
}

/** Shared by all responses: no closure a request. */
function lateWriteHead(
  this: HeadWriter,
  status: number,
  reason?: string | HeadersArgument,
  headers?: HeadersArgument,
): unknown {
  const base = (this as RawResponse)[BASE_WRITE_HEAD];
  // Kept by the request hook before it puts this function in its place.
  if (base === undefined) throw new Error('A response without a writeHead of its own.');
  return writeHeadWithCors(this, base, status, reason, headers);
}

function answer(reply: FastifyReply, decision: PreflightDecision): void {
  reply.hijack();
  void answerPreflight(reply.raw, decision);
}

/**
 * Stands in for a reply when a registered handler is asked whether it would serve a request.
 *
 * From Nest 12 on the Fastify adapter puts a check around each handler whose path has parameters: it
 * turns away, as not found, what the router accepts and the path as written does not mean (such as
 * an empty parameter). The wrapped handler inside reports that it was reached, and runs nothing.
 */
class ServeProbe {
  reached = false;

  /** What the adapter calls to turn a request away. */
  callNotFound(): void {}
}

/** Whether a handler that is registered on Fastify would serve a request. */
function wouldServe(handler: Function, params: PathParams, target: string): boolean {
  const probe = new ServeProbe();
  try {
    Reflect.apply(handler, undefined, [{ params, raw: { url: target } }, probe]);
  } catch {
    // A check that needs more than params and URL to decide: the router's decision stands.
    return true;
  }
  return probe.reached;
}
