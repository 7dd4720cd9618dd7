import { GLOBAL_POLICY } from './policy-registry.js';
import type { RouteEntry } from './route-entry.js';

/** The entry of a route that no controller declares: the global policy holds. */
export function rawRoute(method: string, path: string): RouteEntry {
  const label = `${method} ${path}`;
  return { method, path, label, policyIndex: GLOBAL_POLICY, versioned: false };
}
