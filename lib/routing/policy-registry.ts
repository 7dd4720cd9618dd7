import type { CompiledConfiguration } from '../options/compile-configuration.js';
import type { SourcedOptions } from '../options/sourced-options.js';
import type { CorsPolicy } from '../policy/cors-policy.js';
import { prepareResponses, type ResponseDecisions } from '../policy/response-decisions.js';
import type { ControllerHandler } from './controller-handlers.js';

/**
 * The policies of the application at one moment: the global one, then that of each handler. Handlers
 * with the same policy have the same object. A request keeps the generation it began with.
 */
export type PolicyGeneration = readonly ResponseDecisions[];

/** The index of the global policy, which holds wherever no handler says otherwise. */
export const GLOBAL_POLICY = 0;

/** The effective policies of one application, and which handler has which. */
export class PolicyRegistry {
  private readonly indexes = new Map<object, Map<string | object, number>>();
  private generation: PolicyGeneration = [];
  private sources: readonly (SourcedOptions | false)[] = [];

  constructor(handlers: readonly ControllerHandler[], compiled: CompiledConfiguration) {
    handlers.forEach(({ controller, handler, callback }, position) => {
      const own = this.indexes.get(controller) ?? new Map<string | object, number>();
      own.set(handler, position + 1).set(callback, position + 1);
      this.indexes.set(controller, own);
    });
    this.replace(compiled);
  }

  /** The policies that hold for a request which begins now. */
  get current(): PolicyGeneration {
    return this.generation;
  }

  /**
   * Which policy holds for a handler of a class; undefined for one that is none of theirs.
   *
   * @param handler the method's name, or the method itself: a decorator may have renamed it
   */
  indexOf(controller: object, handler: string | object): number | undefined {
    return this.indexes.get(controller)?.get(handler);
  }

  /** Where the options of a policy come from; `false` where CORS is off. */
  sourcesOf(policyIndex: number): SourcedOptions | false | undefined {
    return this.sources[policyIndex];
  }

  /** Swaps all policies at once. Requests in flight keep theirs. */
  replace({ global, policies, sources }: CompiledConfiguration): void {
    const prepared = new Map<CorsPolicy | false, ResponseDecisions>();
    const prepare = (policy: CorsPolicy | false): ResponseDecisions => {
      const known = prepared.get(policy) ?? prepareResponses(policy);
      prepared.set(policy, known);
      return known;
    };
    this.generation = Object.freeze([global, ...policies].map(prepare));
    this.sources = [sources.global, ...sources.policies];
  }
}
