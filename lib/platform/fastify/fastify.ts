import type { AbstractHttpAdapter } from '@nestjs/core';
import type { PreflightDecision } from '../../policy/decide-preflight.js';
import type { PathParams } from '../../routing/path-table.js';
import { rawRoute, type RouteEntry } from '../../routing/route-entry.js';
import { RESPONSE_STATE } from '../gate-observer.js';
import type { PlatformParts } from '../platform.js';
import { answerPreflight, preflightMessage } from '../preflight-message.js';
import { type RouteHandler, weaveNotFound, weaveRoutes } from '../wrap-routes.js';
import {
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
import { type FastifyRequest, fastifyRequestReader } from './fastify-internals.js';

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
};

/**
 * Installs the request hook, the woven handlers and the write point on Fastify.
 *
 * The hook is the adapter's own `onRequest` hook, the first of all: one added with `addHook` runs
 * behind every middleware under `NestFactory.create` (see docs/adr/0002-request-hook.md).
 */
export function installOnFastify(adapter: AbstractHttpAdapter, parts: PlatformParts): void {
  const instance = adapter.getInstance<FastifyInstance>();
  const { gate, entries, settle } = parts;
  let registering: RouteEntry | undefined;

  // Runs inside each registration, also of what a plugin registers: it sees every route.
  instance.addHook('onRoute', (route) => {
    // Read now: the route's options, which are large, are not kept for it.
    const { handler } = route;
    if (registering !== undefined) route.config = { ...route.config, [ENTRY]: registering };
    for (const method of [route.method].flat()) {
      gate.routes.add(registering ?? rawRoute(method, route.url), {
        method,
        path: route.url,
        isHeadTwin: method === 'HEAD' && registering?.method === 'GET',
        // Fastify goes on to another route only where a constraint fails; a host that does not fit
        // is a 404.
        conditional: Object.keys(route.constraints ?? {}).length > 0,
        constraints: route.constraints,
        ...(registering !== undefined && {
          serves: (params, target) => wouldServe(handler, params, target),
        }),
      });
    }
  });

  weaveNotFound(adapter, (response) => gate.release((response as FastifyReply).raw));
  weaveRoutes(adapter, {
    entryOf: (method, path, handler) => entries.entryOf(method, path, handler),
    register: (entry, call) => {
      registering = entry;
      try {
        return call();
      } finally {
        registering = undefined;
      }
    },
    weave: (entry, handler) =>
      function (this: unknown, request, response, next) {
        if (response instanceof ServeProbe) {
          response.reached = true;
          return undefined;
        }
        const { raw } = response as FastifyReply;
        const settled = servesHost(entry, request as FastifyRequest)
          ? settle(raw, entry)
          : gate.release(raw);
        if (settled === undefined && !gate.policies.rejectsDisallowed) {
          return handler.call(this, request, response, next);
        }
        const serve = () => {
          const refusal = gate.refusalOf(raw);
          if (refusal !== undefined) throw refusal;
          return handler.call(this, request, response, next);
        };
        return settled === undefined ? serve() : settled.then(serve);
      } satisfies RouteHandler,
  });

  const begin = (request: RoutedRequest, reply: FastifyReply): Before => {
    const { raw } = reply;
    raw[BASE_WRITE_HEAD] = raw.writeHead;
    raw.writeHead = lateWriteHead;
    const entry = request.routeOptions.config?.[ENTRY];
    const serving = entry !== undefined && servesHost(entry, request) ? entry : undefined;
    const target = request.raw.url ?? '/';
    const { origin } = request.headers;
    const begun = gate.begin(raw, serving, target, origin, request, fastifyRequestReader);
    if (begun !== undefined) return begun.then(() => gate.refusalOfUnserved(raw));
    return gate.policies.rejectsDisallowed ? gate.refusalOfUnserved(raw) : undefined;
  };
  const before = (request: RoutedRequest, reply: FastifyReply): Before => {
    const message = preflightMessage(request, request.raw.url, request, fastifyRequestReader);
    if (message === undefined) return begin(request, reply);
    const decision = gate.preflight(message);
    // Hijacked only when the answer is there: until then Fastify watches over the reply.
    if (decision === undefined) return begin(request, reply);
    if (decision instanceof Promise) void decision.then((late) => answer(reply, late));
    else answer(reply, decision);
    return 'answered';
  };
  wrapFrameworkErrors(instance, (request: RoutedRequest, reply: FastifyReply) =>
    reply.raw[RESPONSE_STATE] === undefined ? before(request, reply) : undefined,
  );
  hookRequests(adapter as unknown as HookableAdapter<RoutedRequest, FastifyReply>, before);
  standInFront(adapter, instance, (request, response, reader) => {
    const message = preflightMessage(request, request.url, request, reader);
    if (message === undefined) return false;
    const decision = gate.preflight(message);
    if (decision === undefined) return false;
    void answerPreflight(response, decision);
    return true;
  });
}

/** Fastify routes to a controller that is bound to another host, too: Nest then answers 404. */
function servesHost(entry: RouteEntry, request: FastifyRequest): boolean {
  return entry.servesHost === undefined || entry.servesHost(request.hostname);
}

/** Shared by all responses: no closure a request. */
function lateWriteHead(
  this: HeadWriter,
  status: number,
  reason?: string | HeadersArgument,
  headers?: HeadersArgument,
): unknown {
  const base = (this as RawResponse)[BASE_WRITE_HEAD];
  // `begin` keeps it before it puts this function in its place.
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
 * turns away, as not found, what the router accepts and the path as written does not mean (an empty
 * parameter, for one). The woven handler within reports that it was reached, and runs nothing.
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
    // A check that needs more than params and URL to decide: the router's word stands.
    return true;
  }
  return probe.reached;
}
