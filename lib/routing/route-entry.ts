/** One route that the platform serves, and the policy that holds for it. */
export interface RouteEntry {
  /** As registered: `GET`, `PUT`, … or `ALL`. */
  readonly method: string;
  /** The full path as the platform has it: prefix, version and module path included. */
  readonly path: string;
  /** `OrdersController.update`; null for a route that no controller declares. */
  readonly handler: string | null;
  /** Which policy of the registry holds. */
  readonly policyIndex: number;
  /** Whether the route is bound to a version that no URL shows: it may pass the request on. */
  readonly versioned: boolean;
  /** For a controller bound to hosts: whether it serves this one. Absent: all. */
  readonly servesHost?: (hostname: string) => boolean;
}

/** The entry of a route that no controller declares: the global policy holds. */
export function rawRoute(method: string, path: string): RouteEntry {
  return { method, path, handler: null, policyIndex: GLOBAL_POLICY, versioned: false };
}

/** The index of the global policy, which holds wherever neither handler nor path says otherwise. */
export const GLOBAL_POLICY = 0;
