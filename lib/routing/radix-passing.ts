import type FindMyWay from 'find-my-way';

/**
 * The name of the constraint that stands for every condition which a request target does not show
 * (version, host): it makes find-my-way go on past a route, as it does where a condition fails.
 */
export const PASSING = 'passing';

/** What find-my-way knows a route of a node by. Its types call that a handler; it is a bit. */
type Stored = FindMyWay.Handler<FindMyWay.HTTPVersion.V1>;

/** The conditional routes at one node of find-my-way's tree. */
class RoutesAtNode {
  private readonly stored = new Map<unknown, Stored>();

  set(route: unknown, stored: Stored): void {
    this.stored.set(route, stored);
  }

  /** Asked with a route's value while routes are added, with those to pass by in a look-up. */
  get(key: unknown): Stored | null {
    if (!Array.isArray(key)) return null;
    let last: Stored | null = null;
    // Of two constraints that both hold, Fastify takes the later.
    for (const [route, stored] of this.stored) if (!key.includes(route)) last = stored;
    return last;
  }
}

/**
 * The constraint. A conditional route's conditions are its value, so that the same routes are
 * duplicates as in Fastify's router; a look-up is given the list of those values to pass by.
 */
export function passingConstraint(): FindMyWay.ConstraintStrategy<FindMyWay.HTTPVersion.V1> {
  return {
    name: PASSING,
    storage: () => new RoutesAtNode(),
    // Required, and never asked: the table looks routes up without a request.
    deriveConstraint: () => '',
  };
}
