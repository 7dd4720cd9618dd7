import { GLOBAL_POLICY } from '../routing/global-policy.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import type { ControllerRoute } from '../routing/controller-route.js';
import { hostFilter } from '../routing/host-filter.js';
import type { RouteEntry } from '../routing/route-entry.js';
import { rawRoute } from '../routing/raw-route.js';
import { RouteMirror } from '../routing/route-mirror.js';

/** Makes the entry of each route that is registered; what no controller declares gets the global policy. */
export class RouteEntries {
  private mirror: RouteMirror | undefined;

  /**
   * @param controllerRoutes read when Nest registers the first of them: prefix and versions are
   * settled only then
   * @param onUnmapped told of a handler of Nest's that no controller's route explains
   */
  constructor(
    private readonly policies: PolicyRegistry,
    private readonly controllerRoutes: () => readonly ControllerRoute[],
    private readonly normalizePath: (path: string) => string,
    private readonly onUnmapped: (label: string) => void,
  ) {}

  /** The entry of a route, made when the route is registered. */
  entryOf(method: string, path: string, handler: { readonly name: string }): RouteEntry {
    if (!RouteMirror.isControllerHandler(handler)) return rawRoute(method, path);
    this.mirror ??= new RouteMirror(this.controllerRoutes(), this.normalizePath);
    const route = this.mirror.take(method, path, handler);
    if (route === undefined) {
      this.onUnmapped(`${method} ${path}`);
      return rawRoute(method, path);
    }
    return {
      method,
      path,
      handler: `${route.controller.name}.${route.handler}`,
      policyIndex: this.policies.indexOf(route.controller, route.handler) ?? GLOBAL_POLICY,
      versioned: route.versioned,
      ...(route.host !== undefined && { servesHost: hostFilter(route.host) }),
    };
  }
}
