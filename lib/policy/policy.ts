/** What a request reads: compiled once from valid options, frozen, never changed. */
export interface CorsPolicy {
  readonly origin: OriginRule;
  readonly credentials: boolean;
  /**
   * The methods that may be used, in the order they are announced; `'mapped'`: those the
   * application serves at the path; `'requested'`: whichever is requested.
   */
  readonly methods: readonly string[] | 'mapped' | 'requested';
  /** Header names in lower case; `'requested'`: whichever are requested, within bounds. */
  readonly allowedHeaders: readonly string[] | 'requested';
  /** Header names in lower case; `['*']` for all (never together with credentials). */
  readonly exposedHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number;
  /** Whether allowed origins may read resource timing as well. */
  readonly timingAllowOrigin: boolean;
}

/**
 * Which origins a policy allows, in the form that requests read.
 *
 * - `any`: every origin, said with a literal `*`.
 * - `listed`: known before the request comes; `matches` is synchronous and pure.
 * - `dynamic`: the user's function or resolver answers, perhaps later. `allows` never throws, never
 *   rejects and always settles: whoever builds the rule sees to it, so that a decision cannot fail.
 *   `ignoresMethod` neither throws nor asks about an origin.
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
      readonly kind: 'dynamic';
      readonly allows: (origin: string, request: CorsRequest) => boolean | Promise<boolean>;
      /** Whether the answer is known to be the same if the request has another method; absent: never. */
      readonly ignoresMethod?: (request: CorsRequest, method: string) => boolean;
    };

/**
 * What an origin function or resolver may know of a request: only what a CORS-preflight request
 * and the request it announces have in common, the same on Express and Fastify. Headers and
 * cookies are not in it, because a preflight does not carry them.
 */
export interface CorsRequest {
  /** The serialised origin of the page, as sent in `Origin`. */
  readonly origin: string;
  /** The request's method; in a preflight, the one in `Access-Control-Request-Method`. */
  readonly method: string;
  /** The request target: path and query, as sent. */
  readonly url: string;
  /** Host name without port, as the platform reads it (trust-proxy setting honoured). */
  readonly hostname: string;
  /** `http` or `https`, as the platform reads it (trust-proxy setting honoured). */
  readonly protocol: string;
}

/**
 * What became of a request, by name. Logs, events and explanations speak from it; a `switch` over
 * it must be exhaustive.
 *
 * - `not-a-cors-request`: no `Origin`; nothing to decide.
 * - `allowed`: the CORS check passes; for a preflight, method and headers too.
 * - `origin-not-allowed`: the policy does not allow the origin.
 * - `malformed-origin`: `Origin` is not a serialised origin, or longer than 512 bytes, and the policy
 *   does not allow any origin.
 * - `method-not-allowed`: the origin is allowed, the requested method is not.
 * - `header-not-allowed`: origin and method are allowed, a requested header is not.
 * - `malformed-request-headers`: `Access-Control-Request-Headers` breaks its grammar or bounds.
 * - `cors-disabled`: `@Cors(false)` or `origin: false` applies to the handler.
 * - `ambiguous-path`: no controller serves the path, servers read it in several ways, and the policies
 *   for them differ.
 * - `undecided`: the response was sent while an origin function or class was still being asked, or
 *   the decision itself failed. It counts as not allowed.
 * - `passed-through`: `@Cors({ passThrough: true })` leaves CORS to the handler.
 */
export type CorsOutcome =
  | 'not-a-cors-request'
  | 'allowed'
  | 'origin-not-allowed'
  | 'malformed-origin'
  | 'method-not-allowed'
  | 'header-not-allowed'
  | 'malformed-request-headers'
  | 'cors-disabled'
  | 'ambiguous-path'
  | 'undecided'
  | 'passed-through';
