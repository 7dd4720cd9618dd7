import { type ControllerRoute, isMapped, NEST_METADATA } from './controller-routes.js';
import type { PolicyRegistry } from './policy-registry.js';
import { GLOBAL_POLICY, HostFilter, type RouteEntry, unmanagedRoute } from './route-entry.js';

/**
 * Finds the class and method behind a handler that Nest registers on the platform.
 *
 * Routes of one method and path are handed out in order: Nest registers them in that order in
 * every mode, since sorting by specificity is stable and a conflict policy drops the later ones.
 * The match is confirmed by the metadata that Nest copied from the method to the handler.
 */
class RouteMirror {
  /** Those to come, the next one last: nearly always each one comes in its turn. */
  private readonly coming: ControllerRoute[];
  /** From the first one on that did not: those that are left, by method and path. */
  private waiting: Map<string, ControllerRoute[]> | undefined;

  /** @param adapterPath what the adapter does to a path before it registers it */
  constructor(
    routes: readonly ControllerRoute[],
    private readonly adapterPath: (path: string) => string,
  ) {
    this.coming = routes.toReversed();
  }

  /** The controller's route behind a handler, once. */
  take(method: string, path: string, handler: object): ControllerRoute | undefined {
    const next = this.coming.at(-1);
    if (next?.path === path && next.method === method && isMadeOf(next, handler)) {
      return this.coming.pop();
    }
    const waiting = (this.waiting ??= this.takeRest());
    return (
      find(waiting, method, path, handler) ?? this.findNormalized(waiting, method, path, handler)
    );
  }

  private takeRest(): Map<string, ControllerRoute[]> {
    const waiting = new Map<string, ControllerRoute[]>();
    for (const route of this.coming.splice(0).toReversed()) enqueue(waiting, route.path, route);
    return waiting;
  }

  /** Adapters rewrite a few legacy paths, with a warning: call them only when a path is not found. */
  private findNormalized(
    waiting: Map<string, ControllerRoute[]>,
    method: string,
    path: string,
    handler: object,
  ): ControllerRoute | undefined {
    // A copy: renamed routes are put back under their new key while this goes on.
    for (const [key, queue] of Array.from(waiting)) {
      const [first] = queue;
      if (first === undefined || !LEGACY_PATH.test(first.path)) continue;
      const normalized = this.adapterPath(first.path);
      if (normalized === first.path) continue;
      waiting.delete(key);
      for (const route of queue) enqueue(waiting, normalized, route);
    }
    return find(waiting, method, path, handler);
  }
}

function enqueue(
  waiting: Map<string, ControllerRoute[]>,
  path: string,
  route: ControllerRoute,
): void {
  const key = keyOf(route.method, path);
  const queue = waiting.get(key);
  if (queue === undefined) waiting.set(key, [route]);
  else queue.push(route);
}

function find(
  waiting: Map<string, ControllerRoute[]>,
  method: string,
  path: string,
  handler: object,
): ControllerRoute | undefined {
  const key = keyOf(method, path);
  const queue = waiting.get(key) ?? [];
  const index = queue.findIndex((route) => isMadeOf(route, handler));
  if (index === -1) return undefined;
  // Nothing of it stays: of most paths there is one.
  if (queue.length === 1) waiting.delete(key);
  return queue.splice(index, 1)[0];
}

/** What adapters rewrite: wildcards and groups of older path syntaxes. */
const LEGACY_PATH = /[*+?({]/;

function keyOf(method: string, path: string): string {
  return `${method} ${path}`;
}

function isMadeOf({ callback }: ControllerRoute, handler: object): boolean {
  const keys = Reflect.getMetadataKeys(callback);
  // Of a method that the instance has replaced, such as by `bind()`, neither has any.
  if (!keys.includes(NEST_METADATA.path) && isMapped(handler)) return false;
  return keys.every(
    (key) => Reflect.getMetadata(key, callback) === Reflect.getMetadata(key, handler),
  );
}

/** Makes the entry of each route that is registered, managed by a controller or not. */
export class RouteEntries {
  private mirror: RouteMirror | undefined;
  private isRegistering = false;

  /**
   * @param readRoutes called once, when Nest registers the first of them: prefix and versions are
   * final only then
   * @param adapterPath what the adapter does to a path before it registers it
   * @param onUnmapped called for a handler of Nest's that matches no controller's route
   */
  constructor(
    private readonly policies: Pick<PolicyRegistry, 'indexOf'>,
    private readRoutes: (() => readonly ControllerRoute[]) | undefined,
    private readonly adapterPath: (path: string) => string,
    private readonly onUnmapped: (label: string) => void,
  ) {}

  /** Nest is about to register routes: every instance exists by now. */
  begin(): void {
    this.isRegistering = true;
  }

  /** The entry of a route, made when the route is registered. */
  entryOf(method: string, path: string, handler: { readonly name: string }): RouteEntry {
    // It has the metadata of a controller's method.
    const isMarked = isMapped(handler);
    if (!isMarked && !this.isRegistering) return unmanagedRoute(method, path);
    this.mirror ??= new RouteMirror(this.readRoutes?.() ?? [], this.adapterPath);
    this.readRoutes = undefined;
    const route = this.mirror.take(method, path, handler);
    if (route === undefined) {
      if (isMarked) this.onUnmapped(`${method} ${path}`);
      return unmanagedRoute(method, path);
    }
    const { controller, versions, host } = route;
    const entry: RouteEntry = {
      method,
      path,
      handler: `${controller.name}.${route.handler}`,
      policyIndex: this.policies.indexOf(controller, route.handler) ?? GLOBAL_POLICY,
      versioned: versions !== undefined,
    };
    // Most have neither, and a thousand copies take their time.
    if (versions === undefined && host === undefined) return entry;
    return {
      ...entry,
      ...(versions !== undefined && { versions }),
      ...(host !== undefined && { host: new HostFilter(host) }),
    };
  }
}
