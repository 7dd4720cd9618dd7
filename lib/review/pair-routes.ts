import { groupBy } from '../policy-file/group-by.js';
import type { CorsPolicyFile, PolicyFileRoute } from '../policy-file/policy-file.js';

/** A route of both files, of the new one, or of the old one. */
export interface RoutePair {
  readonly before: PolicyFileRoute | undefined;
  readonly after: PolicyFileRoute | undefined;
}

/**
 * The routes of two files, side by side. One whose method and handler are the same and whose path is not
 * was renamed.
 */
export function pairRoutes(before: CorsPolicyFile, after: CorsPolicyFile): RoutePair[] {
  const waiting = groupBy(before.routes, keyOf);
  const pairs: RoutePair[] = [];
  const added: PolicyFileRoute[] = [];
  for (const route of after.routes) {
    const same = waiting.get(keyOf(route))?.shift();
    if (same === undefined) added.push(route);
    else pairs.push({ before: same, after: route });
  }
  const gone = [...waiting.values()].flat();
  const byHandler = groupBy(gone, handlerOf);
  const byName = groupBy(added, handlerOf);
  const renamed = new Set<PolicyFileRoute>();
  for (const route of added) {
    const [old, ...others] = byHandler.get(handlerOf(route)) ?? [];
    const isUnique = others.length === 0 && byName.get(handlerOf(route))?.length === 1;
    if (old !== undefined && isUnique && route.handler !== null) {
      renamed.add(old);
      pairs.push({ before: old, after: route });
    } else {
      pairs.push({ before: undefined, after: route });
    }
  }
  for (const route of gone) {
    if (!renamed.has(route)) pairs.push({ before: route, after: undefined });
  }
  return pairs;
}

/** The same path for the same hosts and versions. */
function keyOf({ method, path, host, version, constraints }: PolicyFileRoute): string {
  return JSON.stringify([method, path, host, version, constraints]);
}

function handlerOf({ method, handler }: PolicyFileRoute): string {
  return `${method} ${handler ?? ''}`;
}
