import { GLOBAL_POLICY } from './global-policy.js';
import type { RouteEntry } from './route-entry.js';

/** The entry of a route that no controller declares: the global policy holds. */
export function rawRoute(method: string, path: string): RouteEntry {
  return { method, path, handler: null, policyIndex: GLOBAL_POLICY, versioned: false };
}
