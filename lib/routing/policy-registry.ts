import type {
  ApplicationSwitches,
  CompiledConfiguration,
  CompiledPolicy,
} from '../options/compile-configuration.js';
import { type Declared, originFalseAt } from '../options/declared-options.js';
import { finish, mapInSteps, type Steps } from '../options/steps.js';
import {
  prepareAmbiguous,
  prepareResponses,
  type ResponseDecisions,
} from '../policy/decide-response.js';
import { normalizePath } from '../policy/paths/normalize-path.js';
import { findPath } from '../policy/paths/path-readings.js';
import { PathTree } from '../policy/paths/path-tree.js';
import type { CorsPolicy } from '../policy/policy.js';
import type { ControllerHandler } from './controller-routes.js';
import { GLOBAL_POLICY, type RouteEntry } from './route-entry.js';

/**
 * The policies of the application at one moment: the global one, then that of each handler, then that
 * of each path, and last what holds where the path of a request can be read in several ways, whose
 * policies differ. Equal policies are the same object. A request keeps the generation it began with.
 */
export type PolicyGeneration = readonly ResponseDecisions[];

/** The effective policies of one application, and which handler and path has which. */
export class PolicyRegistry {
  /** Which policy applies where no controller serves. */
  readonly paths: PathPolicies;
  /** The index of what holds where the policies for the readings of a path differ. */
  readonly ambiguous: number;
  /** The options that hold for the application and decide about requests. */
  readonly application: ApplicationSwitches;
  /** Whether requests of origins that are not allowed are refused. */
  readonly rejectsDisallowed: boolean;
  private readonly indexes = new Map<object, HandlerIndexes>();
  private generation: PolicyGeneration = [];
  private candidates: PolicyGeneration | undefined;
  private compiled: CompiledConfiguration;

  constructor(handlers: readonly ControllerHandler[], compiled: CompiledConfiguration) {
    handlers.forEach(({ controller, handler, callback }, position) => {
      const own = this.indexes.get(controller) ?? new HandlerIndexes();
      own.add(handler, callback, position + 1);
      this.indexes.set(controller, own);
    });
    this.paths = new PathPolicies(compiled.paths, handlers.length + 1);
    this.ambiguous = compiled.policies.length;
    this.application = compiled.application;
    this.rejectsDisallowed = compiled.application.rejectDisallowed;
    this.compiled = compiled;
    this.replace(compiled, finish(prepareGenerations(compiled)));
  }

  /** The policies that apply to a request which begins now. */
  get current(): PolicyGeneration {
    return this.generation;
  }

  /** The same with the options of `reportOnly`, if there are any. */
  get candidate(): PolicyGeneration | undefined {
    return this.candidates;
  }

  /** The named policies, each laid over the global one. */
  get named(): ReadonlyMap<string, CompiledPolicy> {
    return this.compiled.named;
  }

  /**
   * Which policy applies to a handler of a class; undefined for any other handler.
   *
   * @param handler the method's name, or the method itself: a decorator may have renamed it
   */
  indexOf(controller: object, handler: string | object): number | undefined {
    return this.indexes.get(controller)?.get(handler);
  }

  /** The policy for a request: that of the controller which serves it, otherwise what `paths` says. */
  indexFor(
    entry: RouteEntry | undefined,
    target: string,
    policies: PolicyGeneration = this.generation,
  ): number {
    return entry === undefined || entry.handler === null
      ? this.indexOfPath(target, policies)
      : entry.policyIndex;
  }

  /**
   * The policy where no controller serves. A target that can be read in several ways has one only
   * where all of them have the same: servers disagree on what it says, and a page must not read under
   * the policy of one path what is served from another.
   */
  private indexOfPath(target: string, policies: PolicyGeneration): number {
    const found = this.paths.find(target, policies);
    return typeof found === 'number' ? found : this.ambiguous;
  }

  /** Where the options of a policy come from; `false` where CORS is off. */
  declaredOptionsOf(policyIndex: number): Declared | undefined {
    return this.compiled.policies[policyIndex]?.declared;
  }

  /** Where `origin: false` is written, if that switches CORS off. */
  originFalseAt(policyIndex: number): string | undefined {
    return originFalseAt(this.declaredOptionsOf(policyIndex));
  }

  /** Swaps all policies at once. Requests in flight keep theirs. */
  replace(compiled: CompiledConfiguration, { current, candidate }: Generations): void {
    this.compiled = compiled;
    this.generation = current;
    this.candidates = candidate;
  }
}

/** Which policy each handler of a class has. */
class HandlerIndexes {
  private readonly byName = new Map<string, number>();
  /** Asked for only where a handler is not registered: not worth a map. */
  private readonly callbacks: object[] = [];

  add(name: string, callback: object, index: number): void {
    this.byName.set(name, index);
    this.callbacks.push(callback);
  }

  get(handler: string | object): number | undefined {
    if (typeof handler === 'string') return this.byName.get(handler);
    const position = this.callbacks.indexOf(handler);
    return position === -1 ? undefined : [...this.byName.values()][position];
  }
}

/** What requests read of a configuration. */
interface Generations {
  readonly current: PolicyGeneration;
  /** With the options of `reportOnly`, if there are any. */
  readonly candidate: PolicyGeneration | undefined;
}

export function* prepareGenerations(compiled: CompiledConfiguration): Steps<Generations> {
  const prepared = new Map<CorsPolicy | false, ResponseDecisions>();
  const passedThrough = prepareResponses(false, 'passed-through');
  const prepare = ({ policy, declared }: CompiledPolicy): ResponseDecisions => {
    if (declared === 'pass-through') return passedThrough;
    const known = prepared.get(policy) ?? prepareResponses(policy);
    prepared.set(policy, known);
    return known;
  };
  const generationOf = function* (policies: readonly CompiledPolicy[]): Steps<PolicyGeneration> {
    const generation = yield* mapInSteps(policies, prepare);
    generation.push(prepareAmbiguous());
    return Object.freeze(generation);
  };
  const current = yield* generationOf(compiled.policies);
  return { current, candidate: compiled.candidate && (yield* generationOf(compiled.candidate)) };
}

/** Which policies of `paths` apply to a request target: the most specific, otherwise the global one. */
export class PathPolicies {
  private readonly tree: PathTree | undefined;

  /**
   * @param keys those of `paths`, as `normalizePath` spells them
   * @param first the index of the first one's policy in the registry
   */
  constructor(
    private readonly keys: readonly string[],
    private readonly first: number,
  ) {
    this.tree = keys.length === 0 ? undefined : new PathTree(keys, first, GLOBAL_POLICY);
  }

  /** Each key with the index of its policy in the registry. */
  get indexes(): ReadonlyMap<string, number> {
    return new Map(this.keys.map((key, position) => [key, this.first + position]));
  }

  /**
   * The index of a policy in the registry, or those for the readings of the target; see `findPath`.
   *
   * @param policies which of them are equal
   */
  find(target: string, policies?: PolicyGeneration): ReturnType<typeof findPath> {
    return this.tree === undefined ? GLOBAL_POLICY : findPath(target, this.tree, policies);
  }

  /** Which policies the readings of a target have, in words; none where there are too many. */
  describe(target: string): string[] {
    const found = this.find(target) ?? [];
    return Array.from(typeof found === 'number' ? [found] : found, (index) =>
      index === GLOBAL_POLICY
        ? 'the global policy'
        : `\`paths['${this.keys[index - this.first]}']\``,
    );
  }

  /** The keys that also cover a path of a route, its parameters read as any text. */
  covering(routePath: string): string[] {
    if (this.tree === undefined) return [];
    const path = normalizePath(routePath);
    return this.keys.filter((key) => key === path || isBelow(path, key));
  }
}

function isBelow(path: string, key: string): boolean {
  return key.endsWith('/*') && `${path}/`.startsWith(key.slice(0, -1));
}
