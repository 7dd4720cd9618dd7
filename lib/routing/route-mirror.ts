import type { ControllerRoute } from './controller-route.js';
import { NEST_METADATA } from './nest-metadata.js';

/**
 * Tells which class and method a handler belongs to that Nest registers on the platform.
 *
 * Routes of one method and path are handed out in order: Nest registers them in that order in
 * every mode, since sorting by specificity is stable and a conflict policy drops the later ones.
 * That the metadata which Nest copied to the handler is the method's own confirms the match.
 */
export class RouteMirror {
  private readonly waiting = new Map<string, ControllerRoute[]>();

  /** @param normalizePath what the adapter does to a path before it registers it */
  constructor(
    routes: readonly ControllerRoute[],
    private readonly normalizePath: (path: string) => string,
  ) {
    for (const route of routes) this.enqueue(route.path, route);
  }

  /** Whether Nest made this handler from a controller's method. */
  static isControllerHandler(handler: object): boolean {
    return Reflect.hasMetadata(NEST_METADATA.path, handler);
  }

  /** The controller's route behind a handler, once. */
  take(method: string, path: string, handler: object): ControllerRoute | undefined {
    return this.find(method, path, handler) ?? this.findNormalized(method, path, handler);
  }

  private find(method: string, path: string, handler: object): ControllerRoute | undefined {
    const queue = this.waiting.get(keyOf(method, path));
    const index = queue?.findIndex((route) => hasMetadataOf(route.callback, handler)) ?? -1;
    return index === -1 ? undefined : queue?.splice(index, 1)[0];
  }

  /** Adapters rewrite a few legacy paths, and warn of it: ask them only when a path is not found. */
  private findNormalized(
    method: string,
    path: string,
    handler: object,
  ): ControllerRoute | undefined {
    // A copy: renamed routes are put back under their new key while this goes on.
    for (const [key, queue] of Array.from(this.waiting)) {
      const [first] = queue;
      if (first === undefined || !LEGACY_PATH.test(first.path)) continue;
      const normalized = this.normalizePath(first.path);
      if (normalized === first.path) continue;
      this.waiting.delete(key);
      for (const route of queue) this.enqueue(normalized, route);
    }
    return this.find(method, path, handler);
  }

  private enqueue(path: string, route: ControllerRoute): void {
    const key = keyOf(route.method, path);
    const queue = this.waiting.get(key);
    if (queue === undefined) this.waiting.set(key, [route]);
    else queue.push(route);
  }
}

/** What adapters rewrite: wildcards and groups of older path syntaxes. */
const LEGACY_PATH = /[*+?({]/;

function keyOf(method: string, path: string): string {
  return `${method} ${path}`;
}

function hasMetadataOf(callback: object, handler: object): boolean {
  return Reflect.getMetadataKeys(callback).every(
    (key) => Reflect.getMetadata(key, callback) === Reflect.getMetadata(key, handler),
  );
}
