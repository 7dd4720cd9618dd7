/** What the audit looks for. */
export interface AuditRule {
  readonly description: string;
  /** Why, and what to do. */
  readonly advice: string;
  /** The requirements of ASVS 5.0 that it is about. */
  readonly asvs: readonly string[];
}

/**
 * The rules, the most dangerous first.
 *
 * - 3.4.2: `Access-Control-Allow-Origin` is fixed, or checked against a list of trusted origins; where
 *   it is `*`, nothing sensitive is in the response.
 * - 3.5.1: where preflights are not what protects, requests are checked to come from the application.
 * - 3.5.2: where they are, nothing can be called without one.
 * - 3.5.3: what changes something is no GET, HEAD or OPTIONS.
 *
 * @see https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x12-V3-Web-Frontend-Security.md
 */
export const AUDIT_RULES = {
  'insecure-origin': {
    description: 'Pages that come over a network in the clear are allowed.',
    advice:
      'Whoever controls the network between such a page and its visitor reads what the page may read: write `https://`.',
    asvs: ['3.4.2'],
  },
  'public-suffix': {
    description: 'Origins are allowed whose names anybody can register.',
    advice:
      'Strangers own names of that form: list the names that are yours, or keep it if the suffix is.',
    asvs: ['3.4.2'],
  },
  'any-origin-private': {
    description: 'Any origin is allowed where the path looks private.',
    advice:
      'Check that no response there has anything sensitive, or list the origins of your pages.',
    asvs: ['3.4.2'],
  },
  'decided-at-run-time': {
    description: 'A function or a class decides who is allowed.',
    advice:
      'The file does not show whom: review its code, and that it compares with a list of trusted origins.',
    asvs: ['3.4.2'],
  },
  'credentialed-pattern': {
    description: 'Patterns or RegExps are allowed with credentials.',
    advice:
      'Whoever takes over one name of that form acts as the visitor: list the origins that need credentials.',
    asvs: ['3.4.2'],
  },
  'no-preflight': {
    description:
      'Pages that are not allowed can send the request all the same, and not read the response.',
    advice:
      'Forms and `text/plain` need no permission: require a header that is not safelisted or a JSON content type, check a token against forgery, or, where a policy lists origins, set `rejectDisallowed`.',
    asvs: ['3.5.1', '3.5.2'],
  },
  'unsafe-get': {
    description: 'A GET looks as if it changes something.',
    advice:
      'Links, images and redirects of any page send it, with cookies: use POST, PUT, PATCH or DELETE.',
    asvs: ['3.5.3'],
  },
  'long-max-age': {
    description: 'Browsers remember preflights for longer than a working day.',
    advice:
      'A permission that is withdrawn lives on in browsers that long: 28800 s or less are enough.',
    asvs: [],
  },
  'passes-through': {
    description: 'A handler answers CORS itself.',
    advice: 'The file does not show what it allows: review its code.',
    asvs: ['3.4.2'],
  },
  'credentialed-origins': {
    description: 'Who may read and write with credentials.',
    advice: 'Check that each of them is a page of yours.',
    asvs: ['3.4.2'],
  },
} as const satisfies Readonly<Record<string, AuditRule>>;

export type AuditRuleId = keyof typeof AUDIT_RULES;
