import { VersioningType } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { FastifyRouterOptions } from '../../../../lib/platform/fastify/fastify-options.js';
import { FastifyPathTable } from '../../../../lib/platform/fastify/fastify-path-table.js';
import type { PathParams } from '../../../../lib/routing/path-table.js';
import { callMethod } from '../call-method.js';

export interface FastifyRoute {
  readonly method: string;
  readonly path: string;
  /** Makes the route conditional: it takes requests with this version only, or one of these. */
  readonly version?: string | string[];
  /** Registered on the Fastify instance, past Nest's adapter and its rules about parameters. */
  readonly isRaw?: boolean;
}

/**
 * A real Fastify, made by Nest's adapter, and our table with the same routes, fed from `onRoute`.
 * The router answers with the number of the route that served a request of some version.
 */
export async function fastifyAnswers(
  routes: readonly FastifyRoute[],
  options: FastifyRouterOptions = {},
) {
  const adapter = new FastifyAdapter({
    routerOptions: { ...options },
    frameworkErrors: (_error: unknown, request: unknown, reply: Hijackable) =>
      hijack(request, reply),
  });
  let requested = '';
  const versioning = { type: VersioningType.CUSTOM, extractor: () => requested } as const;
  // The adapter keeps the versioning of the first route, for raw routes too.
  adapter.applyVersionFilter(hijack, '1', versioning);
  const instance = adapter.getInstance<FastifyInstance>();
  instance.setNotFoundHandler(hijack);
  const matchers = watchMatchers(adapter);

  const table = new FastifyPathTable<number>(options);
  /** The routes that the table came by in its last look-up, and whether the adapter's rule holds. */
  const visited: { index: number; isServed: boolean }[] = [];
  let registering = 0;
  instance.addHook('onRoute', ({ method, url: path, constraints }) => {
    const index = registering;
    const hidden = { ...constraints };
    const conditional = Object.keys(hidden).length > 0;
    const hasRule = path.includes(':') && routes[index]?.isRaw !== true;
    const matches = matchers.take();
    const serves = (params: PathParams, target: string) => {
      const isServed = !hasRule || (hasNoEmptyParams(params) && matches(target));
      visited.push({ index, isServed });
      return isServed;
    };
    for (const name of [method].flat()) {
      table.add({ method: name, path, conditional, constraints: { hidden }, value: index, serves });
    }
  });

  /** What Fastify refuses: invalid paths, and duplicates, with which an application does not boot. */
  const refused = new Set<number>();
  let served: number | undefined;
  for (const [index, { method, path, version, isRaw = false }] of routes.entries()) {
    registering = index;
    matchers.reset();
    const handler = (request: unknown, reply: Hijackable) => {
      served = index;
      hijack(request, reply);
    };
    try {
      if (isRaw) {
        const constraints = version === undefined ? {} : { version };
        const methods = method === 'ALL' ? [...instance.supportedMethods] : method;
        callMethod(instance, 'route', { method: methods, url: path, handler, constraints });
      } else {
        const filtered = callMethod(adapter, 'applyVersionFilter', handler, version, versioning);
        callMethod(adapter, method.toLowerCase(), path, filtered);
      }
    } catch {
      refused.add(index);
    }
  }
  await instance.ready();

  const router = (method: string, url: string, version = '') => {
    served = undefined;
    requested = version;
    const request = { method, url, headers: {} };
    // For a method that it does not know, Fastify answers on its own.
    const response = { on: () => undefined, writeHead: () => undefined, end: () => undefined };
    callMethod(instance, 'routing', request, response);
    return served;
  };
  /** What our table says would serve. */
  const foresee = (method: string, target: string, version = '') => {
    visited.length = 0;
    const candidates = table.candidates(method, target);
    const listed = visited.filter(({ isServed }) => isServed).map(({ index }) => index);
    if (candidates.join() !== listed.join()) throw new Error('Not those that serve, in order.');
    const first = visited.find(({ index }) =>
      [routes[index]?.version ?? version].flat().includes(version),
    );
    return first?.isServed === true ? first.index : undefined;
  };
  return { table, router, foresee, refused };
}

/** The adapter's rule about parameters, written once more. */
function hasNoEmptyParams(params: PathParams): boolean {
  for (const name in params) {
    if (params[name] === '' && name !== '*') return false;
  }
  return true;
}

interface Hijackable {
  hijack(): unknown;
}

/** Leaves a request without an answer: who was asked is all that matters. */
function hijack(_request: unknown, reply: Hijackable): void {
  reply.hijack();
}

/**
 * Borrows what the adapter matches requests with where find-my-way misreads a path's parameters. It
 * makes that with a route's handler, so it runs before the route reaches Fastify.
 */
function watchMatchers(adapter: FastifyAdapter) {
  let latest: unknown;
  const createMatcher: unknown = Reflect.get(adapter, 'createRouteParamsMatcher');
  if (typeof createMatcher !== 'function') throw new TypeError('This adapter has another rule.');
  Reflect.set(adapter, 'logger', { warn: () => undefined });
  Reflect.set(adapter, 'createRouteParamsMatcher', (path: string) => {
    latest = Reflect.apply(createMatcher, adapter, [path]);
    return latest;
  });
  return {
    reset: () => (latest = undefined),
    take: () => {
      const matcher = latest;
      return (url: string) =>
        typeof matcher !== 'function' ||
        Reflect.apply(matcher, undefined, [{ raw: { url } }]) === true;
    },
  };
}
