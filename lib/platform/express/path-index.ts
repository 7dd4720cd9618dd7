import type { ExpressPathPattern } from './path-pattern.js';

/** What the index knows of a route: its path, and its place in the order of registration. */
export interface IndexedRoute {
  readonly order: number;
  readonly pattern: ExpressPathPattern;
}

/**
 * Finds the few routes that can match a path without asking each of them, which is what Express does
 * (1.7 ms for 10,000): a preflight flood must not cost more than the requests it stands for.
 * Literal paths by hash; paths with parameters by the segments before the first; the rest in a list.
 */
export class ExpressPathIndex<R extends IndexedRoute> {
  private readonly literal = new Map<string, R[]>();
  private readonly prefixed = new Map<string, R[]>();
  private readonly others: R[] = [];
  private maxDepth = 0;
  /** The length of the longest literal path or prefix. */
  private longest = 0;

  constructor(private readonly options: { caseSensitive: boolean; strict: boolean }) {}

  /** Adds a route, in the order of registration. */
  add(route: R): void {
    const { exact, prefix } = route.pattern;
    this.longest = Math.max(this.longest, exact?.length ?? prefix.length);
    if (exact !== undefined) {
      append(this.literal, this.keyOf(exact), route);
    } else if (prefix !== '') {
      append(this.prefixed, this.keyOf(prefix), route);
      this.maxDepth = Math.max(this.maxDepth, prefix.split('/').length - 1);
    } else {
      this.others.push(route);
    }
  }

  /** Those routes that may match a path, in the order of registration; literal paths do match. */
  routesFor(path: string): Iterable<R> {
    // Two characters more than any of them has: room for a slash at the end, and for what differs.
    const lists = this.listsFor(this.keyOf(path.slice(0, this.longest + 2)));
    const [only] = lists;
    // By far the most frequent case, and then there is nothing to merge.
    return only !== undefined && lists.length === 1 ? only : merged(lists);
  }

  private listsFor(key: string): R[][] {
    const lists: R[][] = [];
    collect(lists, this.literal.get(key));
    // Unless routing is strict, one slash more than registered does not matter.
    if (!this.options.strict && key.endsWith('/')) {
      collect(lists, this.literal.get(key.slice(0, -1)));
    }
    let end = 0;
    for (let depth = 0; depth < this.maxDepth && end < key.length; depth++) {
      const slash = key.indexOf('/', end + 1);
      end = slash === -1 ? key.length : slash;
      collect(lists, this.prefixed.get(key.slice(0, end)));
    }
    if (this.others.length > 0) lists.push(this.others);
    return lists;
  }

  private keyOf(path: string): string {
    return this.options.caseSensitive ? path : lowerCaseAscii(path);
  }
}

/** Lazily: a caller that stops at the first route does not pay for those behind it. */
function* merged<R extends IndexedRoute>(
  lists: readonly (readonly R[])[],
): Generator<R, void, undefined> {
  const queues = lists.map((routes) => ({ routes, next: 0 }));
  for (;;) {
    let first: R | undefined;
    let source: (typeof queues)[number] | undefined;
    for (const queue of queues) {
      const route = queue.routes[queue.next];
      if (route !== undefined && (first === undefined || route.order < first.order)) {
        first = route;
        source = queue;
      }
    }
    if (first === undefined || source === undefined) return;
    source.next++;
    yield first;
  }
}

function append<R>(map: Map<string, R[]>, key: string, route: R): void {
  const routes = map.get(key);
  if (routes === undefined) map.set(key, [route]);
  else routes.push(route);
}

function collect<R>(lists: R[][], routes: R[] | undefined): void {
  if (routes !== undefined) lists.push(routes);
}

/** Not `toLowerCase`, which turns U+212A (Kelvin sign) into `k`: the router does not. */
function lowerCaseAscii(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x41 && code <= 0x5a) {
      return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    }
  }
  return text;
}
