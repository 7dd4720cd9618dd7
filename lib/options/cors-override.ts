import type { CorsPolicyName } from './cors-policy-names.js';
import type { CorsPolicyOptions } from './cors-policy-options.js';

/**
 * What `@Cors(…)` on a controller or a route changes. Each option written replaces that of the
 * outer level, a list as a whole; options not written stay.
 */
export interface CorsOverride extends Partial<CorsPolicyOptions> {
  /**
   * The name of a policy of `forRoot({ policies })`. It stands for that policy's options; options
   * written beside it come after them.
   *
   * @default no named policy
   * @throws CorsConfigError at boot for a name that `policies` does not have.
   * @example permitted
   * @Cors({ policy: 'public', maxAge: 60 })
   * @example prohibited: a name nobody defined
   * @Cors({ policy: 'pubic' })
   */
  readonly policy?: CorsPolicyName;
}
