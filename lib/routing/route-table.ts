import type { MappedMethod, PreflightTarget } from '../policy/announced-methods.js';
import type { HostHolder, PathRoute, PathTable } from './path-table.js';
import type { PolicyGeneration } from './policy-registry.js';
import { isConditional, type RouteEntry, versionsTaken } from './route-entry.js';

/** A request as far as routing is concerned. */
export interface RoutedRequest extends HostHolder {
  /** In a preflight, the method that it asks about. */
  readonly method: string;
  readonly target: string;
  /** Read only where a controller is bound to hosts. */
  hostname(): string;
}

/** What a preflight asks about, and which routes were found for it. */
export interface LocatedPreflight extends PreflightTarget {
  /** The routes that may serve the actual request, the most likely one first. */
  readonly serving: readonly RouteEntry[];
  /** The policy of the first of them. */
  readonly policyIndex: number;
  /** The policy that applies where no controller serves. */
  readonly unserved: number;
}

/** A route that was added, as it was. */
interface WaitingRoute {
  readonly entry: RouteEntry;
  /** How the platform has it, where that differs. */
  readonly as: Partial<Omit<PathRoute<RouteEntry>, 'value'>> | undefined;
}

function pathRouteOf({ entry, as }: WaitingRoute): PathRoute<RouteEntry> {
  const { method, path, versioned, host } = entry;
  return { method, path, conditional: versioned || host !== undefined, ...as, value: entry };
}

/** How long a slice of filling may take: with a route that takes long, the event loop is held for less than 5 ms. */
const SLICE_MS = 1;

/**
 * Which route, and so which policy, serves a request: (method, target, host) → entry.
 *
 * The path table is filled when it is first needed: a little at a time once the server listens, or at
 * once by a request that comes earlier. An application that serves nothing never fills it.
 */
export class RouteTable {
  /** Every route, in the order of registration. */
  readonly entries = new Set<RouteEntry>();
  /** Changes whenever a route is added. */
  revision = 0;
  /** Whether which route serves a request may depend on its host. */
  readsHost = false;
  /** Registered, but not in the path table yet: those from `filled` on. */
  private waiting: WaitingRoute[] = [];
  private filled = 0;
  private paths: PathTable<RouteEntry> | undefined;
  private isLoaded = true;
  private loading: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param loadPaths loads the platform's path table, once its router has its options */
  constructor(private readonly loadPaths: () => Promise<PathTable<RouteEntry>>) {}

  /**
   * Adds a route, in the order of registration.
   *
   * @param as how the platform has it, where that differs: HEAD beside GET, another path
   */
  add(entry: RouteEntry, as?: WaitingRoute['as']): void {
    this.entries.add(entry);
    this.revision += 1;
    const { host } = entry;
    if (host !== undefined || (as?.constraints ?? entry.constraints)?.host !== undefined) {
      this.readsHost = true;
    }
    this.waiting.push({ entry, as });
    if (this.paths === undefined || host !== undefined) this.isLoaded = false;
  }

  /**
   * A promise until everything that look-ups need is loaded: the platform's path table, and what reads
   * the hosts of controllers. A request that arrives earlier waits for it.
   */
  ready(): Promise<void> | undefined {
    if (this.isLoaded) return undefined;
    this.loading ??= this.load();
    return this.loading;
  }

  private async load(): Promise<void> {
    this.paths ??= await this.loadPaths();
    // Also those that are added meanwhile.
    for (const { entry } of this.waiting) if (entry.host !== undefined) await entry.host.load();
    this.isLoaded = true;
    this.loading = undefined;
  }

  /**
   * Fills the path table a few milliseconds at a time, in between whatever else is to be done, until
   * it is full or `stopFilling()` is called. What fails is left to the look-ups, which fail likewise.
   *
   * @param onFailure called once, with what adding a route has thrown
   */
  startFilling(onFailure: (error: unknown) => void): void {
    // A timer: an unreferenced immediate waits until something else wakes the event loop.
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      try {
        if (this.fillUntil(performance.now() + SLICE_MS)) return;
      } catch (error) {
        return onFailure(error);
      }
      this.startFilling(onFailure);
    }, 1).unref();
  }

  stopFilling(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** The path table with every route in it. Undefined until it is loaded. */
  private fullPaths(): PathTable<RouteEntry> | undefined {
    if (this.filled < this.waiting.length) this.fillUntil(Infinity);
    return this.paths;
  }

  /** @returns whether every route is in the table */
  private fillUntil(deadline: number): boolean {
    const { paths, waiting } = this;
    if (paths === undefined) return waiting.length === 0;
    for (;;) {
      if (performance.now() > deadline) return false;
      const route = waiting[this.filled];
      if (route === undefined && paths.prepare?.() !== true) break;
      if (route === undefined) continue;
      paths.add(pathRouteOf(route));
      // Counted afterwards: one that throws is tried again, and no later one gets ahead of it.
      this.filled += 1;
    }
    this.waiting = [];
    this.filled = 0;
    return true;
  }

  /**
   * The routes that may serve a request, before the platform's router has decided: the first one
   * probably, the others where a version or a constraint decides.
   */
  candidates(request: RoutedRequest): readonly RouteEntry[] {
    return onHost(
      this.fullPaths()?.candidates(request.method, request.target, request) ?? [],
      request,
    );
  }

  /**
   * What a preflight asks about.
   *
   * @param unserved which policy applies where no controller serves
   * @param ambiguous what it is where the path can be read in several ways
   */
  preflightTarget(
    request: RoutedRequest,
    policies: PolicyGeneration,
    unserved: number,
    ambiguous: number,
  ): LocatedPreflight {
    const { method, target } = request;
    const indexOf = (entry: RouteEntry) => (entry.handler === null ? unserved : entry.policyIndex);
    const policiesOf = (entries: readonly RouteEntry[]) => {
      const [first] = entries;
      return entries.length === 1 && first !== undefined
        ? aloneAt(policies, indexOf(first))
        : entries.map((entry) => policies[indexOf(entry)]?.policy ?? false);
    };
    const match = this.fullPaths()?.match(target, request);
    const entriesOf = (name: string) => onHost(match?.candidates(name) ?? [], request);

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
    const [first] = serving;
    const policyIndex = first === undefined ? unserved : indexOf(first);
    return {
      policies: first === undefined ? aloneAt(policies, unserved) : policiesOf(serving),
      isAmbiguous: policyIndex === ambiguous,
      mapped,
      unnamed: (name) => {
        const entries = entriesOf(name);
        if (entries.length > 0) return { method: name, policies: policiesOf(entries) };
        const isUnmapped = mapped.length > 0;
        return { method: name, policies: aloneAt(policies, unserved), isUnmapped };
      },
      takesMethod: first !== undefined || mapped.length === 0,
      serving,
      policyIndex,
      unserved,
    };
  }
}

/**
 * The routes that may serve a request to a host: those bound to other hosts do not, nor those whose every
 * version an earlier one takes; and behind one that is bound to no version and no hidden constraint
 * nothing is tried.
 */
function onHost(entries: readonly RouteEntry[], request: RoutedRequest): readonly RouteEntry[] {
  if (entries.length === 1 && entries[0]?.host === undefined) return entries;
  const serving: RouteEntry[] = [];
  const taken: string[] = [];
  for (const entry of entries) {
    if (entry.host?.serves(request.hostname()) === false) continue;
    if (entry.versions?.every((version) => taken.includes(version)) === true) continue;
    serving.push(entry);
    if (!isConditional(entry)) break;
    taken.push(...versionsTaken(entry));
  }
  return serving;
}

/** Nearly every method of a path has one candidate: its list is made at boot. */
function aloneAt(policies: PolicyGeneration, index: number): PreflightTarget['policies'] {
  return policies[index]?.alone ?? [false];
}
