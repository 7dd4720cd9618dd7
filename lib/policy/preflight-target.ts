import type { CorsPolicy } from './cors-policy.js';

/** A method that the application serves at a path, with the policies of its handlers. */
export interface MappedMethod {
  readonly method: string;
  readonly policies: readonly (CorsPolicy | false)[];
}

/** What the application serves at the path and method which a CORS-preflight request asks about. */
export interface PreflightTarget {
  /**
   * The policies of the handlers that may serve the actual request. One, but where only headers
   * which a preflight does not carry will tell (header versions): then what any of them allows is
   * allowed, and the handler that runs has the last word. `false` stands for `@Cors(false)`.
   */
  readonly policies: readonly (CorsPolicy | false)[];
  /** The methods mapped at the path. */
  readonly mapped: readonly MappedMethod[];
  /**
   * Whether the requested method counts as mapped: a handler takes it, or nothing at all is
   * mapped at the path, where refusing the method would disguise a 404 as a CORS error.
   */
  readonly takesMethod: boolean;
}
