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
