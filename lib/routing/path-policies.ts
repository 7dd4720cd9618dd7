import { policyPath } from '../policy/policy-path.js';
import { GLOBAL_POLICY } from './global-policy.js';

/** Which policy of `paths` holds at a request target: the most specific one, else the global one. */
export class PathPolicies {
  private readonly indexes = new Map<string, number>();

  /**
   * @param keys those of `paths`, as `policyPath` spells them
   * @param first the index of the first one's policy in the registry
   */
  constructor(
    private readonly keys: readonly string[],
    first: number,
  ) {
    keys.forEach((key, position) => this.indexes.set(key, first + position));
  }

  /** @returns the index of a policy in the registry */
  indexOf(target: string): number {
    if (this.indexes.size === 0) return GLOBAL_POLICY;
    const key = this.keyOf(policyPath(target));
    return (key === undefined ? undefined : this.indexes.get(key)) ?? GLOBAL_POLICY;
  }

  /** The keys that also cover a path of a route, its parameters read as any text. */
  covering(routePath: string): string[] {
    const path = policyPath(routePath);
    return this.keys.filter((key) => key === path || isBelow(path, key));
  }

  private keyOf(path: string): string | undefined {
    if (this.indexes.has(path)) return path;
    // Below a path is also the path itself: `/files` and `/files/` are one.
    for (let above = path === '/' ? '' : path; ; above = above.slice(0, above.lastIndexOf('/'))) {
      const key = `${above}/*`;
      if (this.indexes.has(key)) return key;
      if (!above.includes('/')) return undefined;
    }
  }
}

function isBelow(path: string, key: string): boolean {
  return key.endsWith('/*') && `${path}/`.startsWith(key.slice(0, -1));
}
