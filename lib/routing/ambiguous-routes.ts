import type { RouteEntry } from './route-entry.js';

/**
 * Routes of one method and path that only a version decides between, with different policies: a
 * CORS-preflight request carries neither the version header nor `Accept`.
 */
export function ambiguousRoutes(entries: Iterable<RouteEntry>): RouteEntry[][] {
  const groups = new Map<string, RouteEntry[]>();
  for (const entry of entries) {
    if (!entry.versioned) continue;
    const key = `${entry.method} ${entry.path}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].filter(
    (group) => new Set(group.map((entry) => entry.policyIndex)).size > 1,
  );
}
