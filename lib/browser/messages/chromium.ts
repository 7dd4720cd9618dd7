import type { CorsCheckId, FailureDetails, Stage } from '../simulation.js';
import type { BrowserMessage } from './message-template.js';

const FRAME =
  "Access to {kind} at '{url}' {redirected}from origin '{pageOrigin}' has been blocked by CORS policy: ";
const PREFLIGHT = "Response to preflight request doesn't pass access control check: ";
/** What `fetch()` gets to read in addition. */
const HINT = ' Have the server send the header with a valid value.';

const MODE =
  'Request mode is "same-origin" but the URL\'s origin is not same as the request origin';

/** Chromium's messages: `cors_error_string.cc`, `GetErrorStringForConsoleMessage`. */
export const chromiumMessages: readonly BrowserMessage[] = [
  ...access(
    'ACAO_WILDCARD_CREDENTIALS',
    "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
  ),
  ...access(
    'ACAO_MISSING',
    "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  ),
  ...access(
    'ACAO_MULTIPLE',
    "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed.",
    HINT,
  ),
  ...access(
    'ACAO_INVALID',
    "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'.",
    HINT,
  ),
  ...access(
    'ACAO_MISMATCH',
    "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin.",
    HINT,
  ),
  ...access(
    'ACAC_NOT_TRUE',
    "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'.",
  ),
  message(['PREFLIGHT_STATUS'], ['preflight'], `${PREFLIGHT}It does not have HTTP ok status.`),
  message(
    ['PREFLIGHT_REDIRECT'],
    ['preflight'],
    `${PREFLIGHT}Redirect is not allowed for a preflight request.`,
  ),
  message(
    ['ACAM_PARSE'],
    ['preflight'],
    'Cannot parse Access-Control-Allow-Methods response header field in preflight response.',
  ),
  message(
    ['ACAH_PARSE'],
    ['preflight'],
    'Cannot parse Access-Control-Allow-Headers response header field in preflight response.',
  ),
  message(
    ['METHOD'],
    ['preflight'],
    'Method {method} is not allowed by Access-Control-Allow-Methods in preflight response.',
  ),
  message(
    ['HEADER', 'AUTHORIZATION_WILDCARD'],
    ['preflight'],
    'Request header field {header} is not allowed by Access-Control-Allow-Headers in preflight response.',
  ),
  message(
    // The value is empty: current versions do not fill it in.
    ['REDIRECT_USERINFO'],
    ['redirect'],
    "Redirect location '{value}' contains a username and password, which is disallowed for cross-origin requests.",
  ),
  {
    checks: ['MODE'],
    at: ['request'],
    reason: MODE,
    text: `Fetch API cannot load {url}. ${MODE} {pageOrigin}.`,
  },
  recognised('MODE', 'Cross origin requests are not allowed by request mode.'),
  {
    ...message(
      ['SCHEME'],
      ['request', 'redirect'],
      'Cross origin requests are only supported for protocol schemes: {schemes}.',
    ),
    // Redirects to these are dropped earlier, without a message.
    when: ({ location = '' }) => !/^(?:about|data|file):/.test(location),
  },
  recognised('NETWORK', 'The response is invalid.'),
  {
    checks: ['MIXED_CONTENT'],
    at: ['request', 'redirect'],
    reason:
      "Mixed Content: The page at '{pageUrl}' was loaded over HTTPS, but requested an insecure {resource} '{url}'.",
    text: "Mixed Content: The page at '{pageUrl}' was loaded over HTTPS, but requested an insecure {resource} '{url}'. This request has been blocked; the content must be served over HTTPS.",
  },
  ...networkErrors(),
  ...localNetworkAccess(),
];

/** The CORS check, on the response to a preflight and on any other response. */
function access(check: CorsCheckId, reason: string, hint = ''): readonly BrowserMessage[] {
  return [
    message([check], ['preflight'], PREFLIGHT + reason, hint),
    message([check], ['response', 'redirect'], reason, hint),
  ];
}

/** Without words of its own, the console shows the request and the error of the network. */
function networkErrors(): readonly BrowserMessage[] {
  const blocked = 'net::ERR_BLOCKED_BY_RESPONSE.NotSame';
  return [
    networkError(
      'CORP',
      `${blocked}OriginAfterDefaultedToSameOriginByCoep`,
      (details) => details.embedderPolicy === true,
    ),
    networkError('CORP', `${blocked}Site`, ({ value }) => value === 'same-site'),
    networkError('CORP', `${blocked}Origin`, ({ value }) => value === 'same-origin'),
    networkError('ORB', 'net::ERR_BLOCKED_BY_ORB'),
  ];
}

function networkError(
  check: CorsCheckId,
  reason: string,
  when?: (details: FailureDetails) => boolean,
): BrowserMessage {
  return {
    checks: [check],
    at: ['response', 'redirect'],
    reason,
    text: `{method} {url} ${reason}`,
    ...(when !== undefined && { when }),
  };
}

/** The messages of today, and those of Private Network Access, which it replaces. */
function localNetworkAccess(): readonly BrowserMessage[] {
  const current = (reason: string, when: (details: FailureDetails) => boolean): BrowserMessage => ({
    ...message(['LNA'], ['request', 'redirect'], reason),
    when,
  });
  return [
    current(
      'The request client is not a secure context and the resource is in more-private address space `{space}`.',
      ({ insecurePage }) => insecurePage === true,
    ),
    current(
      'Request had a target IP address space of `{targetSpace}` yet the resource is in address space `{space}`.',
      ({ targetSpace }) => targetSpace !== undefined,
    ),
    current(
      'Permission was denied for this request to access the `{targetSpace}` address space.',
      ({ insecurePage, targetSpace }) => insecurePage !== true && targetSpace === undefined,
    ),
    ...[
      'Unable to ask for permission to access the `{targetSpace}` IP address space.',
      'Request had no target IP address space, yet the resource is in address space `{space}`.',
      "No '{header}' header was present in the preflight response for this private network request targeting the `{targetSpace}` address space.",
      "The 'Access-Control-Allow-Private-Network' header in the preflight response for this private network request targeting the `{targetSpace}` address space had a value of '{value}',  not 'true'.",
    ].map((reason) => recognised('LNA', reason)),
  ];
}

function message(
  checks: readonly CorsCheckId[],
  at: readonly Stage[],
  reason: string,
  hint = '',
): BrowserMessage {
  return { checks, at, reason, text: FRAME + reason + hint };
}

function recognised(check: CorsCheckId, reason: string): BrowserMessage {
  return { ...message([check], ['preflight', 'response'], reason), recognisedOnly: true };
}
