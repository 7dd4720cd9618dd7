import { OrderedPathIndex, type OrderedRoute } from './ordered-path-index.js';
import { OrderedPathPattern, type OrderedPathOptions } from './ordered-path-pattern.js';
import type { PathMatch, PathRoute, PathTable } from './path-table.js';
import { requestPath } from './request-path.js';

interface Route<T> extends OrderedRoute {
  readonly method: string;
  readonly conditional: boolean;
  readonly value: T;
}

/** How the application's router reads paths, and what it parses unusual request targets with. */
export interface OrderedPathTableOptions extends OrderedPathOptions {
  /** `parse` of `node:url`, as `parseurl` calls it. */
  readonly parseUrl: (url: string) => { readonly pathname: string | null };
}

/**
 * The path table of Express 5: the first route registered that matches path and method serves. A
 * target is `req.url`, that is without the path under which the application may be mounted.
 *
 * @see https://github.com/pillarjs/router/blob/master/index.js
 */
export class OrderedPathTable<T> implements PathTable<T> {
  private readonly index: OrderedPathIndex<Route<T>>;
  private size = 0;

  constructor(private readonly options: OrderedPathTableOptions) {
    this.index = new OrderedPathIndex(options);
  }

  add({ method, path, conditional, value }: PathRoute<T>): boolean {
    let pattern: OrderedPathPattern;
    try {
      pattern = OrderedPathPattern.compile(path, this.options);
    } catch {
      return false;
    }
    this.index.add({ order: this.size++, pattern, method, conditional, value });
    return true;
  }

  candidates(method: string, target: string): readonly T[] {
    const values: T[] = [];
    for (const route of this.matching(target, (each) => serves(each, method))) {
      values.push(route.value);
      if (!route.conditional) break;
    }
    return values;
  }

  match(target: string): PathMatch<T> {
    const routes = [...this.matching(target, () => true)];
    return {
      methods: [...new Set(routes.map((route) => route.method))],
      candidates(method) {
        const own = routes.filter((route) => serves(route, method));
        const last = own.findIndex((route) => !route.conditional);
        return own.slice(0, last === -1 ? own.length : last + 1).map((route) => route.value);
      },
    };
  }

  /** The routes that match, and are wanted, in the router's order. */
  private *matching(
    target: string,
    isWanted: (route: Route<T>) => boolean,
  ): Generator<Route<T>, void, undefined> {
    const path = requestPath(target, this.options.parseUrl);
    if (path === undefined) return;
    // The router matches the path before it looks at the method, so that a parameter which cannot
    // be decoded ends routing whatever the method. Only a percent sign can make it undecodable.
    const isDecoded = path.includes('%');
    for (const route of this.index.routesFor(path)) {
      const wanted = isWanted(route);
      if (!wanted && !isDecoded) continue;
      if (route.pattern.exact === undefined) {
        const verdict = route.pattern.test(path);
        if (verdict === 'malformed') return;
        if (verdict === 'miss') continue;
      }
      if (wanted) yield route;
    }
  }
}

/** As the router has it: what serves `GET` serves `HEAD`. */
function serves(route: Route<unknown>, method: string): boolean {
  return (
    route.method === method ||
    route.method === 'ALL' ||
    (method === 'HEAD' && route.method === 'GET')
  );
}
