import type { CorsPolicyFile, PolicyFileRoute } from '../policy-file/policy-file.js';
import { PolicyModel } from '../policy-file/policy-model.js';
import { type Overlap, OverlappingPaths } from './overlapping-paths.js';
import { nameOf } from './route-name.js';
import type { RoutePair } from './pair-routes.js';
import { fillPath } from './fill-path.js';

/** Requests that one route has served, and another one serves now. */
export interface Rerouted extends Overlap {
  readonly before: PolicyFileRoute;
  readonly after: PolicyFileRoute;
}

export interface Rerouting {
  readonly requests: readonly Rerouted[];
  /** Whether there are so many that not all of them were looked at. */
  readonly isCut: boolean;
}

/** Beyond what any application has, and a second's work. */
const MOST = 20_000;

/**
 * Where routes are new, gone, or in another order, the requests that have another route than before. Which
 * route serves one, the router of the platform says.
 */
export async function findRerouted(
  before: CorsPolicyFile,
  after: CorsPolicyFile,
  pairs: readonly RoutePair[],
): Promise<Rerouting> {
  const contested = contestedRoutes(before, after, pairs);
  const overlaps = new Map<string, Overlap>();
  let isCut = false;
  if (contested.length > 0) {
    const paths = new OverlappingPaths(
      pairs.flatMap(({ before: old, after: now }) => now ?? old ?? []),
    );
    for (const overlap of overlapsOf(contested, paths)) {
      isCut = overlaps.size >= MOST;
      if (isCut) break;
      overlaps.set(`${overlap.method} ${overlap.path}`, overlap);
    }
  }
  if (overlaps.size === 0) return { requests: [], isCut };
  // What is new or gone may have had all of its path served by another route.
  for (const { method, path } of contested) overlaps.set(`${method} ${path}`, { method, path });
  const models = [await PolicyModel.of(before), await PolicyModel.of(after)] as const;
  const known = new Map(pairs.map(({ before: old, after: now }) => [now, old]));
  const requests = Array.from(overlaps.values()).flatMap((overlap) =>
    reroutedAt(overlap, models, known),
  );
  return { requests, isCut };
}

function* overlapsOf(
  contested: readonly PolicyFileRoute[],
  paths: OverlappingPaths,
): Iterable<Overlap> {
  for (const route of contested) yield* paths.of(route);
}

/** Routes that may take requests from others, or give them to others. */
function contestedRoutes(
  before: CorsPolicyFile,
  after: CorsPolicyFile,
  pairs: readonly RoutePair[],
): readonly PolicyFileRoute[] {
  const router = ({ platform }: CorsPolicyFile) => JSON.stringify(platform);
  if (router(before) !== router(after)) return pairs.flatMap(({ after: now }) => now ?? []);
  // On Fastify, the order of routes means nothing.
  const moved = after.platform?.name === 'fastify' ? new Set() : movedRoutes(before, after, pairs);
  return pairs.flatMap(({ before: old, after: now }) => {
    if (old === undefined || now === undefined) return now ?? old ?? [];
    if (old.path !== now.path) return [old, now];
    return moved.has(now) ? [now] : [];
  });
}

/** As few routes as possible, without which the others are in the order in which they were. */
function movedRoutes(
  before: CorsPolicyFile,
  after: CorsPolicyFile,
  pairs: readonly RoutePair[],
): ReadonlySet<PolicyFileRoute> {
  const order = new Map(before.routes.map((route, index) => [route, index]));
  const earlier = new Map(pairs.map(({ before: old, after: now }) => [now, old]));
  const both = after.routes.flatMap((route) => {
    const old = earlier.get(route);
    const position = old === undefined ? undefined : order.get(old);
    return position === undefined ? [] : [{ route, position }];
  });
  const kept = longestRising(both);
  return new Set(both.filter((one) => !kept.has(one)).map(({ route }) => route));
}

/** The longest part of a list whose positions rise. */
function longestRising<T extends { readonly position: number }>(
  list: readonly T[],
): ReadonlySet<T> {
  /** For each length, the part that ends lowest, as its last member. */
  const ends: Rising<T>[] = [];
  for (const member of list) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.member.position ?? 0) < member.position) low = middle + 1;
      else high = middle;
    }
    ends[low] = { member, previous: ends[low - 1] };
  }
  const longest = new Set<T>();
  for (let end = ends.at(-1); end !== undefined; end = end.previous) longest.add(end.member);
  return longest;
}

interface Rising<T> {
  readonly member: T;
  readonly previous: Rising<T> | undefined;
}

/** What routes for any method meet in: a route for one of them may take that one away. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function reroutedAt(
  { method, path }: Overlap,
  [before, after]: readonly [PolicyModel, PolicyModel],
  known: ReadonlyMap<PolicyFileRoute | undefined, PolicyFileRoute | undefined>,
): Rerouted[] {
  const found = new Map<string, Rerouted>();
  for (const target of targetsOf(path)) {
    for (const asked of method === 'ALL' ? METHODS : [method]) {
      const request = { method: asked, target, host: 'localhost' };
      const now = after.serving(request);
      const old = now.length === 0 ? [] : before.serving(request);
      for (const route of now) {
        const own = known.get(route);
        if (own !== undefined && old.includes(own)) continue;
        const other = old.find((one) => isForSame(one, route));
        if (other === undefined) continue;
        const key = JSON.stringify([nameOf(other), nameOf(route)]);
        const isWhole = method !== 'ALL' || (other.method === 'ALL' && route.method === 'ALL');
        found.set(key, { method: isWhole ? method : asked, path, before: other, after: route });
      }
    }
  }
  return [...found.values()];
}

/** Requests of a path: parameters as they may be, and a wildcard for one segment and for several. */
function targetsOf(path: string): ReadonlySet<string> {
  const paths = new Set([path, path.replace(/\*\w*/, '1/1/1')]);
  return new Set(
    Array.from(paths).flatMap((one) => fillPath(one, new Map()).map(({ target }) => target)),
  );
}

/** Whether two routes may serve one request, as far as version and constraints say. */
function isForSame(one: PolicyFileRoute, other: PolicyFileRoute): boolean {
  const [versions, others] = [one.version, other.version];
  const isVersion =
    versions === undefined ||
    others === undefined ||
    versions.some((version) => version === 'neutral' || others.includes(version)) ||
    others.includes('neutral');
  return (
    isVersion &&
    JSON.stringify([one.host, one.constraints]) === JSON.stringify([other.host, other.constraints])
  );
}
