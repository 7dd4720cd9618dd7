import type {
  CorsPolicyFile,
  PolicyFileRoute,
  PolicyReference,
} from '../policy-file/policy-file.js';
import { normalizePath } from '../policy/paths/normalize-path.js';
import { PathTree } from '../policy/paths/path-tree.js';
import { type AccessChange, compareAccess, shorten } from './compare-access.js';
import { Grants } from './grants.js';
import { NewOriginsFinder } from './new-origins.js';
import { covers } from './overlapping-paths.js';
import { pairRoutes, type RoutePair } from './pair-routes.js';
import { nameOf } from './route-name.js';
import { findRerouted, type Rerouted } from './rerouting.js';

/** One change, with all places at which it is made. */
export interface PolicyChange extends AccessChange {
  /** `GET /orders/:id`, `the path /files/*`, `paths that no controller serves`. */
  readonly places: readonly string[];
  /** Where the options are written that hold now. */
  readonly declaredAt: readonly string[];
  /** The whole sentence. */
  readonly sentence: string;
}

export type DiffVerdict = 'same' | 'narrower' | 'unknown' | 'wider';

/** What two policy files differ in, the most dangerous first. */
export interface PolicyDiff {
  readonly verdict: DiffVerdict;
  readonly changes: readonly PolicyChange[];
}

/** Compares who may read what, before and after a change. */
export async function diffPolicies(
  before: CorsPolicyFile,
  after: CorsPolicyFile,
): Promise<PolicyDiff> {
  const comparison = new Comparison(before, after);
  const pairs = pairRoutes(before, after);
  const { requests, isCut } = await findRerouted(before, after, pairs);
  comparison.addRerouted(requests, isCut);
  for (const pair of pairs) comparison.addRoute(pair);
  comparison.addElsewhere();
  const changes = comparison.changes();
  const kinds = new Set(changes.map(({ kind }) => kind));
  const verdict = (['wider', 'unknown', 'narrower'] as const).find((kind) => kinds.has(kind));
  return { verdict: verdict ?? 'same', changes };
}

const KINDS = ['wider', 'unknown', 'narrower', 'note'] as const;

class Comparison {
  private readonly found = new Map<
    string,
    AccessChange & { places: string[]; policies: Set<string> }
  >();
  /** New routes of which another one served each request. */
  private readonly takenOver = new Set<PolicyFileRoute>();
  private readonly compared = new Map<string, readonly AccessChange[]>();
  private readonly finder = new NewOriginsFinder();
  private readonly grants: readonly [Grants, Grants];
  private readonly paths: readonly [PathLookup, PathLookup];

  constructor(
    private readonly before: CorsPolicyFile,
    private readonly after: CorsPolicyFile,
  ) {
    this.grants = [new Grants(before), new Grants(after)];
    this.paths = [new PathLookup(before), new PathLookup(after)];
  }

  addRoute({ before, after }: RoutePair): void {
    if (after === undefined) {
      if (before === undefined) return;
      this.add({ kind: 'narrower', rank: 8, text: 'removes' }, nameOf(before), before.policy);
      return;
    }
    const place = nameOf(after);
    if (before === undefined) {
      this.add({ kind: 'note', rank: 0, text: 'adds' }, place, after.policy);
      // Its path was answered before: by another route, or by what holds where no controller serves.
      if (this.takenOver.has(after)) return;
      const earlier = this.paths[0].policyOf(after.path);
      const changes = this.compare(earlier, after.policy, after.method);
      for (const change of changes) {
        if (change.kind === 'wider' || change.kind === 'unknown') {
          this.add(change, place, after.policy);
        }
      }
      return;
    }
    if (before.path !== after.path) {
      const text = `renames ${nameOf(before)} to`;
      this.add({ kind: 'note', rank: 1, text }, place, after.policy);
    }
    this.addChanges(before.policy, after.policy, after.method, place);
  }

  /** Requests that another route serves than before. */
  addRerouted(requests: readonly Rerouted[], isCut: boolean): void {
    for (const { method, path, before, after } of requests) {
      if (path === after.path && covers(before, after)) this.takenOver.add(after);
      const place = `${method} ${path} (${servedBy(`${method} ${path}`, before, after)})`;
      for (const change of this.compare(before.policy, after.policy, method)) {
        if (change.kind !== 'note') this.add(change, place, after.policy);
      }
    }
    if (isCut) {
      const text = 'cannot tell which route serves what: too many overlap in';
      this.add({ kind: 'unknown', rank: 8, text }, 'the application', this.after.global);
    }
  }

  /** What holds beside routes: where no controller serves, for keys of `paths`, and by name. */
  addElsewhere(): void {
    const { before, after } = this;
    this.addChanges(before.global, after.global, 'ALL', 'paths that no controller serves');
    for (const key of new Set([...Object.keys(before.paths), ...Object.keys(after.paths)])) {
      const [old, now] = this.paths.map((paths) => paths.policyOfKey(key));
      if (old !== undefined && now !== undefined) {
        this.addChanges(old, now, 'ALL', `the path \`${key}\``);
      }
    }
    for (const [name, policy] of Object.entries(after.named)) {
      const old = Object.hasOwn(before.named, name) ? before.named[name] : undefined;
      // A policy that nobody names grants nothing; whoever names it is compared.
      if (old !== undefined) this.addChanges(old, policy, 'ALL', `the policy \`${name}\``);
    }
    const [wasRefusing, isRefusing] = [before, after].map(
      ({ application }) => application.rejectDisallowed,
    );
    if (wasRefusing !== isRefusing) {
      const [kind, verb, state] = wasRefusing
        ? (['wider', 'newly allows', 'off'] as const)
        : (['narrower', 'no longer allows', 'on'] as const);
      const text = `${verb} requests from origins that a policy refuses to reach handlers (\`rejectDisallowed\` is ${state}) in`;
      this.add({ kind, rank: 3, text }, 'the application', after.global);
    }
    const [old, now] = [routerOf(before), routerOf(after)];
    if (old !== now) {
      const text = `changes the router from ${old} to ${now}, which may read paths differently, in`;
      this.add({ kind: 'note', rank: 2, text }, 'the application', after.global);
    }
  }

  changes(): PolicyChange[] {
    const changes = Array.from(this.found.values(), ({ places, policies, ...change }) => ({
      ...change,
      places,
      declaredAt: [...policies],
      sentence: `${change.text} ${shorten(places, SHOWN_PLACES)}`,
    }));
    return changes.toSorted(
      (one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || one.rank - other.rank,
    );
  }

  private addChanges(
    before: PolicyReference,
    after: PolicyReference,
    method: string,
    place: string,
  ): void {
    for (const change of this.compare(before, after, method)) this.add(change, place, after);
  }

  /** Each pair of policies once. */
  private compare(
    before: PolicyReference,
    after: PolicyReference,
    method: string,
  ): readonly AccessChange[] {
    const key = JSON.stringify([before, after, method]);
    const known =
      this.compared.get(key) ??
      compareAccess(this.grants[0].of(before), this.grants[1].of(after), method, this.finder);
    this.compared.set(key, known);
    return known;
  }

  private add(change: AccessChange, place: string, policy: PolicyReference): void {
    const key = `${change.kind} ${change.text}`;
    const found = this.found.get(key) ?? { ...change, places: [], policies: new Set<string>() };
    this.found.set(key, found);
    found.places.push(place);
    if (policy !== false) found.policies.add(policy);
  }
}

const SHOWN_PLACES = 6;

/** Which of two routes a place is not named after. */
function servedBy(place: string, before: PolicyFileRoute, after: PolicyFileRoute): string {
  if (place === nameOf(after)) return `before served by ${nameOf(before)}`;
  const now = `now served by ${nameOf(after)}`;
  return place === nameOf(before) ? now : `${now}, before by ${nameOf(before)}`;
}

/** `fastify`, `express (caseSensitive)`. */
function routerOf({ platform }: CorsPolicyFile): string {
  if (platform === null) return 'none';
  const settings = Object.entries(platform.router).flatMap(([name, value]) =>
    value === false ? [] : [value === true ? name : `${name}: ${value}`],
  );
  return `${platform.name}${settings.length === 0 ? '' : ` (${settings.join(', ')})`}`;
}

/** The policies of a file where no controller serves. */
class PathLookup {
  private readonly references: readonly PolicyReference[];
  private readonly tree: PathTree | undefined;

  constructor({ paths, global }: CorsPolicyFile) {
    const keys = Object.keys(paths);
    this.references = [global, ...Object.values(paths)];
    this.tree = keys.length === 0 ? undefined : new PathTree(keys, 1, 0);
  }

  /** For the path of a route; its parameters are read as text. */
  policyOf(path: string): PolicyReference {
    if (this.tree === undefined) return this.references[0] ?? false;
    return this.references[this.tree.walk(normalizePath(path))] ?? false;
  }

  policyOfKey(key: string): PolicyReference {
    // A segment that no key has.
    return this.policyOf(key.replace(/\*$/, '\u0001'));
  }
}
