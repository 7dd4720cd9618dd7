import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { PreflightDecision } from '../../policy/decide-preflight.js';
import type { PathParams, RouteConstraints } from '../../routing/path-table.js';
import { hides, type RouteEntry, unmanagedRoute } from '../../routing/route-entry.js';
import type { RouteTable } from '../../routing/route-table.js';
import type { Platform, PlatformParts } from '../platform.js';
import { REQUEST_FACTS, requestedMethod } from '../request-facts.js';
import type { LateResponse } from '../serve-late.js';
import { wrapNotFoundHandler, wrapRouteRegistration } from '../wrap-routes.js';
import { answerPreflight, type HeadWriter } from '../write-head.js';
import { requestGuards, type Serves } from './fastify-guards.js';
import { addWrittenRoute } from './written-route.js';
import { type FrontedInstance, rawFactsOf, standInFront } from './fastify-front.js';
import {
  type Before,
  type HookableAdapter,
  hookRequests,
  type Outcome,
  wrapFrameworkErrors,
} from './fastify-hooks.js';
import { fastifyRouterOptions, readRouterSettings } from './fastify-options.js';
import { type FastifyRequest, FastifyRequestFacts, hasTimedOut } from './fastify-request.js';

const ENTRY: unique symbol = Symbol.for('nestjs-cors:route');

type RawResponse = HeadWriter & LateResponse & { end(): void };
const SERVES: unique symbol = Symbol.for('nestjs-cors:serves');

type RouteConfig = { [ENTRY]?: RouteEntry; [SERVES]?: Serves };

interface RoutedRequest extends FastifyRequest {
  readonly params: PathParams;
  readonly is404?: boolean;
  readonly routeOptions: { readonly config?: RouteConfig; readonly handlerTimeout?: number };
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
  readonly constraints?: Readonly<Record<string, unknown>>;
}

type FastifyInstance = FrontedInstance & {
  addHook(name: 'onRoute', hook: (route: RouteOptions) => void): void;
  addHook(name: 'onReady', hook: (done: () => void) => void): void;
  hasRequestDecorator(name: string): boolean;
  hasConstraintStrategy(name: string): boolean;
};

/** Fastify, by Nest's own adapter. */
export const fastify: Platform = {
  install,
  async pathTable(adapter) {
    const { FastifyPathTable } = await import('./fastify-path-table.js');
    return new FastifyPathTable(fastifyRouterOptions(adapter.getInstance<object>()));
  },
  routerSettings: (adapter) => readRouterSettings(adapter.getInstance<object>()),
  async pathTableFor(settings) {
    const { FastifyPathTable } = await import('./fastify-path-table.js');
    return new FastifyPathTable(settings);
  },
  addRoute: addWrittenRoute,
  /** The plugin `@fastify/cors` is seen by its decorator, once plugins are loaded. */
  otherLayer(adapter, onFound) {
    const instance = adapter.getInstance<FastifyInstance>();
    instance.addHook('onReady', (done) => {
      if (instance.hasRequestDecorator('corsPreflightEnabled')) onFound('the plugin @fastify/cors');
      done();
    });
  },
  factsOf: (adapter, request) =>
    rawFactsOf(adapter.getInstance<object>())?.(request, request.method ?? 'GET'),
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
  const { observer } = pipeline;
  const guards = requestGuards(adapter);
  const readConstraints = constraintReader(instance);
  let registering: RouteEntry | undefined;

  // Runs inside each registration, including those of plugins: it sees every route.
  instance.addHook('onRoute', (route) => {
    const constraints = readConstraints(route.constraints);
    const serves = registering && guards.latest();
    // Once for all routes of a registration: a GET brings a HEAD along.
    if (registering?.constraints === undefined) {
      registering &&= constrained(registering, constraints);
    }
    for (const method of typeof route.method === 'string' ? [route.method] : route.method) {
      const entry = registering ?? constrained(unmanagedRoute(method, route.url), constraints);
      // For several methods, the last one: without a controller they differ in nothing that is read.
      const config = { ...route.config };
      // Not in the literal, which would be ten times as slow.
      config[ENTRY] = entry;
      if (serves !== undefined) config[SERVES] = serves;
      route.config = config;
      pipeline.routes.add(entry, {
        method,
        path: route.url,
        isImplicitHead: method === 'HEAD' && registering?.method === 'GET',
        // Fastify goes on to another route only where a constraint fails; a controller's host that
        // does not match is a 404.
        conditional: constraints !== undefined && hides(constraints),
        constraints,
        serves,
      });
    }
  });

  wrapNotFoundHandler(adapter, (response, request) => {
    const reply = response as FastifyReply;
    if (reply.raw[REQUEST_FACTS] !== undefined) return pipeline.onPassed(reply.raw);
    // Some releases of Fastify answer a path that cannot be decoded here, before any hook.
    const refuse = (outcome: Outcome) => {
      if (outcome instanceof Error) reply.send(outcome);
      return outcome === undefined ? undefined : 'answered';
    };
    const begun = before(request as RoutedRequest, reply);
    if (!(begun instanceof Promise)) return refuse(begun);
    return begun.then((late) => (reply.raw.headersSent ? 'answered' : refuse(late)));
  });
  wrapRouteRegistration(adapter, {
    entryOf: (method, path, handler) => entries.entryOf(method, path, handler),
    register: (entry, call) => {
      registering = entry;
      guards.reset();
      try {
        return call();
      } finally {
        registering = undefined;
      }
    },
    serve: (entry, handler, self, request, response, next) => {
      if (guards.isAsking(response)) return undefined;
      const { raw } = response as FastifyReply;
      const decided = servesHost(entry, request as FastifyRequest)
        ? interceptor.onRoute(raw, entry)
        : pipeline.onPassed(raw);
      if (decided === undefined && !pipeline.policies.rejectsDisallowed) {
        return handler.call(self, request, response, next);
      }
      const serve = () => {
        const refusal = pipeline.refusalOf(raw);
        if (refusal !== undefined) throw refusal;
        return handler.call(self, request, response, next);
      };
      if (decided === undefined) return serve();
      return decided.then(() =>
        raw.headersSent || hasTimedOut(request as FastifyRequest) ? undefined : serve(),
      );
    },
  });

  const decideResponse = (
    request: RoutedRequest,
    reply: FastifyReply,
    preflight?: FastifyRequestFacts,
  ): Before => {
    const { raw } = reply;
    const facts = new RoutedRequestFacts(request, pipeline.policies.rejectsDisallowed);
    const decided = pipeline.onRequest(raw, facts, preflight);
    if (decided !== undefined) {
      return decided.then(() =>
        hasTimedOut(request) ? 'answered' : pipeline.refusalAhead(raw, true),
      );
    }
    return pipeline.policies.rejectsDisallowed ? pipeline.refusalAhead(raw, true) : undefined;
  };
  const decide = (request: RoutedRequest, reply: FastifyReply): Before => {
    const asked = requestedMethod(request);
    if (asked === undefined) return decideResponse(request, reply);
    const preflight = new FastifyRequestFacts(request, asked);
    const decision = pipeline.onPreflight(reply.raw, preflight);
    if (decision === undefined) return decideResponse(request, reply, preflight);
    const answer = (decided: PreflightDecision) => {
      if (reply.raw.headersSent || hasTimedOut(request)) return;
      reply.hijack();
      void answerPreflight(reply.raw, decided, observer);
    };
    // Hijacked only when the answer is there: until then Fastify watches over the reply.
    if (decision instanceof Promise) void decision.then(answer);
    else answer(decision);
    return 'answered';
  };
  const before = (request: RoutedRequest, reply: FastifyReply): Before => {
    if (
      pipeline.ahead?.(request.raw as IncomingMessage, reply.raw as unknown as ServerResponse) ===
      true
    ) {
      reply.hijack();
      return 'answered';
    }
    const ready = pipeline.routes.ready();
    if (ready === undefined) return decide(request, reply);
    pipeline.hold(reply.raw, new FastifyRequestFacts(request, request.method));
    return ready.then(() => decide(request, reply));
  };
  wrapFrameworkErrors(instance, observer, (request: RoutedRequest, reply: FastifyReply) =>
    reply.raw[REQUEST_FACTS] === undefined ? before(request, reply) : undefined,
  );
  const hookable = adapter as unknown as HookableAdapter<RoutedRequest, FastifyReply>;
  hookRequests(hookable, observer, before);
  standInFront(adapter, instance, (request, response, factsOf) => {
    const asked = requestedMethod(request);
    if (asked === undefined || pipeline.routes.ready() !== undefined) return false;
    // Every other request comes to the hook.
    if (pipeline.ahead?.(request, response) === true) return true;
    const raw = response as unknown as RawResponse;
    const decision = pipeline.onPreflight(raw, factsOf(request, asked));
    if (decision === undefined) return false;
    void answerPreflight(raw, decision, observer);
    return true;
  });
}

/** Fastify also routes to a controller that is bound to another host: Nest then answers 404. */
function servesHost({ host }: RouteEntry, request: FastifyRequest): boolean {
  return host === undefined || host.serves(request.hostname);
}

/** Fastify's router has chosen the route already, before the request hook runs. */
class RoutedRequestFacts extends FastifyRequestFacts<RoutedRequest> {
  /** @param asksGuard whether the estimate must know what the adapter will turn away as not found */
  constructor(
    request: RoutedRequest,
    private readonly asksGuard: boolean,
  ) {
    super(request, request.method);
  }

  override expectedRoute(routes: RouteTable): RouteEntry | undefined {
    const { rawRequest, target } = this;
    const config = rawRequest.routeOptions.config;
    const entry = config?.[ENTRY];
    if (entry === undefined) {
      // An `onRoute` hook of a plugin may have put another config there.
      return rawRequest.is404 === true ? undefined : super.expectedRoute(routes);
    }
    if (!servesHost(entry, rawRequest)) return undefined;
    const serves = this.asksGuard ? config?.[SERVES] : undefined;
    return serves === undefined || serves(rawRequest.params, target) ? entry : undefined;
  }
}

/**
 * Reads the constraints of each route. `host` is evaluated unless the application has a strategy of
 * its own under that name: once a route uses Fastify's own, it cannot be replaced.
 */
function constraintReader(
  instance: FastifyInstance,
): (written: RouteOptions['constraints']) => RouteConstraints | undefined {
  let ownHost: boolean | undefined;
  return (written = {}) => {
    if (Object.keys(written).length === 0) return undefined;
    const { host, ...others } = written;
    if (host === undefined) return { hidden: others };
    ownHost ??= instance.hasConstraintStrategy('host');
    const isRead = !ownHost && (typeof host === 'string' || isRegExp(host));
    return isRead ? { host, hidden: others } : { hidden: written };
  };
}

function constrained(entry: RouteEntry, constraints: RouteConstraints | undefined): RouteEntry {
  return constraints === undefined ? entry : { ...entry, constraints };
}

function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}
