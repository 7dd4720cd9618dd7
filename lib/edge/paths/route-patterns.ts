import type { PathPattern } from './path-pattern.js';

/** A path of a route as patterns. */
export interface RoutePatterns {
  /** The paths that the router gives to the route, at least. */
  readonly patterns: readonly PathPattern[];
  /** Whether it gets no others. */
  readonly isExact: boolean;
  /** Paths of which the router does something else than with those beside them: none is given to it. */
  readonly beside: readonly PathPattern[];
}

export const REST: PathPattern = [{ kind: 'rest', filled: false }];
/** Whatever it takes cannot be said. */
export const EVERYTHING: RoutePatterns = { patterns: [REST], isExact: false, beside: [] };

/** Names of parameters make no difference. */
export function nameless(written: string): string {
  return written.replace(/:\w+/g, ':any');
}
