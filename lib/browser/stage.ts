/**
 * Where a check is made: before anything is sent, on the answer to a CORS-preflight request, on
 * the response, or on a response that redirects.
 */
export type Stage = 'request' | 'preflight' | 'response' | 'redirect';
