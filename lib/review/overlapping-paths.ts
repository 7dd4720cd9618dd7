import type { PolicyFileRoute } from '../policy-file/policy-file.js';

/** Requests that two routes match, as a path that may have parameters: `/orders/export`. */
export interface Overlap {
  /** `ALL`: both take any. */
  readonly method: string;
  readonly path: string;
}

/** Routes by the segments of their paths, to find those that match requests in common. */
export class OverlappingPaths {
  private readonly root = new Node();

  constructor(routes: Iterable<PolicyFileRoute>) {
    for (const route of routes) {
      for (const segments of spellingsOf(route.path)) this.root.add(segments, route);
    }
  }

  /** What another route matches, too: where segments differ in kind, the one that is a text. */
  *of(route: PolicyFileRoute): Iterable<Overlap> {
    for (const segments of spellingsOf(route.path)) {
      for (const { prefix, rest, routes } of this.root.meet(segments, [])) {
        for (const other of routes) {
          const method = other === route ? undefined : methodOfBoth(route.method, other.method);
          if (method !== undefined) yield { method, path: `/${[...prefix, ...rest].join('/')}` };
        }
      }
    }
  }
}

/** Whether a route matches each request that another one matches. */
export function covers(route: PolicyFileRoute, other: PolicyFileRoute): boolean {
  const isMethod = route.method === other.method || route.method === 'ALL';
  const conditions = ({ host, version, constraints }: PolicyFileRoute) =>
    JSON.stringify([host, version, constraints]);
  if (!isMethod || conditions(route) !== conditions(other)) return false;
  const spellings = spellingsOf(route.path);
  return spellingsOf(other.path).every((segments) =>
    spellings.some((one) => coversSegments(one, segments)),
  );
}

function coversSegments(segments: readonly string[], others: readonly string[]): boolean {
  const end = segments.findIndex(isWildcard);
  if (end === -1 ? segments.length !== others.length : others.length <= end) return false;
  return segments.slice(0, end === -1 ? undefined : end).every((segment, index) => {
    const other = others[index] ?? '*';
    return segment === other || (/^:\w+\??$/.test(segment) && !isWildcard(other));
  });
}

/** Undefined: none. */
function methodOfBoth(one: string, other: string): string | undefined {
  if (one === other || other === 'ALL') return one;
  if (one === 'ALL') return other;
  // A route for GET serves HEAD.
  const isRead = (method: string) => method === 'GET' || method === 'HEAD';
  return isRead(one) && isRead(other) ? 'HEAD' : undefined;
}

interface Meeting {
  readonly prefix: readonly string[];
  readonly rest: readonly string[];
  readonly routes: readonly PolicyFileRoute[];
}

class Node {
  /** By the text of the segment, or by what is written for a parameter. */
  private readonly children = new Map<string, { readonly segment: string; readonly node: Node }>();
  private readonly ending: PolicyFileRoute[] = [];

  add(segments: readonly string[], route: PolicyFileRoute): void {
    const [segment, ...others] = segments;
    if (segment === undefined) {
      this.ending.push(route);
      return;
    }
    // Express reads paths without case unless it is told; that two routes meet is verified later.
    const key = segment.toLowerCase();
    const child = this.children.get(key) ?? { segment, node: new Node() };
    this.children.set(key, child);
    child.node.add(others, route);
  }

  *meet(segments: readonly string[], prefix: readonly string[]): Iterable<Meeting> {
    const [segment, ...others] = segments;
    if (segment === undefined) {
      if (this.ending.length > 0) yield { prefix, rest: [], routes: this.ending };
      return;
    }
    if (isWildcard(segment)) {
      yield* this.all(prefix);
      return;
    }
    if (isText(segment)) {
      const same = this.children.get(segment.toLowerCase());
      if (same !== undefined) yield* same.node.meet(others, [...prefix, segment]);
    }
    for (const { segment: other, node } of this.children.values()) {
      if (isWildcard(other)) yield { prefix, rest: segments, routes: node.ending };
      else if (!isText(segment) || !isText(other)) {
        yield* node.meet(others, [...prefix, isText(other) ? other : segment]);
      }
    }
  }

  private *all(prefix: readonly string[]): Iterable<Meeting> {
    if (this.ending.length > 0) yield { prefix, rest: [], routes: this.ending };
    for (const { segment, node } of this.children.values()) yield* node.all([...prefix, segment]);
  }
}

/** The segments of a path, with what may be missing and without it. */
function spellingsOf(path: string): readonly (readonly string[])[] {
  const spellings = [
    path.replaceAll(/[{}]/g, ''),
    path.replaceAll(/\{[^{}]*\}/g, ''),
    path.replace(/\/:[^/]*\?$/, ''),
  ];
  return Array.from(new Set(spellings), (spelling) => spelling.split('/').filter(Boolean));
}

function isWildcard(segment: string): boolean {
  return segment.startsWith('*');
}

function isText(segment: string): boolean {
  return !/[:*]/.test(segment);
}
