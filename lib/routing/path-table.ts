/**
 * Predicts which route the platform's own router would choose, from the routes registered on the platform and
 * a request target alone. Each platform has its own, because routers disagree on path syntax,
 * precedence, trailing and duplicate slashes, case and percent-encoding.
 */
export interface PathTable<T> {
  /**
   * Adds a route; call it in the order of registration. `false`: the table cannot read the path, and
   * the route will never be a candidate.
   */
  add(route: PathRoute<T>): boolean;
  /**
   * Does a little of what is left to do once routes are added: the next look-up would do all of it.
   *
   * @returns whether there is more
   */
  prepare?(): boolean;
  /**
   * The routes that the router would try for a method and target, in its order, up to and including
   * the first unconditional one. Empty: the router would choose none.
   */
  candidates(method: string, target: string, request?: HostHolder): readonly T[];
  /** The same for all methods at once: cheaper than one look-up for each. */
  match(target: string, request?: HostHolder): PathMatch<T>;
}

/** A request as far as a platform's router may read it besides method and target. */
export interface HostHolder {
  /** `Host` as it was sent, with its port; `:authority` in HTTP/2. */
  hostHeader(): string | undefined;
}

/** A route as it was registered on the platform. */
export interface PathRoute<T> {
  /** `GET`, `PUT`, …; `ALL` where the platform has such a thing (Fastify names each method). */
  readonly method: string;
  /** As the platform got it. Express also takes a RegExp, and a list. */
  readonly path: string | RegExp | readonly (string | RegExp)[];
  /**
   * Whether the router tries the next route where this one does not take the request: on Express a
   * handler that calls `next()` because of host or version, on Fastify a route with constraints.
   */
  readonly conditional: boolean;
  /** Fastify's constraints. */
  readonly constraints?: RouteConstraints | undefined;
  readonly value: T;
  /** Whether the platform added this HEAD route on its own, beside a GET route of the same path. */
  readonly isImplicitHead?: boolean;
  /**
   * For a handler that turns some of its router's requests away as not found, before any code of the
   * user runs: whether it serves this one. Used on Fastify only.
   */
  readonly serves?: ((params: PathParams, target: string) => boolean) | undefined;
}

/** The constraints of a route on Fastify, by whether a preflight shows what they ask about. */
export interface RouteConstraints {
  /** Compared with the `Host` header, with its port, as Fastify's router does. */
  readonly host?: string | RegExp;
  /** The others (a version, an application's own), by name: they are not evaluated. */
  readonly hidden: Readonly<Record<string, unknown>>;
}

/** The values of a path's parameters, by name. */
export type PathParams = Readonly<Record<string, string | undefined>>;

/** The routes at one request target. */
export interface PathMatch<T> {
  /** The methods that have a candidate, as registered (`ALL` included), in order of registration. */
  readonly methods: readonly string[];
  /** As {@link PathTable.candidates}. */
  candidates(method: string): readonly T[];
}
