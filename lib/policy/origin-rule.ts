import type { CorsRequest } from './cors-request.js';

/**
 * Which origins a policy allows, in the form that requests read.
 *
 * - `any`: every origin, said with a literal `*`.
 * - `listed`: known before the request comes; `matches` is synchronous and pure.
 * - `asked`: the user's function or resolver answers, perhaps later. `ask` never throws, never
 *   rejects and always settles: whoever builds the rule sees to it, so that a decision cannot fail.
 */
export type OriginRule =
  | { readonly kind: 'any' }
  | {
      readonly kind: 'listed';
      /** The exact origins among them: what is found here is valid, and needs no other look. */
      readonly exact: ReadonlySet<string>;
      readonly matches: (origin: string) => boolean;
    }
  | {
      readonly kind: 'asked';
      readonly ask: (origin: string, request: CorsRequest) => boolean | Promise<boolean>;
    };
