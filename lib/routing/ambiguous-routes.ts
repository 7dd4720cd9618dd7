import type { PolicyGeneration } from './policy-registry.js';
import type { RouteEntry } from './route-entry.js';

/**
 * Routes of one method and path that only a version decides between, with different policies: a
 * CORS-preflight request carries neither the version header nor `Accept`.
 */
export function ambiguousRoutes(
  entries: Iterable<RouteEntry>,
  policies: PolicyGeneration,
): RouteEntry[][] {
  const groups = new Map<string, RouteEntry[]>();
  for (const entry of entries) {
    if (!entry.versioned) continue;
    const key = `${entry.method} ${entry.path}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].filter(
    (group) => new Set(group.map((entry) => policies[entry.policyIndex])).size > 1,
  );
}
