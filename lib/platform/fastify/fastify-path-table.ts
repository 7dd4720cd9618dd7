import FindMyWay from 'find-my-way';
import type {
  HostHolder,
  PathMatch,
  PathParams,
  PathRoute,
  PathTable,
  RouteConstraints,
} from '../../routing/path-table.js';
import type { RouterSettings } from '../platform.js';
import { type FastifyRouterOptions, ROUTER_SETTINGS } from './fastify-options.js';
import { RouteReach } from './route-reach.js';

interface Route<T> {
  readonly order: number;
  readonly conditional: boolean;
  /** What a look-up skips this route by. */
  readonly skipKey: object;
  /** Its value alone: nearly every look-up finds one route. */
  readonly values: readonly [T];
  readonly serves: ((params: PathParams, target: string) => boolean) | undefined;
}

/** The routes that one method has at a target. */
interface Found<T> {
  readonly method: string;
  /** Of the first route. */
  readonly order: number;
  readonly routes: readonly Route<T>[];
}

/** find-my-way as far as it is used; it checks methods itself, and its types lack `QUERY`. */
interface Router<T> {
  on(
    method: string | string[],
    path: string,
    options: object,
    handler: () => void,
    store: Route<T>,
  ): void;
  find(
    method: string,
    target: string,
    constraints: Readonly<Record<string, unknown>>,
  ): { readonly params: PathParams; readonly store: Route<T> } | null;
}

/**
 * The path table of Fastify 5: a second find-my-way, with the routes and options of Fastify's own,
 * and so with its answers. A target is `request.raw.url`, that is after `rewriteUrl`.
 *
 * @see https://github.com/delvedor/find-my-way
 */
export class FastifyPathTable<T> implements PathTable<T> {
  private readonly router: Router<T>;
  private readonly methods = new Set<string>();
  private readonly reach: RouteReach;
  private size = 0;
  private gets = 0;
  /** How many hidden constraints a route has at most. */
  private mostHidden = 0;
  private readsHost = false;
  /**
   * HEAD routes that are in no tree, in order. As long as the platform has added each of them beside a
   * GET route, and every GET route has one, the tree of GET answers for both: half the memory of most
   * applications.
   */
  private heads: { readonly route: PathRoute<T>; readonly path: string; readonly order: number }[] =
    [];
  private insertedHeads = 0;
  private hasOwnHeads = false;

  /** @param options may have others beside these: Fastify's are taken as they are */
  constructor(options: FastifyRouterOptions | RouterSettings) {
    const { maxParamLength } = options;
    this.reach = new RouteReach({
      ...(typeof maxParamLength === 'number' && { maxParamLength }),
      caseSensitive: options.caseSensitive !== false,
      ignoreDuplicateSlashes: options.ignoreDuplicateSlashes === true,
      useSemicolonDelimiter: options.useSemicolonDelimiter === true,
    });
    this.router = FindMyWay({
      // No others: with Fastify's `onBadUrl`, for one, a malformed target would have a route.
      ...Object.fromEntries(ROUTER_SETTINGS.map((name) => [name, options[name]])),
      // A preflight asks about a path: a long query must not be parsed once for each method.
      querystringParser: () => ({}),
      constraints: skipConstraints(),
    });
  }

  add(route: PathRoute<T>): boolean {
    const { method, path, isImplicitHead = false } = route;
    if (typeof path !== 'string') return false;
    this.reach.add(path);
    const order = this.size++;
    if (method === 'GET') this.gets += 1;
    if (method !== 'HEAD') return this.insert(route, path, order);
    if (!isImplicitHead) this.hasOwnHeads = true;
    // Behind those that wait: of two for one path, the first one serves.
    if (this.hasOwnHeads && this.heads.length === 0) return this.insert(route, path, order);
    this.heads.push({ route, path, order });
    return true;
  }

  private insert(route: PathRoute<T>, path: string, order: number): boolean {
    const { method, conditional, value, serves } = route;
    const { constraints, skipKey } = this.conditionsOf(route, order);
    const inserted: Route<T> = { order, conditional, skipKey, values: [value], serves };
    try {
      this.router.on(method, path, { constraints }, neverCalled, inserted);
    } catch (error) {
      // Fastify too adds a `HEAD` route for each `GET`, and drops it where there is one already.
      return error instanceof Error && error.message.includes('already declared for route');
    }
    this.methods.add(method);
    return true;
  }

  /**
   * As many constraints as the route has: of several that match, the router takes the route with the
   * most. The host is evaluated; a look-up decides on the others.
   */
  private conditionsOf({ conditional, constraints }: PathRoute<T>, order: number) {
    if (!conditional && constraints === undefined) return UNCONDITIONAL;
    const { host, hidden = {} }: Partial<RouteConstraints> = constraints ?? {};
    // A copy: equal where the constraints are, so that duplicates are found, and yet the route's own.
    const skipKey = constraints === undefined ? { order } : { ...hidden };
    const skips = conditional ? Math.max(1, Object.keys(hidden).length) : 0;
    const named = SKIPS.slice(0, skips).map((name): [string, unknown] => [name, skipKey]);
    if (host !== undefined) {
      this.readsHost = true;
      named.push(['host', host]);
    }
    this.mostHidden = Math.max(this.mostHidden, Math.min(skips, SKIPS.length));
    return { constraints: Object.fromEntries(named), skipKey };
  }

  /** Gives HEAD a tree of its own, route by route, unless that of GET answers for it. */
  prepare(): boolean {
    const { heads } = this;
    if (!this.hasOwnHeads && heads.length === this.gets) return false;
    this.hasOwnHeads = true;
    const head = heads[this.insertedHeads++];
    if (head === undefined) {
      this.heads = [];
      this.insertedHeads = 0;
      return false;
    }
    this.insert(head.route, head.path, head.order);
    return true;
  }

  /** Whatever has not been prepared by now: before each look-up. */
  private prepareAll(): void {
    if (this.hasOwnHeads && this.heads.length === 0) return;
    while (this.prepare());
  }

  /** The method whose tree has the routes of a method. */
  private treeOf(method: string): string {
    return method === 'HEAD' && !this.hasOwnHeads ? 'GET' : method;
  }

  candidates(method: string, target: string, request?: HostHolder): readonly T[] {
    this.prepareAll();
    const path = this.reach.pathOf(target);
    if (path === undefined) return [];
    return valuesOf(this.routesAt(this.treeOf(method), path, target, request));
  }

  match(target: string, request?: HostHolder): PathMatch<T> {
    this.prepareAll();
    const found: Found<T>[] = [];
    const path = this.reach.pathOf(target);
    for (const method of this.methods) {
      if (path === undefined) break;
      const routes = this.routesAt(method, path, target, request);
      const [first] = routes;
      if (first !== undefined) insertByOrder(found, { method, order: first.order, routes });
    }
    return {
      methods: found.map(({ method }) => method),
      candidates: (method) => {
        const tree = this.treeOf(method);
        for (const { method: each, routes } of found) if (each === tree) return valuesOf(routes);
        return [];
      },
    };
  }

  private routesAt(
    method: string,
    path: string,
    target: string,
    request: HostHolder | undefined,
  ): Route<T>[] {
    if (this.mostHidden === 0 && !this.readsHost) {
      // Nothing is conditional here: nearly every application.
      const found = this.router.find(method, path, NO_CONSTRAINTS);
      return found === null || found.store.serves?.(found.params, target) === false
        ? []
        : [found.store];
    }
    const routes: Route<T>[] = [];
    const skipped: unknown[] = [];
    const constraints: Record<string, unknown> = {};
    if (this.readsHost) constraints['host'] = request?.hostHeader();
    for (let i = 0; i < this.mostHidden; i++) constraints[SKIPS[i] ?? ''] = skipped;
    for (;;) {
      const found = this.router.find(method, path, constraints);
      if (found === null) return routes;
      const { store: route, params } = found;
      if (route.serves?.(params, target) ?? true) routes.push(route);
      if (!route.conditional) return routes;
      skipped.push(route.skipKey);
    }
  }
}

const NO_CONSTRAINTS = Object.freeze({});

/** Of most routes: they share it. */
const UNCONDITIONAL = Object.freeze({ constraints: NO_CONSTRAINTS, skipKey: Object.freeze({}) });

function valuesOf<T>(routes: readonly Route<T>[]): readonly T[] {
  const [first] = routes;
  return routes.length === 1 && first !== undefined
    ? first.values
    : routes.flatMap(({ values }) => values);
}

/** There are few: each goes to its place faster than they are sorted. */
function insertByOrder<T>(found: Found<T>[], next: Found<T>): void {
  let at = found.length;
  for (; at > 0; at--) {
    const before = found[at - 1];
    if (before === undefined || before.order < next.order) break;
    found[at] = before;
  }
  found[at] = next;
}

function neverCalled(): void {
  // find-my-way wants a handler; the table only looks routes up.
}

/**
 * The names of the constraints that stand for those which a preflight does not show (a version, an
 * application's own): they make find-my-way go on past a route, as it does where a constraint fails.
 * One for each that a route has, since the number of constraints decides which route is tried first;
 * beyond these, that order is a guess.
 */
const SKIPS = ['skip1', 'skip2', 'skip3', 'skip4'] as const;

/**
 * The conditional routes at one node of find-my-way's tree. find-my-way keeps a set of routes as the
 * bits of a number.
 */
class RoutesAtNode {
  private readonly stored = new Map<unknown, number>();

  set(route: unknown, bit: number): void {
    this.stored.set(route, bit);
  }

  /** Called with a route's key while routes are added, with the keys to skip in a look-up. */
  get(key: unknown): number | null {
    if (!Array.isArray(key)) return null;
    let matching = 0;
    for (const [route, bit] of this.stored) if (!key.includes(route)) matching |= bit;
    return matching === 0 ? null : matching;
  }
}

type Strategy = FindMyWay.ConstraintStrategy<FindMyWay.HTTPVersion.V1>;

/** The constraints; a look-up gives each the list of the routes to skip. */
function skipConstraints(): Record<string, Strategy> {
  return Object.fromEntries(SKIPS.map((name) => [name, skipConstraint(name)]));
}

function skipConstraint(name: string): Strategy {
  return {
    name,
    // What it keeps is a handler by its types, and the bits of a number in fact.
    storage: () => new RoutesAtNode() as unknown as ReturnType<Strategy['storage']>,
    // Required, and never called: the table looks routes up without a request.
    deriveConstraint: () => '',
  };
}
