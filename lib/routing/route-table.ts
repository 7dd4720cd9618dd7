import type { MappedMethod, PreflightTarget } from '../policy/announced-methods.js';
import type { PathRoute, PathTable } from './path-table.js';
import type { PolicyGeneration } from './policy-registry.js';
import type { RouteEntry } from './route-entry.js';

/** Which route, hence which policy, serves a request: (method, target, host) → entry. */
export class RouteTable {
  /** Every route, in the order of registration. */
  readonly entries = new Set<RouteEntry>();
  private paths: PathTable<RouteEntry> | undefined;

  /** @param createPaths makes the platform's kind of path table, once its router has its options */
  constructor(private readonly createPaths: () => PathTable<RouteEntry>) {}

  /**
   * Adds a route, in the order of registration.
   *
   * @param as how the platform has it, where that differs: HEAD beside GET, another path
   */
  add(entry: RouteEntry, as?: Partial<Omit<PathRoute<RouteEntry>, 'value'>>): void {
    this.paths ??= this.createPaths();
    this.entries.add(entry);
    const { method, path } = entry;
    const conditional = entry.versioned || entry.servesHost !== undefined;
    this.paths.add({ method, path, conditional, ...as, value: entry });
  }

  /**
   * The routes that may serve a request, before the platform's router has decided: the first one
   * probably, the others where a version decides.
   */
  candidates(method: string, target: string, hostname: () => string): readonly RouteEntry[] {
    return onHost(this.paths?.candidates(method, target) ?? [], hostname);
  }

  /**
   * What a CORS-preflight request for a method and target asks about.
   *
   * @param unserved which policy holds where no controller serves
   */
  preflightTarget(
    method: string,
    target: string,
    hostname: () => string,
    policies: PolicyGeneration,
    unserved: number,
  ): PreflightTarget {
    const policiesOf = (entries: readonly RouteEntry[]) => {
      const indexOf = (entry: RouteEntry) =>
        entry.handler === null ? unserved : entry.policyIndex;
      const [first] = entries;
      return entries.length === 1 && first !== undefined
        ? aloneAt(policies, indexOf(first))
        : entries.map((entry) => policies[indexOf(entry)]?.policy ?? false);
    };
    const match = this.paths?.match(target);
    const entriesOf = (name: string) => onHost(match?.candidates(name) ?? [], hostname);

    const mapped: MappedMethod[] = [];
    let serving: readonly RouteEntry[] | undefined;
    for (const name of match?.methods ?? []) {
      const entries = entriesOf(name);
      if (name === method) serving = entries;
      // Fastify has routes of its own for the HEAD of a GET and for each method of an @All(): only
      // what is written is announced, and OPTIONS needs no announcement.
      if (name === 'OPTIONS' || entries.every((entry) => entry.method !== name)) continue;
      if (name !== 'ALL') mapped.push({ method: name, policies: policiesOf(entries) });
    }

    serving ??= entriesOf(method);
    return {
      policies: serving.length > 0 ? policiesOf(serving) : aloneAt(policies, unserved),
      mapped,
      takesMethod: serving.length > 0 || mapped.length === 0,
    };
  }
}

/**
 * The routes that may serve a request to a host: those bound to other hosts do not, and behind one
 * that is bound to no version nothing is tried.
 */
function onHost(entries: readonly RouteEntry[], hostname: () => string): readonly RouteEntry[] {
  if (entries.length === 1 && entries[0]?.servesHost === undefined) return entries;
  const serving: RouteEntry[] = [];
  for (const entry of entries) {
    if (entry.servesHost?.(hostname()) === false) continue;
    serving.push(entry);
    if (!entry.versioned) break;
  }
  return serving;
}

/** Nearly every method of a path has one candidate: its list is made at boot. */
function aloneAt(policies: PolicyGeneration, index: number): PreflightTarget['policies'] {
  return policies[index]?.alone ?? [false];
}
