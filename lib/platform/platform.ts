import type { AbstractHttpAdapter } from '@nestjs/core';
import type { PathTable } from '../routing/path-table.js';
import type { RouteEntry } from '../routing/route-entry.js';
import type { RouteEntries } from '../routing/route-mirror.js';
import type { RouteTable } from '../routing/route-table.js';
import type { RequestFacts, TrackedResponse, UnseenRequest } from './request-facts.js';
import type { RequestPipeline } from './request-pipeline.js';

/** What the library needs of an HTTP platform. Each has a folder, and a row in `platforms.ts`. */
export interface Platform {
  /** Puts the request hook, the wrapped handlers and the write point on an adapter. */
  install(adapter: AbstractHttpAdapter, parts: PlatformParts): void;
  /**
   * The path table that reads paths as the application's own router does, with its own options.
   * Asynchronous, so that the matcher loads only where its platform is used.
   */
  pathTable(adapter: AbstractHttpAdapter): Promise<PathTable<RouteEntry>>;
  /** The settings of the application's router that paths depend on. */
  routerSettings(adapter: AbstractHttpAdapter): RouterSettings;
  /** The path table of an application that is not here, from the settings of its router. */
  pathTableFor(settings: RouterSettings): Promise<PathTable<RouteEntry>>;
  /** Adds a route of such an application as its platform has it. */
  addRoute(routes: RouteTable, route: RouteEntry): void;
  /**
   * Looks for another CORS layer on the same application, where it can be seen.
   *
   * @param onFound called with its name, perhaps later
   */
  otherLayer(adapter: AbstractHttpAdapter, onFound: (layer: string) => void): void;
  /**
   * The facts of a request that the platform has not seen, such as the handshake of a WebSocket, read
   * with the platform's own trust-proxy setting. Undefined where that cannot be done.
   */
  factsOf(adapter: AbstractHttpAdapter, request: UnseenRequest): RequestFacts | undefined;
  /** The response of Node behind what the platform hands to handlers. */
  rawResponse(response: unknown): TrackedResponse;
}

/** Settings of a router by name. */
export type RouterSettings = Readonly<Record<string, boolean | number>>;

/** What a platform installs. */
export interface PlatformParts {
  readonly pipeline: RequestPipeline;
  readonly entries: RouteEntries;
  /** Called before the guards of a handler. */
  readonly interceptor: RouteInterceptor;
}

/** Is notified which route's handler is about to run. */
interface RouteInterceptor {
  onRoute(response: TrackedResponse, route: RouteEntry): void | Promise<void>;
}
