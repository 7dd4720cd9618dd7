import type { MappedMethod, PreflightTarget } from '../policy/announced-methods.js';
import type { HostHolder, PathRoute, PathTable } from './path-table.js';
import type { PolicyGeneration } from './policy-registry.js';
import { isConditional, type RouteEntry } from './route-entry.js';

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

/** Which route, and so which policy, serves a request: (method, target, host) → entry. */
export class RouteTable {
  /** Every route, in the order of registration. */
  readonly entries = new Set<RouteEntry>();
  /** Changes whenever a route is added. */
  revision = 0;
  /** Whether which route serves a request may depend on its host. */
  readsHost = false;
  /** Registered, but not in the path table yet. */
  private readonly waiting: PathRoute<RouteEntry>[] = [];
  private paths: PathTable<RouteEntry> | undefined;
  private loading: Promise<void> | undefined;

  /** @param loadPaths loads the platform's path table, once its router has its options */
  constructor(private readonly loadPaths: () => Promise<PathTable<RouteEntry>>) {}

  /**
   * Adds a route, in the order of registration.
   *
   * @param as how the platform has it, where that differs: HEAD beside GET, another path
   */
  add(entry: RouteEntry, as?: Partial<Omit<PathRoute<RouteEntry>, 'value'>>): void {
    this.entries.add(entry);
    this.revision += 1;
    const { method, path, versioned, host } = entry;
    if (host !== undefined || (as?.constraints ?? entry.constraints)?.host !== undefined) {
      this.readsHost = true;
    }
    const conditional = versioned || host !== undefined;
    const route = { method, path, conditional, ...as, value: entry };
    const isReady = this.paths !== undefined && this.waiting.length === 0 && host === undefined;
    if (isReady) this.paths?.add(route);
    else this.waiting.push(route);
  }

  /**
   * A promise while look-ups would miss routes: the path table is loaded once routes are registered.
   * A request that arrives earlier waits for it.
   */
  ready(): Promise<void> | undefined {
    if (this.waiting.length === 0) return undefined;
    this.loading ??= this.load();
    return this.loading;
  }

  private async load(): Promise<void> {
    this.paths ??= await this.loadPaths();
    // Whatever is added meanwhile comes last.
    for (const route of this.waiting) {
      await route.value.host?.load();
      this.paths.add(route);
    }
    this.waiting.length = 0;
    this.loading = undefined;
  }

  /**
   * The routes that may serve a request, before the platform's router has decided: the first one
   * probably, the others where a version or a constraint decides.
   */
  candidates(request: RoutedRequest): readonly RouteEntry[] {
    return onHost(this.paths?.candidates(request.method, request.target, request) ?? [], request);
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
    const match = this.paths?.match(target, request);
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
      unnamed: (name) => policiesOf(entriesOf(name)),
      takesMethod: first !== undefined || mapped.length === 0,
      serving,
      policyIndex,
      unserved,
    };
  }
}

/**
 * The routes that may serve a request to a host: those bound to other hosts do not, and behind one
 * that is bound to no version and no hidden constraint nothing is tried.
 */
function onHost(entries: readonly RouteEntry[], request: RoutedRequest): readonly RouteEntry[] {
  if (entries.length === 1 && entries[0]?.host === undefined) return entries;
  const serving: RouteEntry[] = [];
  for (const entry of entries) {
    if (entry.host?.serves(request.hostname()) === false) continue;
    serving.push(entry);
    if (!isConditional(entry)) break;
  }
  return serving;
}

/** Nearly every method of a path has one candidate: its list is made at boot. */
function aloneAt(policies: PolicyGeneration, index: number): PreflightTarget['policies'] {
  return policies[index]?.alone ?? [false];
}
