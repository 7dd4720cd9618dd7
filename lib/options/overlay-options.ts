import type { SourcedOptions } from './sourced-options.js';

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
