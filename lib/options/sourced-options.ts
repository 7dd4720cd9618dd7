import type { CorsPolicyOptions } from './cors-policy-options.js';

/** An option's value with the place it comes from. */
export interface SourcedOption<T> {
  /** Undefined when what is written is not valid: it hides the outer value all the same. */
  readonly value: T | undefined;
  readonly written: unknown;
  /** `forRoot()`, `forRoot().policies.public`, `@Cors() on OrdersController.update`. */
  readonly source: string;
  /** `forRoot().origin`, `@Cors() on OrdersController.update: maxAge`. */
  readonly path: string;
  /** How near to the handler it is written: 0 in `forRoot()`, and so on up to the method. */
  readonly nearness: number;
}

/**
 * Options of a policy, each valid by itself, each with its source: those written at one place, or
 * those of several places merged. Undefined is what nobody wrote.
 */
export type SourcedOptions = {
  readonly [K in keyof CorsPolicyOptions]-?:
    SourcedOption<NonNullable<CorsPolicyOptions[K]>> | undefined;
};

/**
 * Lays options over outer ones: what the inner write replaces what the outer do, a list as a whole.
 */
export function overlayOptions(outer: SourcedOptions, inner: SourcedOptions): SourcedOptions {
  // Named one by one, so that an option forgotten here does not compile.
  return {
    origin: inner.origin ?? outer.origin,
    methods: inner.methods ?? outer.methods,
    allowedHeaders: inner.allowedHeaders ?? outer.allowedHeaders,
    exposedHeaders: inner.exposedHeaders ?? outer.exposedHeaders,
    credentials: inner.credentials ?? outer.credentials,
    maxAge: inner.maxAge ?? outer.maxAge,
    timingAllowOrigin: inner.timingAllowOrigin ?? outer.timingAllowOrigin,
  };
}
