import type { OriginRule } from './origin-rule.js';

/** What a request reads: compiled once from valid options, frozen, never changed. */
export interface CorsPolicy {
  readonly origin: OriginRule;
  readonly credentials: boolean;
  /**
   * The methods that may be used, in the order they are announced; `'mapped'`: those the
   * application really serves at the path; `'requested'`: whichever is asked for.
   */
  readonly methods: readonly string[] | 'mapped' | 'requested';
  /** Header names in lower case; `'requested'`: whichever are asked for, within bounds. */
  readonly allowedHeaders: readonly string[] | 'requested';
  /** Header names in lower case; `['*']` for all (never together with credentials). */
  readonly exposedHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number;
  /** Whether allowed origins may read resource timing as well. */
  readonly timingAllowOrigin: boolean;
}
