import type { BrokenRule } from './issue.js';

/** What `enableCors()` takes on either platform and this module does not, by option. */
export const UNSUPPORTED_OPTIONS: ReadonlyMap<string, BrokenRule> = new Map(
  Object.entries({
    preflightContinue: leaveOut(
      'preflight-continue-unsupported',
      'CORS-preflight requests are always answered here; any other `OPTIONS` request reaches your `@Options()` handlers.',
    ),
    optionsSuccessStatus: leaveOut(
      'options-success-status-unsupported',
      'Answers to CORS-preflight requests are 204; the browsers that needed 200 are gone.',
    ),
    preflight: leaveOut(
      'preflight-unsupported',
      'CORS-preflight requests are always answered; write `@Cors(false)` where none is wanted.',
    ),
    strictPreflight: leaveOut(
      'strict-preflight-unsupported',
      'Only `OPTIONS` with `Origin` and `Access-Control-Request-Method` counts as a CORS-preflight request.',
    ),
    hideOptionsRoute: leaveOut(
      'hide-options-route-unsupported',
      'No route is added, so there is none to hide.',
    ),
    cacheControl: leaveOut(
      'cache-control-unsupported',
      'Answers to `OPTIONS` are never cached by HTTP; for how long browsers remember them is `maxAge`.',
    ),
    logLevel: leaveOut('log-level-unsupported', 'No route is added, so there is none to log.'),
    hook: leaveOut('hook-unsupported', 'The module runs before all other hooks by itself.'),
    delegator: leaveOut(
      'delegator-unsupported',
      'Write `@Cors()` where a route differs, or a function as `origin`: `(origin, request) => boolean`.',
    ),
  }),
);

function leaveOut(reason: BrokenRule['reason'], remedy: string): BrokenRule {
  return { reason, rule: 'to be left out', remedy };
}
