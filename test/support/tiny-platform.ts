import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AbstractHttpAdapter } from '@nestjs/core';
import type { Platform } from '../../lib/platform/platform.js';
import {
  isSameOrigin,
  requestedMethod,
  RequestFacts,
  type TrackedResponse,
} from '../../lib/platform/request-facts.js';
import { wrapNotFoundHandler, wrapRouteRegistration } from '../../lib/platform/wrap-routes.js';
import { answerPreflight, type HeadWriter } from '../../lib/platform/write-head.js';
import type { CorsRequest } from '../../lib/policy/policy.js';
import type { PathRoute, PathTable } from '../../lib/routing/path-table.js';
import type { RouteEntry } from '../../lib/routing/route-entry.js';

type TinyRequest = IncomingMessage & { params?: object; query?: object };
type TinyResponse = ServerResponse & TrackedResponse;
type Handler = (request: TinyRequest, response: TinyResponse) => unknown;
type ErrorHandler = (error: unknown, ...args: Parameters<Handler>) => unknown;

/** A framework as small as can be: literal paths, one handler each. */
class TinyServer {
  readonly routes = new Map<string, Handler>();
  notFound: Handler = (_request, response) => response.writeHead(404).end();

  failed: ErrorHandler = (_error, _request, response) => response.writeHead(500).end();

  async handle(request: TinyRequest, response: TinyResponse): Promise<void> {
    request.params = {};
    request.query = {};
    const handler = this.routes.get(`${request.method} ${request.url?.split('?', 1)[0]}`);
    try {
      await (handler ?? this.notFound)(request, response);
    } catch (error) {
      await this.failed(error, request, response);
    }
  }
}

/** Its adapter for Nest. */
export class TinyAdapter extends AbstractHttpAdapter {
  constructor() {
    super(new TinyServer());
    const verbs = ['get', 'post', 'put', 'delete'] as const;
    for (const verb of verbs) {
      this[verb] = (path: unknown, handler?: unknown) =>
        this.server.routes.set(`${verb.toUpperCase()} ${String(path)}`, handler as Handler);
    }
  }

  private get server(): TinyServer {
    return this.getInstance<TinyServer>();
  }

  override getType(): string {
    return 'tiny';
  }
  override initHttpServer(): void {
    this.setHttpServer(
      createServer((request, response) => void this.server.handle(request, response)),
    );
  }
  override listen(...args: [number, ...unknown[]]): unknown {
    return Reflect.apply(this.getHttpServer().listen, this.getHttpServer(), args);
  }
  override close(): Promise<void> {
    const server = this.getHttpServer();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  }
  override setNotFoundHandler(handler: Handler): void {
    this.server.notFound = handler;
  }
  override setErrorHandler(handler: ErrorHandler): void {
    this.server.failed = handler;
  }
  override registerParserMiddleware(): void {}
  override useStaticAssets(): void {}
  override setViewEngine(): void {}
  override enableCors(): void {}
  override render(): void {}
  override createMiddlewareFactory(): () => void {
    return () => undefined;
  }
  override applyVersionFilter(handler: Function): () => Function {
    return () => handler;
  }

  override getRequestHostname({ headers }: TinyRequest): string {
    return hostnameOf(headers.host);
  }
  override getRequestMethod({ method }: TinyRequest): string | undefined {
    return method;
  }
  override getRequestUrl({ url }: TinyRequest): string | undefined {
    return url;
  }
  override status(response: TinyResponse, status: number): void {
    response.statusCode = status;
  }
  override reply(response: TinyResponse, body: unknown, status?: number): void {
    response.writeHead(status ?? response.statusCode, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  }
  override end(response: TinyResponse, message?: string): void {
    response.end(message);
  }
  override redirect(response: TinyResponse, status: number, url: string): void {
    response.writeHead(status, { Location: url }).end();
  }
  override isHeadersSent({ headersSent }: TinyResponse): boolean {
    return headersSent;
  }
  override getHeader(response: TinyResponse, name: string): unknown {
    return response.getHeader(name);
  }
  override setHeader(response: TinyResponse, name: string, value: string): void {
    response.setHeader(name, value);
  }
  override appendHeader(response: TinyResponse, name: string, value: string): void {
    response.appendHeader(name, value);
  }
}

/** Everything the library needs to know of it: its row in the table of platforms. */
export const tiny: Platform = {
  install(adapter, { pipeline, entries, interceptor }) {
    const server = adapter.getInstance<TinyServer>();
    wrapNotFoundHandler(adapter, (response) => pipeline.onPassed(response as TinyResponse));
    wrapRouteRegistration(adapter, {
      entryOf: (method, path, handler) => entries.entryOf(method, path, handler),
      register(entry, call) {
        pipeline.routes.add(entry);
        return call();
      },
      async serve(entry, handler, self, request, response, next) {
        await interceptor.onRoute(response as TinyResponse, entry);
        const refusal = pipeline.refusalOf(response as TinyResponse);
        if (refusal !== undefined) throw refusal;
        return handler.call(self, request, response, next);
      },
    });

    const handle = server.handle.bind(server);
    server.handle = async (request, response) => {
      if (pipeline.ahead?.(request, response) === true) return;
      await pipeline.routes.ready();
      const asked = requestedMethod(request);
      const writer = response as unknown as HeadWriter & TinyResponse;
      if (asked !== undefined) {
        const decision = pipeline.onPreflight(writer, new TinyRequestFacts(request, asked));
        if (decision !== undefined) return answerPreflight(writer, decision, pipeline.observer);
      }
      await pipeline.onRequest(writer, new TinyRequestFacts(request, request.method ?? 'GET'));
      if (!response.headersSent) await handle(request, response);
    };
  },
  pathTable: () => Promise.resolve(new TinyPathTable()),
  routerSettings: () => ({}),
  pathTableFor: () => Promise.resolve(new TinyPathTable()),
  addRoute: (routes, route) => routes.add(route),
  otherLayer: () => undefined,
  factsOf: (_adapter, request) => new TinyRequestFacts(request, request.method ?? 'GET'),
  rawResponse: (response) => response as TinyResponse,
};

class TinyRequestFacts extends RequestFacts<TinyRequest> {
  constructor(request: TinyRequest, method: string) {
    super(request, method, request.url ?? '/', request.headers.origin);
  }

  toCorsRequest(): CorsRequest {
    const { origin = '', method, target } = this;
    const hostname = hostnameOf(this.rawRequest.headers.host);
    return { origin, method, url: target, hostname, protocol: 'http' };
  }

  isSameOrigin(): boolean {
    const { headers } = this.rawRequest;
    return isSameOrigin(headers, 'http', headers.host);
  }
}

class TinyPathTable implements PathTable<RouteEntry> {
  private readonly routes: PathRoute<RouteEntry>[] = [];

  add(route: PathRoute<RouteEntry>): boolean {
    this.routes.push(route);
    return true;
  }

  candidates(method: string, target: string): readonly RouteEntry[] {
    return this.match(target).candidates(method);
  }

  match(target: string) {
    const routes = this.routes.filter(({ path }) => path === target.split('?', 1)[0]);
    return {
      methods: [...new Set(routes.map(({ method }) => method))],
      candidates: (method: string) =>
        routes.filter((route) => route.method === method).map(({ value }) => value),
    };
  }
}

function hostnameOf(host = ''): string {
  return host.replace(/:\d*$/, '');
}
