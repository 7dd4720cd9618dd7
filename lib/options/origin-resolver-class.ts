import type { CorsOriginResolver } from './cors-origin-resolver.js';

/** An injectable class as `origin`; Nest's dependency injection makes its one instance. */
export type OriginResolverClass = new (...args: never[]) => CorsOriginResolver;
