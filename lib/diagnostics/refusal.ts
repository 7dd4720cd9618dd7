import type { CorsOutcome } from '../policy/policy.js';

/** A request that a browser does not let its page see the answer of, in the server's words. */
export interface Refusal {
  readonly outcome: Exclude<CorsOutcome, 'allowed' | 'not-a-cors-request'>;
  readonly origin: string;
  readonly method: string;
  /** `/orders/:id (OrdersController.update)`, or the path where no route serves it. */
  readonly route: string;
  /** Whether a controller serves the request; if none does, `paths` or the global policy decides. */
  readonly isServed: boolean;
  /** What said no, where an origin function or a resolver class decides. */
  readonly asked: string | undefined;
  /** Where the option that refuses is written: `forRoot()`, `@Cors() on OrdersController`. */
  readonly from: (option: 'origin' | 'methods' | 'allowedHeaders') => string;
  /** `Access-Control-Request-Headers`, for a CORS-preflight request. */
  readonly requestedHeaders?: string;
  /** What the answer announced. */
  readonly announced?: { readonly methods: string; readonly headers: string };
}
