import type { MappedMethod, PreflightTarget } from '../policy/preflight-target.js';
import type { PathTable } from './path-table.js';
import { GLOBAL_POLICY, type PolicyGeneration } from './policy-registry.js';
import type { RouteEntry } from './route-entry.js';

/** Which route, hence which policy, serves a request: (method, target, host) → entry. */
export class RouteTable {
  private paths: PathTable<RouteEntry> | undefined;

  /** @param createPaths makes the platform's kind of path table, once its router has its options */
  constructor(private readonly createPaths: () => PathTable<RouteEntry>) {}

  /**
   * Adds a route, in the order of registration.
   *
   * @param method where the platform registers it for another one too: HEAD beside GET
   * @param path where the platform has it under another one
   */
  add(entry: RouteEntry, method = entry.method, path = entry.path): void {
    this.paths ??= this.createPaths();
    this.paths.add({ method, path, conditional: entry.conditional, value: entry });
  }

  /** The route that will probably serve a request, before the platform's router has decided. */
  serving(method: string, target: string, hostname: () => string): RouteEntry | undefined {
    return onHost(this.paths?.candidates(method, target) ?? [], hostname)[0];
  }

  /** What a CORS-preflight request for a method and target asks about. */
  preflightTarget(
    method: string,
    target: string,
    hostname: () => string,
    policies: PolicyGeneration,
  ): PreflightTarget {
    const policiesOf = (entries: readonly RouteEntry[]) =>
      entries.map((entry) => policyAt(policies, entry.policyIndex));
    const match = this.paths?.match(target);
    const entriesOf = (name: string) => onHost(match?.candidates(name) ?? [], hostname);

    const mapped: MappedMethod[] = [];
    for (const name of match?.methods ?? []) {
      if (name === 'ALL' || name === 'OPTIONS') continue;
      const entries = entriesOf(name);
      if (entries.length === 0) continue;
      // HEAD comes with GET, on Fastify as a route of its own: announce it only where it is written.
      if (name === 'HEAD' && entries.every((entry) => entry.method !== 'HEAD')) continue;
      mapped.push({ method: name, policies: policiesOf(entries) });
    }

    const serving = entriesOf(method);
    return {
      policies: serving.length > 0 ? policiesOf(serving) : [policyAt(policies, GLOBAL_POLICY)],
      mapped,
      takesMethod: serving.length > 0 || mapped.length === 0,
    };
  }
}

/** The routes that are not bound to other hosts. */
function onHost(entries: readonly RouteEntry[], hostname: () => string): readonly RouteEntry[] {
  return entries.every((entry) => entry.servesHost === undefined)
    ? entries
    : entries.filter((entry) => entry.servesHost?.(hostname()) ?? true);
}

function policyAt(policies: PolicyGeneration, index: number) {
  return policies[index]?.policy ?? false;
}
