/**
 * The rules by which a browser refuses a request or its response, by name. ACAO, ACAC, ACAM and
 * ACAH stand for `Access-Control-Allow-Origin`, `-Credentials`, `-Methods` and `-Headers`.
 */
export type CorsCheckId =
  | 'ACAO_MISSING'
  | 'ACAO_MULTIPLE'
  | 'ACAO_INVALID'
  | 'ACAO_MISMATCH'
  | 'ACAO_WILDCARD_CREDENTIALS'
  | 'ACAC_NOT_TRUE'
  | 'PREFLIGHT_STATUS'
  | 'PREFLIGHT_REDIRECT'
  | 'ACAM_PARSE'
  | 'ACAH_PARSE'
  | 'METHOD'
  | 'HEADER'
  /** Only `*` covers `Authorization`; the standard wants it named. */
  | 'AUTHORIZATION_WILDCARD'
  | 'REDIRECT_USERINFO'
  | 'REDIRECT_LOCATION'
  | 'REDIRECT_LIMIT'
  /** The page forbids redirects: `redirect: 'error'`. */
  | 'REDIRECT_MODE'
  | 'SCHEME'
  /** The page forbids CORS requests: `mode: 'same-origin'`. */
  | 'MODE'
  /** `fetch()` throws before anything is sent, as for a forbidden method. */
  | 'INVALID_REQUEST'
  | 'BAD_PORT'
  | 'NETWORK'
  /** Local Network Access: known from messages only, since no header decides it. */
  | 'LNA'
  /** CORS is switched off in the browser: known from messages only. */
  | 'CORS_DISABLED';
