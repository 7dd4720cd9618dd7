import type { BrowserName, CorsCheckId, Stage } from '../simulation.js';

/** Words that browsers no longer use, but that people still paste. */
export interface EarlierMessage {
  /** The browser of today that comes closest, for what is simulated. */
  readonly browser: BrowserName;
  readonly checks: readonly CorsCheckId[];
  readonly at: readonly Stage[];
  readonly reason: string;
}

const ACCESS: readonly Stage[] = ['preflight', 'response', 'redirect'];
const PREFLIGHT: readonly Stage[] = ['preflight'];

/** Chromium and WebKit since 2012, Firefox before 60, Internet Explorer and the first Edge. */
export const earlierMessages: readonly EarlierMessage[] = [
  chromium('PREFLIGHT_REDIRECT', 'Response for preflight is invalid (redirect)', PREFLIGHT),
  chromium(
    'PREFLIGHT_REDIRECT',
    "The request was redirected to '{location}', which is disallowed for cross-origin requests that require preflight.",
    PREFLIGHT,
  ),
  chromium('PREFLIGHT_STATUS', 'Response for preflight has invalid HTTP status code', PREFLIGHT),
  chromium('PREFLIGHT_STATUS', 'Invalid HTTP status code', PREFLIGHT),
  chromium(
    'ACAC_NOT_TRUE',
    "Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is '{value}'. It must be 'true' to allow credentials.",
  ),
  chromium(
    'ACAO_WILDCARD_CREDENTIALS',
    "A wildcard '*' cannot be used in the 'Access-Control-Allow-Origin' header when the credentials flag is true.",
  ),
  chromium('SCHEME', 'Cross origin requests are only supported for HTTP.', ['request', 'redirect']),
  firefox('PREFLIGHT_STATUS', 'CORS preflight channel did not succeed', PREFLIGHT),
  firefox(
    'HEADER',
    "missing token '{header}' in CORS header 'Access-Control-Allow-Headers' from CORS preflight channel",
    PREFLIGHT,
  ),
  firefox(
    'ACAO_MISSING',
    'This can be fixed by moving the resource to the same domain or enabling CORS',
  ),
  explorer(
    ['ACAO_MISSING', 'ACAO_MISMATCH'],
    'Origin {origin} not found in Access-Control-Allow-Origin header',
  ),
  explorer(
    ['HEADER'],
    'Request header {header} was not present in the Access-Control-Allow-Headers list',
    PREFLIGHT,
  ),
  explorer(
    ['METHOD'],
    'Request method {method} was not present in the Access-Control-Allow-Methods list',
    PREFLIGHT,
  ),
  explorer(['PREFLIGHT_REDIRECT'], 'Redirect was blocked for CORS request', [
    'preflight',
    'redirect',
  ]),
  explorer(
    ['ACAO_MULTIPLE'],
    'Multiple Access-Control-Allow-Origin headers are not allowed for CORS response',
  ),
  explorer(['ACAO_MISSING'], 'No Access-Control-Allow-Origin header was found'),
];

function chromium(check: CorsCheckId, reason: string, at = ACCESS): EarlierMessage {
  return { browser: 'chromium', checks: [check], at, reason };
}

function firefox(check: CorsCheckId, reason: string, at = ACCESS): EarlierMessage {
  return { browser: 'firefox', checks: [check], at, reason };
}

/** Nothing of today words it as these did. */
function explorer(checks: readonly CorsCheckId[], reason: string, at = ACCESS): EarlierMessage {
  return { browser: 'chromium', checks, at, reason };
}
