import type { BrowserName, CorsCheckId, IdentifiedMessage, Stage } from '../../browser/index.js';

interface Key {
  readonly browser: BrowserName;
  readonly checks: readonly CorsCheckId[];
  readonly at: readonly Stage[];
}

const ACCESS: readonly Stage[] = ['preflight', 'response', 'redirect'];
const PREFLIGHT: readonly Stage[] = ['preflight'];

/**
 * The names that the network panels and the documentation have for the reasons: Firefox's
 * (`CORSMissingAllowOrigin`, and its spaced form) and those of Chromium (`network.mojom.CorsError`).
 */
const KEYS: Readonly<Record<string, Key>> = {
  CORSDisabled: firefox(['CORS_DISABLED']),
  CORSOriginHeaderNotAdded: firefox(['CORS_DISABLED']),
  CORSDidNotSucceed: firefox(['NETWORK']),
  CORSExternalRedirectNotAllowed: firefox(['PREFLIGHT_REDIRECT'], PREFLIGHT),
  CORSRequestNotHttp: firefox(['SCHEME'], ['request', 'redirect']),
  CORSMissingAllowOrigin: firefox(['ACAO_MISSING']),
  CORSMultipleAllowOriginNotAllowed: firefox(['ACAO_MULTIPLE']),
  CORSAllowOriginNotMatchingOrigin: firefox(['ACAO_MISMATCH']),
  CORSNotSupportingCredentials: firefox(['ACAO_WILDCARD_CREDENTIALS']),
  CORSMissingAllowCredentials: firefox(['ACAC_NOT_TRUE']),
  CORSMethodNotFound: firefox(['METHOD'], PREFLIGHT),
  CORSPreflightDidNotSucceed: firefox(['PREFLIGHT_STATUS'], PREFLIGHT),
  CORSInvalidAllowMethod: firefox(['ACAM_PARSE'], PREFLIGHT),
  CORSInvalidAllowHeader: firefox(['ACAH_PARSE'], PREFLIGHT),
  CORSMissingAllowHeaderFromPreflight: firefox(['HEADER'], PREFLIGHT),
  DisallowedByMode: chromium(['MODE'], ['request']),
  WildcardOriginNotAllowed: chromium(['ACAO_WILDCARD_CREDENTIALS']),
  MissingAllowOriginHeader: chromium(['ACAO_MISSING'], ['response', 'redirect']),
  MultipleAllowOriginValues: chromium(['ACAO_MULTIPLE'], ['response', 'redirect']),
  InvalidAllowOriginValue: chromium(['ACAO_INVALID'], ['response', 'redirect']),
  AllowOriginMismatch: chromium(['ACAO_MISMATCH'], ['response', 'redirect']),
  InvalidAllowCredentials: chromium(['ACAC_NOT_TRUE'], ['response', 'redirect']),
  CorsDisabledScheme: chromium(['SCHEME'], ['request', 'redirect']),
  PreflightInvalidStatus: chromium(['PREFLIGHT_STATUS'], PREFLIGHT),
  PreflightDisallowedRedirect: chromium(['PREFLIGHT_REDIRECT'], PREFLIGHT),
  PreflightWildcardOriginNotAllowed: chromium(['ACAO_WILDCARD_CREDENTIALS'], PREFLIGHT),
  PreflightMissingAllowOriginHeader: chromium(['ACAO_MISSING'], PREFLIGHT),
  PreflightMultipleAllowOriginValues: chromium(['ACAO_MULTIPLE'], PREFLIGHT),
  PreflightInvalidAllowOriginValue: chromium(['ACAO_INVALID'], PREFLIGHT),
  PreflightAllowOriginMismatch: chromium(['ACAO_MISMATCH'], PREFLIGHT),
  PreflightInvalidAllowCredentials: chromium(['ACAC_NOT_TRUE'], PREFLIGHT),
  InvalidAllowMethodsPreflightResponse: chromium(['ACAM_PARSE'], PREFLIGHT),
  InvalidAllowHeadersPreflightResponse: chromium(['ACAH_PARSE'], PREFLIGHT),
  MethodDisallowedByPreflightResponse: chromium(['METHOD'], PREFLIGHT),
  HeaderDisallowedByPreflightResponse: chromium(['HEADER'], PREFLIGHT),
  RedirectContainsCredentials: chromium(['REDIRECT_USERINFO'], ['redirect']),
  InsecurePrivateNetwork: chromium(['LNA']),
  InsecureLocalNetwork: chromium(['LNA']),
  UnexpectedPrivateNetworkAccess: chromium(['LNA']),
  PreflightMissingAllowPrivateNetwork: chromium(['LNA'], PREFLIGHT),
  LocalNetworkAccessPermissionDenied: chromium(['LNA']),
};

/** Less than a message, and messages as people repeat them; groups are values. */
const WORDS: readonly (readonly [words: RegExp, key: Key])[] = [
  // Of Firefox until 2017, for whatever had no reason of its own.
  [/Reason: CORS request failed/, firefox(['NETWORK', 'PREFLIGHT_STATUS'])],
  [/bad URI or cross-site access not allowed/, firefox(['ACAO_MISSING'])],
  [
    /SCRIPT7002: XMLHttpRequest: Network Error 0x80070005/,
    chromium(['ACAO_MISSING', 'ACAO_MISMATCH']),
  ],
  [
    /not allowed by Access-Control-Allow-Origin/i,
    { browser: 'safari', checks: ['ACAO_MISSING', 'ACAO_MISMATCH'], at: ACCESS },
  ],
  [
    /request header field (?<header>[\w-]{1,100}) is not allowed/i,
    chromium(['HEADER', 'AUTHORIZATION_WILDCARD'], PREFLIGHT),
  ],
  [
    /method (?<method>[A-Z]{3,20}) is not allowed by access-control/i,
    chromium(['METHOD'], PREFLIGHT),
  ],
  [
    /not have HTTP ok status|preflight response is not successful/i,
    chromium(['PREFLIGHT_STATUS'], PREFLIGHT),
  ],
  [/redirect is not allowed for a preflight/i, chromium(['PREFLIGHT_REDIRECT'], PREFLIGHT)],
  [/must not be the wildcard/i, chromium(['ACAO_WILDCARD_CREDENTIALS'])],
  [/contains multiple values|multiple access-control-allow-origin/i, chromium(['ACAO_MULTIPLE'])],
  [/not equal to the supplied origin/i, chromium(['ACAO_MISMATCH'])],
  [/access-control-allow-credentials.{0,80}must be ['"]?true/i, chromium(['ACAC_NOT_TRUE'])],
  [
    /preflight request doesn.?t pass access control check/i,
    chromium(['ACAO_MISSING', 'ACAO_MISMATCH', 'PREFLIGHT_STATUS'], PREFLIGHT),
  ],
  [
    /(?:no|missing) ['"]?access-control-allow-origin|access-control-allow-origin['"]? (?:header )?(?:is )?missing/i,
    chromium(['ACAO_MISSING']),
  ],
];

/** By what remains of a key in lower case without spaces. */
const BY_WORD = new Map(Object.entries(KEYS).map(([key, value]) => [key.toLowerCase(), value]));

/** Recognises the name of a reason, alone or in a text; null where there is none. */
export function readErrorKey(text: string): IdentifiedMessage | null {
  const spaced = text.matchAll(/\bCORS(?: [A-Z][a-z]{1,11}){1,7}/g);
  const joined = text.matchAll(/\b[A-Z][A-Za-z]{11,50}\b/g);
  for (const [name] of [...joined, ...spaced]) {
    const key = BY_WORD.get(name.toLowerCase().replaceAll(' ', ''));
    if (key !== undefined) return { ...key, values: {} };
  }
  for (const [words, key] of WORDS) {
    const found = words.exec(text);
    if (found !== null) return { ...key, values: { ...found.groups } };
  }
  return null;
}

function firefox(checks: readonly CorsCheckId[], at = ACCESS): Key {
  return { browser: 'firefox', checks, at };
}

function chromium(checks: readonly CorsCheckId[], at = ACCESS): Key {
  return { browser: 'chromium', checks, at };
}
