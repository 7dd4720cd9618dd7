import type { PolicyRegistry } from './policy-registry.js';
import { GLOBAL_POLICY, isServed, type RouteEntry } from './route-entry.js';
import type { LocatedPreflight, RoutedRequest, RouteTable } from './route-table.js';

/** What a preflight asks about, under the policies that apply now. */
export function locatePreflight(
  routes: RouteTable,
  policies: PolicyRegistry,
  request: RoutedRequest,
): LocatedPreflight {
  const unserved = policies.indexFor(undefined, request.target);
  return routes.preflightTarget(request, policies.current, unserved, policies.ambiguous);
}

/**
 * Whether `paths` has `false` there, and no controller serves the requested method; or each handler
 * that may serve it passes CORS through.
 */
export function isLeftToOthers(
  { serving, unserved }: Pick<LocatedPreflight, 'serving' | 'unserved'>,
  policies: PolicyRegistry,
): boolean {
  const { current, ambiguous } = policies;
  const passesThrough = (entry: RouteEntry) =>
    isServed(entry) && current[entry.policyIndex]?.passesThrough === true;
  if (serving.length > 0 && serving.every(passesThrough)) return true;
  return (
    unserved !== GLOBAL_POLICY &&
    unserved !== ambiguous &&
    // Not `origin: false`, which refuses preflights.
    typeof policies.declaredOptionsOf(unserved) !== 'object' &&
    !serving.some(isServed)
  );
}
