import type { CorsCheckId, Stage } from '../simulation.js';
import type { BrowserMessage } from './message-template.js';

/** Safari says why in one line, and in a second one which request it means. */
const TAIL = '\nFetch API cannot load {url} due to access control checks.';
const REDIRECTION =
  'Cross-origin redirection to {location} denied by Cross-Origin Resource Sharing policy: ';
const PREFLIGHT: readonly Stage[] = ['preflight'];
const REDIRECT: readonly Stage[] = ['redirect'];

/** Safari's messages: `CrossOriginAccessControl.cpp` and `NetworkLoadChecker.cpp` of WebKit. */
export const safariMessages: readonly BrowserMessage[] = [
  ...access({
    checks: ['ACAO_WILDCARD_CREDENTIALS'],
    reason: 'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.',
  }),
  ...access({
    checks: ['ACAO_MULTIPLE'],
    reason: 'Access-Control-Allow-Origin cannot contain more than one origin.',
    when: ({ value = '' }) => value.includes(','),
  }),
  ...access({
    // Whether the header is missing or names another origin, Safari does not say.
    checks: ['ACAO_MISSING', 'ACAO_MISMATCH', 'ACAO_INVALID', 'ACAO_MULTIPLE'],
    reason: 'Origin {origin} is not allowed by Access-Control-Allow-Origin.',
    tail: ' Status code: {status}',
  }),
  ...access({
    checks: ['ACAC_NOT_TRUE'],
    reason: 'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".',
  }),
  message(
    ['PREFLIGHT_STATUS', 'PREFLIGHT_REDIRECT'],
    PREFLIGHT,
    'Preflight response is not successful',
    '. Status code: {status}',
  ),
  message(
    ['ACAM_PARSE'],
    PREFLIGHT,
    'Header Access-Control-Allow-Methods has an invalid value: {value}',
  ),
  message(
    ['ACAH_PARSE'],
    PREFLIGHT,
    'Header Access-Control-Allow-Headers has an invalid value: {value}',
  ),
  message(['METHOD'], PREFLIGHT, 'Method {method} is not allowed by Access-Control-Allow-Methods.'),
  message(
    ['HEADER', 'AUTHORIZATION_WILDCARD'],
    PREFLIGHT,
    'Request header field {header} is not allowed by Access-Control-Allow-Headers.',
  ),
  message(
    ['REDIRECT_USERINFO'],
    REDIRECT,
    `${REDIRECTION}redirection URL {location} has credentials`,
  ),
  message(
    ['SCHEME'],
    REDIRECT,
    `${REDIRECTION}not allowed to follow a cross-origin CORS redirection with non CORS scheme`,
  ),
  message(['REDIRECT_MODE'], REDIRECT, 'Not allowed to follow a redirection while loading {url}'),
  message(['REDIRECT_LIMIT'], REDIRECT, 'Load cannot follow more than 20 redirections'),
  {
    checks: ['MIXED_CONTENT'],
    at: ['request', 'redirect'],
    reason: 'requested insecure content from {url}. This content was blocked',
    text: '[blocked] The page at {pageUrl} requested insecure content from {url}. This content was blocked and must be served over HTTPS.',
  },
  {
    checks: ['CORP'],
    at: ['response', 'redirect'],
    reason: "because it violates the resource's Cross-Origin-Resource-Policy response header.",
    text: "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header.\n{loader} {url} due to access control checks.",
  },
  {
    checks: ['NETWORK'],
    at: ['preflight', 'response'],
    // It follows on every other reason, so it must be the shortest to be recognised alone only.
    reason: 'due to access control checks.',
    text: 'Fetch API cannot load {url} due to access control checks.',
  },
];

interface Access extends Pick<BrowserMessage, 'checks' | 'reason' | 'when'> {
  readonly tail?: string;
}

/** The CORS check; on a response that redirects, Safari names the redirect's target as well. */
function access({ checks, reason, tail, ...condition }: Access): readonly BrowserMessage[] {
  return [
    { ...message(checks, REDIRECT, REDIRECTION + reason, tail), ...condition },
    { ...message(checks, ['preflight', 'response'], reason, tail), ...condition },
  ];
}

function message(
  checks: readonly CorsCheckId[],
  at: readonly Stage[],
  reason: string,
  tail = '',
): BrowserMessage {
  return { checks, at, reason, text: reason + tail + TAIL };
}
