import type { CorsCheckId, Stage } from '../simulation.js';
import type { BrowserMessage } from './message-template.js';

const BLOCKED =
  'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ';
const FRAME = `${BLOCKED}{url}. (Reason: `;
const CHECKED: readonly Stage[] = ['preflight', 'response', 'redirect'];
const PREFLIGHT: readonly Stage[] = ['preflight'];
/** Older versions end before it. */
const STATUS = '. Status code: {status}.';
const WILDCARD =
  'Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).';
const DEPRECATION =
  'When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered.';

/** Firefox's messages: `security.properties`, the keys that begin with CORS. */
export const firefoxMessages: readonly BrowserMessage[] = [
  message(['ACAO_MISSING'], CHECKED, 'CORS header ‘Access-Control-Allow-Origin’ missing)', STATUS),
  {
    ...message(
      ['ACAO_MULTIPLE'],
      CHECKED,
      'Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).',
    ),
    when: ({ lines = 0 }) => lines > 1,
  },
  message(
    // A list in one line is an origin like any other to Firefox.
    ['ACAO_MISMATCH', 'ACAO_INVALID', 'ACAO_MULTIPLE'],
    CHECKED,
    'CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’).',
  ),
  {
    checks: ['ACAO_WILDCARD_CREDENTIALS'],
    at: CHECKED,
    reason: WILDCARD,
    text: `${BLOCKED}‘{url}’. (Reason: ${WILDCARD}`,
  },
  message(
    ['ACAC_NOT_TRUE'],
    CHECKED,
    'expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).',
  ),
  message(['PREFLIGHT_STATUS'], PREFLIGHT, 'CORS preflight response did not succeed)', STATUS),
  message(['PREFLIGHT_REDIRECT'], PREFLIGHT, 'CORS request external redirect not allowed).'),
  message(
    ['ACAM_PARSE'],
    PREFLIGHT,
    'invalid token ‘{member}’ in CORS header ‘Access-Control-Allow-Methods’).',
  ),
  message(
    ['ACAH_PARSE'],
    PREFLIGHT,
    'invalid token ‘{member}’ in CORS header ‘Access-Control-Allow-Headers’).',
  ),
  message(
    ['METHOD'],
    PREFLIGHT,
    'Did not find method in CORS header ‘Access-Control-Allow-Methods’).',
  ),
  message(
    ['HEADER', 'AUTHORIZATION_WILDCARD'],
    PREFLIGHT,
    'header ‘{header}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).',
  ),
  message(['NETWORK'], CHECKED, 'CORS request did not succeed)', STATUS),
  message(['SCHEME'], ['request', 'redirect'], 'CORS request not http).'),
  {
    checks: ['MIXED_CONTENT'],
    at: ['request', 'redirect'],
    reason: 'Blocked loading mixed {content} content “{url}”',
    text: 'Blocked loading mixed {content} content “{url}”',
  },
  {
    checks: ['CORP'],
    at: ['response', 'redirect'],
    reason:
      'The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof).',
    text: 'The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#',
  },
  {
    checks: ['ORB'],
    at: ['response'],
    reason: 'The resource at “{url}” was blocked by OpaqueResponseBlocking.',
    text: 'The resource at “{url}” was blocked by OpaqueResponseBlocking. Reason: “{reason}”.',
  },
  recognised({
    checks: ['LNA'],
    at: ['request', 'redirect'],
    reason: 'Local Network Access permission required',
    text: 'Local Network Access permission required: top-level site “{pageOrigin}”, initiator “{pageOrigin}”, attempting to access target “{url}”',
  }),
  recognised(message(['CORS_DISABLED'], CHECKED, 'CORS disabled).')),
  recognised(message(['CORS_DISABLED'], CHECKED, 'CORS header ‘Origin’ cannot be added).')),
  recognised({
    checks: ['AUTHORIZATION_WILDCARD'],
    at: PREFLIGHT,
    reason: DEPRECATION,
    text: `Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at {url} soon. (Reason: ${DEPRECATION} To include the \`Authorization\` header, it must be explicitly listed in CORS header \`Access-Control-Allow-Headers\`).`,
  }),
];

function message(
  checks: readonly CorsCheckId[],
  at: readonly Stage[],
  reason: string,
  tail = '',
): BrowserMessage {
  return { checks, at, reason, text: FRAME + reason + tail };
}

function recognised(other: BrowserMessage): BrowserMessage {
  return { ...other, recognisedOnly: true };
}
