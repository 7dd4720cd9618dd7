/**
 * What became of a request, by name. Logs, events and explanations speak from it; a `switch` over
 * it must be exhaustive.
 *
 * - `not-a-cors-request`: no `Origin`; nothing to decide.
 * - `allowed`: the CORS check passes; for a CORS-preflight request, method and headers too.
 * - `origin-not-allowed`: the policy does not allow the origin.
 * - `malformed-origin`: `Origin` is no serialised origin, or longer than 512 bytes.
 * - `method-not-allowed`: the origin is allowed, the requested method is not.
 * - `header-not-allowed`: origin and method are allowed, a requested header is not.
 * - `malformed-request-headers`: `Access-Control-Request-Headers` breaks its grammar or bounds.
 * - `cors-disabled`: `@Cors(false)` holds for the handler.
 */
export type CorsOutcome =
  | 'not-a-cors-request'
  | 'allowed'
  | 'origin-not-allowed'
  | 'malformed-origin'
  | 'method-not-allowed'
  | 'header-not-allowed'
  | 'malformed-request-headers'
  | 'cors-disabled';
