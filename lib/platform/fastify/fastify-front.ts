import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { CorsRequest } from '../../policy/policy.js';
import { RequestFacts } from '../request-facts.js';
import { fastifyOptions, ownSymbol } from './fastify-options.js';
import { type FastifyRequest, FastifyRequestFacts } from './fastify-request.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;
type Hook = (done: () => void) => void;

/** A Fastify instance, as far as its server is concerned. */
export interface FrontedInstance {
  readonly server?: Server;
  readonly routing?: Listener;
  readonly log?: { readonly level?: unknown };
  addHook(name: 'onReady' | 'preClose', hook: Hook): void;
}

/** Nest's adapter, as far as its hooks are concerned. */
interface HookedAdapter {
  /** The slot that `setOnResponseHook` fills. */
  readonly onResponseHook?: unknown;
  /** What the adapter gives Fastify for the constraint `version` where it makes the instance. */
  readonly versionConstraint?: object;
}

/** Where Fastify announces each instance that is made, before anybody else has it. */
const INSTANCES = channel('fastify.initialization');

/** Answers a request in front of Fastify, or leaves it to Fastify: false. */
export type Intercept = (
  request: IncomingMessage,
  response: ServerResponse,
  /** The facts of a request that Fastify has not seen. */
  factsOf: (request: IncomingMessage, method: string) => RequestFacts,
) => boolean;

/**
 * Puts a listener in front of Fastify's own, on Fastify's own server: a preflight that Fastify routes
 * costs a third more than a bare server's. It stands aside where anything in Fastify would see the
 * request, such as its logger or an `onResponse` hook (see docs/adr/0007-performance.md). Requests
 * that do not come through this server (`inject`, serverless adapters, further addresses) take the
 * request hook, so both must answer alike.
 */
export function standInFront(
  target: object,
  instance: FrontedInstance,
  intercept: Intercept,
): void {
  const adapter = target as HookedAdapter;
  const { server, routing } = instance;
  const listeners = server?.listeners('request');
  const factsOf = rawFactsOf(instance);
  if (server === undefined || routing === undefined || factsOf === undefined) return;
  if (!adapterIsFirst(adapter, instance)) return;
  // With `serverFactory`, or with someone else's listener, it is not known what comes first.
  if (listeners?.length !== 1 || listeners[0] !== routing) return;

  let isOpen = false;
  instance.addHook('onReady', (done) => {
    isOpen = nothingWatches(adapter, instance);
    done();
  });
  instance.addHook('preClose', (done) => {
    isOpen = false;
    done();
  });
  server.off('request', routing);
  server.on('request', (request, response) => {
    const isFree = isOpen && adapter.onResponseHook === undefined;
    if (!isFree || !intercept(request, response, factsOf)) routing(request, response);
  });
}

/** Whether nothing in Fastify would see a request that the adapter's first hook answers. */
function nothingWatches(adapter: object, instance: FrontedInstance): boolean {
  const options = fastifyOptions(instance);
  const hooks = ownSymbol(instance, 'fastify.hooks') as Record<string, unknown> | undefined;
  const { onResponse } = hooks ?? {};
  if (options === undefined || !Array.isArray(onResponse)) return false;
  // The adapter's own hook, which calls what `setOnResponseHook` was given.
  const ofAdapter = 'onResponseHook' in adapter ? 1 : 0;
  return (
    onResponse.length === ofAdapter &&
    // Fastify's logger without a destination has no level, and one that is brought along need not have any.
    instance.log?.level === undefined &&
    options['loggerInstance'] === undefined &&
    options['logController'] === undefined &&
    options['rewriteUrl'] === undefined
  );
}

/**
 * Whether the adapter's `onRequest` hook is the first, as it is where the adapter made the instance: it
 * adds its hooks before anybody else has it, except for who subscribed to Fastify's own announcement.
 * An instance that the application brings may have hooks already. It is recognised by the constraint
 * that the adapter gives to those it makes (see docs/adr/0018-what-a-request-costs.md).
 */
function adapterIsFirst({ versionConstraint }: HookedAdapter, instance: FrontedInstance): boolean {
  if (versionConstraint === undefined || INSTANCES.hasSubscribers) return false;
  const options = fastifyOptions(instance) as WithConstraints | undefined;
  const constraints = options?.routerOptions?.constraints ?? options?.constraints;
  return constraints?.version === versionConstraint;
}

/** Fastify's options: the router's own are at two places, by its version. */
interface WithConstraints extends Constraints {
  readonly routerOptions?: Constraints;
}

interface Constraints {
  readonly constraints?: { readonly version?: unknown };
}

/** Reads requests that Fastify has not seen, through Fastify's own class of requests. */
export function rawFactsOf(instance: object): Parameters<Intercept>[2] | undefined {
  const Request = ownSymbol(instance, 'fastify.Request');
  if (typeof Request !== 'function') return undefined;
  const standInFor = (raw: IncomingMessage) =>
    Reflect.construct(Request, ['', {}, raw, {}, undefined, undefined]) as FastifyRequest;
  return (raw, method) => new FrontRequestFacts(raw, method, standInFor);
}

class FrontRequestFacts extends RequestFacts<IncomingMessage> {
  constructor(
    raw: IncomingMessage,
    method: string,
    private readonly standInFor: (raw: IncomingMessage) => FastifyRequest,
  ) {
    super(raw, method, raw.url ?? '/', raw.headers.origin);
  }

  toCorsRequest(): CorsRequest {
    return this.seenByFastify().toCorsRequest();
  }

  isSameOrigin(): boolean {
    return this.seenByFastify().isSameOrigin();
  }

  private seenByFastify(): FastifyRequestFacts {
    return new FastifyRequestFacts(this.standInFor(this.rawRequest), this.method);
  }
}
