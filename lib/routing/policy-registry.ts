import type { CompiledConfiguration, CompiledPolicy } from '../options/compile-configuration.js';
import { type DeclaredOptions, originFalseAt } from '../options/declared-options.js';
import { prepareResponses, type ResponseDecisions } from '../policy/decide-response.js';
import { normalizePath } from '../policy/normalize-path.js';
import type { CorsPolicy } from '../policy/policy.js';
import type { ControllerHandler } from './controller-routes.js';
import { GLOBAL_POLICY, type RouteEntry } from './route-entry.js';

/**
 * The policies of the application at one moment: the global one, then that of each handler, then that
 * of each path. Equal policies are the same object. A request keeps the generation it
 * began with.
 */
export type PolicyGeneration = readonly ResponseDecisions[];

/** The effective policies of one application, and which handler and path has which. */
export class PolicyRegistry {
  /** Which policy applies where no controller serves. */
  readonly paths: PathPolicies;
  /** Whether requests of origins that are not allowed are refused. */
  readonly rejectsDisallowed: boolean;
  private readonly indexes = new Map<object, Map<string | object, number>>();
  private generation: PolicyGeneration = [];
  private candidates: PolicyGeneration | undefined;
  private compiled: CompiledConfiguration;

  constructor(handlers: readonly ControllerHandler[], compiled: CompiledConfiguration) {
    handlers.forEach(({ controller, handler, callback }, position) => {
      const own = this.indexes.get(controller) ?? new Map<string | object, number>();
      own.set(handler, position + 1).set(callback, position + 1);
      this.indexes.set(controller, own);
    });
    this.paths = new PathPolicies(compiled.paths, handlers.length + 1);
    this.rejectsDisallowed = compiled.rejectDisallowed;
    this.compiled = compiled;
    this.replace(compiled);
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
  indexFor(entry: RouteEntry | undefined, target: string): number {
    return entry === undefined || entry.handler === null
      ? this.paths.indexOf(target)
      : entry.policyIndex;
  }

  /** Where the options of a policy come from; `false` where CORS is off. */
  declaredOptionsOf(policyIndex: number): DeclaredOptions | false | undefined {
    return this.compiled.policies[policyIndex]?.declared;
  }

  /** Where `origin: false` is written, if that switches CORS off. */
  originFalseAt(policyIndex: number): string | undefined {
    return originFalseAt(this.declaredOptionsOf(policyIndex));
  }

  /** Swaps all policies at once. Requests in flight keep theirs. */
  replace(compiled: CompiledConfiguration): void {
    const prepared = new Map<CorsPolicy | false, ResponseDecisions>();
    const prepare = ({ policy }: CompiledPolicy): ResponseDecisions => {
      const known = prepared.get(policy) ?? prepareResponses(policy);
      prepared.set(policy, known);
      return known;
    };
    this.compiled = compiled;
    this.generation = Object.freeze(compiled.policies.map(prepare));
    this.candidates = compiled.candidate && Object.freeze(compiled.candidate.map(prepare));
  }
}

/** Which policy of `paths` applies to a request target: the most specific, otherwise the global one. */
export class PathPolicies {
  private readonly indexes = new Map<string, number>();

  /**
   * @param keys those of `paths`, as `normalizePath` spells them
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
    const key = this.keyOf(normalizePath(target));
    return (key === undefined ? undefined : this.indexes.get(key)) ?? GLOBAL_POLICY;
  }

  /** The keys that also cover a path of a route, its parameters read as any text. */
  covering(routePath: string): string[] {
    const path = normalizePath(routePath);
    return this.keys.filter((key) => key === path || isBelow(path, key));
  }

  private keyOf(path: string): string | undefined {
    if (this.indexes.has(path)) return path;
    // What is below a path includes the path itself: `/files` and `/files/` are one.
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
