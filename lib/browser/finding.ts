/** What a simulation noticed that does not decide it. */
export type FindingKind =
  /** The browser drops a request header that the page set. */
  | 'HEADER_DROPPED'
  | 'MIXED_CONTENT'
  /** `mode: 'no-cors'`: the page gets a response that it cannot read. */
  | 'OPAQUE_RESPONSE'
  /** `redirect: 'manual'`: the page gets neither the redirect nor its target. */
  | 'REDIRECT_NOT_FOLLOWED'
  /** The standard blocks what browsers still tolerate: `*` covering `Authorization`. */
  | 'AUTHORIZATION_TOLERATED'
  | 'VARY_ORIGIN_MISSING'
  | 'NULL_ORIGIN_ALLOWED'
  | 'WILDCARD_WITH_CREDENTIALS'
  /** `Access-Control-Allow-Credentials` with a value other than `true`. */
  | 'CREDENTIALS_NOT_TRUE'
  /** Headers of a CORS-preflight response on another response, where nobody reads them. */
  | 'PREFLIGHT_HEADERS_MISPLACED'
  | 'METHOD_CASE'
  | 'MAX_AGE_MISSING'
  | 'MAX_AGE_INVALID'
  | 'MAX_AGE_CAPPED'
  | 'EXPOSE_WILDCARD_LITERAL'
  | 'EXPOSE_INVALID'
  | 'HEADERS_NOT_EXPOSED'
  /** A status of 400 or more that the page can read: not a CORS problem. */
  | 'ERROR_STATUS';

/** A finding: its kind, one sentence, and the names it speaks of. */
export interface Finding {
  /** What was noticed, for programs. */
  readonly kind: FindingKind;
  /** The same for people. */
  readonly sentence: string;
  /** The names that the sentence speaks of; mostly none. */
  readonly names: readonly string[];
}
