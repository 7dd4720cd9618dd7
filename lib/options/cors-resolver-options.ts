/** How the answers of resolver classes are cached, and for how long anything asked may think. */
export interface CorsResolverOptions {
  /**
   * For how long an answer of a resolver class counts as fresh. Unit: milliseconds, an integer from
   * 1 to 86400000. After that it is served only while it is asked for again, and no longer than
   * `timeout`.
   *
   * @default 60000
   * @throws CorsConfigError at boot when out of range or no integer.
   * @example permitted: five minutes
   * resolver: { ttl: 300_000 }
   * @example prohibited: to cache nothing, write a function as `origin`
   * resolver: { ttl: 0 }
   */
  readonly ttl?: number;

  /**
   * How many allowed origins, and how many refused ones, are remembered for each resolver class, the
   * least recently used forgotten first. An integer from 1 to 1000000.
   *
   * @default 10000
   * @throws CorsConfigError at boot when out of range or no integer.
   * @example permitted
   * resolver: { max: 50_000 }
   * @example prohibited: unbounded
   * resolver: { max: Infinity }
   */
  readonly max?: number;

  /**
   * For how long a resolver class or an origin function may take to answer. Unit: milliseconds, an
   * integer from 1 to 60000. What has not answered by then has said no.
   *
   * @default 1000
   * @throws CorsConfigError at boot when out of range or no integer.
   * @example permitted
   * resolver: { timeout: 250 }
   * @example prohibited: a request must not wait for ever
   * resolver: { timeout: 0 }
   */
  readonly timeout?: number;
}
