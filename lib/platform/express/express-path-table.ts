import type { PathMatch, PathRoute, PathTable } from '../../routing/path-table.js';
import { ExpressPathIndex, type IndexedRoute } from './path-index.js';
import { type ExpressPathOptions, ExpressPathPattern } from './path-pattern.js';

interface Route<T> extends IndexedRoute {
  readonly method: string;
  readonly conditional: boolean;
  readonly value: T;
}

/** How the application's router reads paths, and what it parses unusual request targets with. */
interface ExpressPathTableOptions extends ExpressPathOptions {
  /** `parse` of `node:url`, as `parseurl` calls it. */
  readonly parseUrl: (url: string) => { readonly pathname: string | null };
}

/**
 * The path table of Express 5: the first route registered that matches path and method serves. A
 * target is `req.url`, that is without the path under which the application may be mounted.
 *
 * @see https://github.com/pillarjs/router/blob/master/index.js
 */
export class ExpressPathTable<T> implements PathTable<T> {
  private readonly index: ExpressPathIndex<Route<T>>;
  private size = 0;

  constructor(private readonly options: ExpressPathTableOptions) {
    this.index = new ExpressPathIndex(options);
  }

  add({ method, path, conditional, value }: PathRoute<T>): boolean {
    let pattern: ExpressPathPattern;
    try {
      pattern = ExpressPathPattern.compile(path, this.options);
    } catch {
      return false;
    }
    this.index.add({ order: this.size++, pattern, method, conditional, value });
    return true;
  }

  candidates(method: string, target: string): readonly T[] {
    const values: T[] = [];
    for (const { value } of this.matching(target, method)) values.push(value);
    return values;
  }

  match(target: string): PathMatch<T> {
    const routes = this.matching(target, undefined);
    const methods: string[] = [];
    // There are few: a list is searched faster than a set is made.
    for (const { method } of routes) if (!methods.includes(method)) methods.push(method);
    return {
      methods,
      candidates(method) {
        const values: T[] = [];
        for (const route of routes) {
          if (!serves(route, method)) continue;
          values.push(route.value);
          if (!route.conditional) break;
        }
        return values;
      },
    };
  }

  /**
   * The routes that match, in the router's order: all of them, or those that it would try for a
   * method, up to and including the first unconditional one.
   */
  private matching(target: string, method: string | undefined): readonly Route<T>[] {
    const matching: Route<T>[] = [];
    const path = requestPath(target, this.options.parseUrl);
    if (path === undefined) return matching;
    // The router matches the path before it looks at the method, so that a parameter which cannot
    // be decoded ends routing whatever the method. Only a percent sign can make it undecodable.
    const isDecoded = path.includes('%');
    for (const route of this.index.routesFor(path)) {
      const wanted = method === undefined || serves(route, method);
      if (!wanted && !isDecoded) continue;
      if (route.pattern.exact === undefined) {
        const verdict = route.pattern.test(path);
        if (verdict === 'malformed') break;
        if (verdict === 'miss') continue;
      }
      if (!wanted) continue;
      matching.push(route);
      if (method !== undefined && !route.conditional) break;
    }
    return matching;
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

/**
 * The path of a request target as Express's router reads it; `undefined`: it reads none, and serves
 * nothing. A target of path and query is cut here; any other (with a fragment or white space, in
 * absolute form, `*`) goes to the parser that the router uses, `parse` of `node:url`.
 *
 * @see https://github.com/pillarjs/parseurl/blob/master/index.js
 */
export function requestPath(
  target: string,
  parseUrl: (url: string) => { readonly pathname: string | null },
): string | undefined {
  if (target.charCodeAt(0) !== SLASH || isUnusual(target)) return parsedPath(target, parseUrl);
  const query = target.indexOf('?');
  return query === -1 ? target : target.slice(0, query);
}

/** Whether `parseurl` parses a target as a whole: it does so even behind the question mark. */
function isUnusual(target: string): boolean {
  // An expression is faster on few characters only.
  return target.length < 256
    ? UNUSUAL.test(target)
    : UNUSUAL_EACH.some((one) => target.includes(one));
}

const UNUSUAL = /[\t\n\f\r #\u00a0\ufeff]/;
const UNUSUAL_EACH = ['\t', '\n', '\f', '\r', ' ', '#', '\u00a0', '\ufeff'];

function parsedPath(
  target: string,
  parseUrl: (url: string) => { readonly pathname: string | null },
): string | undefined {
  try {
    return parseUrl(target).pathname ?? undefined;
  } catch {
    // An invalid host, for example. The router catches it too, and answers 404.
    return undefined;
  }
}

const SLASH = 0x2f;
