import type { HostPatterns } from './compile-host.js';
import type { RouteConstraints } from './path-table.js';

/** One route that the platform serves, and the policy that applies to it. */
export interface RouteEntry {
  /** As registered: `GET`, `PUT`, … or `ALL`. */
  readonly method: string;
  /** The full path as the platform has it: prefix, version and module path included. */
  readonly path: string;
  /** `OrdersController.update`; null for a route that no controller declares. */
  readonly handler: string | null;
  /** Which policy of the registry applies. */
  readonly policyIndex: number;
  /** Whether the route is bound to a version that no URL shows: it may pass the request on. */
  readonly versioned: boolean;
  /** Those versions, as they are declared. */
  readonly versions?: readonly string[];
  /** For a controller bound to hosts; absent: it serves all. */
  readonly host?: HostFilter;
  /** Of a route on Fastify that has some. */
  readonly constraints?: RouteConstraints;
}

/** The entry of a route that no controller declares: `paths` or the global policy applies. */
export function unmanagedRoute(method: string, path: string): RouteEntry {
  return { method, path, handler: null, policyIndex: GLOBAL_POLICY, versioned: false };
}

/** Whether a controller serves it. */
export function isServed(route: RouteEntry | undefined): boolean {
  return route !== undefined && route.handler !== null;
}

/** Whether something that no preflight shows decides if the route takes a request. */
export function isConditional({ versioned, constraints }: RouteEntry): boolean {
  return versioned || (constraints !== undefined && hides(constraints));
}

/** The versions of which a route takes every request: those of one that no other constraint is bound to. */
export function versionsTaken({ versions = [], constraints }: RouteEntry): readonly string[] {
  const others = Object.keys(constraints?.hidden ?? {}).filter((name) => name !== 'version');
  return others.length === 0 ? versions : [];
}

/** Whether some of a route's constraints ask about what no preflight shows. */
export function hides({ hidden }: RouteConstraints): boolean {
  return Object.keys(hidden).length > 0;
}

/** The index of the global policy, which applies wherever neither handler nor path says otherwise. */
export const GLOBAL_POLICY = 0;

/**
 * Whether a controller bound to hosts serves a host name, as Nest's own host filter reads it.
 *
 * @see https://github.com/nestjs/nest/blob/master/packages/core/router/router-explorer.ts
 */
export class HostFilter {
  private compiled: readonly RegExp[] | undefined;

  /** @param patterns as the controller declares them */
  constructor(readonly patterns: HostPatterns) {}

  /** Most applications have no such controller: only here is a matcher needed for it. */
  async load(): Promise<void> {
    if (this.compiled !== undefined) return;
    const { compileHosts } = await import('./compile-host.js');
    this.compiled = compileHosts(this.patterns);
  }

  serves(hostname: string): boolean {
    if (this.compiled === undefined)
      throw new Error('A host filter was used before it was loaded.');
    // `match`, as Nest has it: unlike `test` it keeps no state in a RegExp of the user's.
    return this.compiled.some((pattern) => hostname.match(pattern) !== null);
  }
}
