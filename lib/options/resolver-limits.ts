/** How long and how many answers of resolver classes are kept, and for how long any answer may take. */
export interface ResolverLimits {
  /** Milliseconds. */
  readonly ttl: number;
  readonly max: number;
  /** Milliseconds. Holds for origin functions too. */
  readonly timeout: number;
}
