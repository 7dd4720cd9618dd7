import type { CorsPolicy } from '../policy/cors-policy.js';
import { prepareResponses, type ResponseDecisions } from '../policy/response-decisions.js';

/** The policies of the application at one moment, by index. A request keeps the one it began with. */
export type PolicyGeneration = readonly ResponseDecisions[];

/** The index of the global policy, which holds wherever no handler says otherwise. */
export const GLOBAL_POLICY = 0;

/** The effective policies of one application, and which handler has which. */
export class PolicyRegistry {
  private generation: PolicyGeneration;
  private readonly indexes = new Map<object, Map<string, number>>();

  /** @param handlers each handler's class, name and effective policy; equal policies are one object */
  constructor(
    global: CorsPolicy | false,
    handlers: readonly {
      readonly controller: object;
      readonly handler: string;
      readonly policy: CorsPolicy | false;
    }[],
  ) {
    const policies = new Map<CorsPolicy | false, number>([[global, GLOBAL_POLICY]]);
    for (const { controller, handler, policy } of handlers) {
      const index = policies.get(policy) ?? policies.size;
      policies.set(policy, index);
      const names = this.indexes.get(controller) ?? new Map<string, number>();
      this.indexes.set(controller, names.set(handler, index));
    }
    this.generation = Object.freeze([...policies.keys()].map(prepareResponses));
  }

  /** The policies that hold for a request which begins now. */
  get current(): PolicyGeneration {
    return this.generation;
  }

  /** Which policy holds for a handler of a class. */
  indexOf(controller: object, handler: string): number {
    return this.indexes.get(controller)?.get(handler) ?? GLOBAL_POLICY;
  }
}
