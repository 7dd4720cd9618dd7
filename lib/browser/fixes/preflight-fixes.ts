import { printable } from '../../text/escape.js';
import type { FailureDetails } from '../failure.js';
import type { Fix } from '../fix.js';
import type { Fixes } from './fixes.js';

/** What would let the answer to a CORS-preflight request count as one. */
export const preflightFixes: Fixes<'PREFLIGHT_STATUS' | 'PREFLIGHT_REDIRECT'> = {
  PREFLIGHT_REDIRECT: ({ failure }) => redirectFix(failure.details),
  PREFLIGHT_STATUS: ({ failure: { details } }) =>
    // Safari does not tell a redirect from any other status; the developer should.
    details.location === undefined ? statusFix(details) : redirectFix(details),
};

function redirectFix({ status = 0, location = '' }: FailureDetails): Fix {
  return {
    kind: 'change-url',
    options: {},
    sentence:
      `OPTIONS is redirected (status ${status}) to \`${printable(location)}\`, and browsers follow ` +
      'no redirect of a CORS-preflight request: let the page ask for that URL (https, slash at ' +
      'the end, host name), or do not redirect OPTIONS (login).',
  };
}

function statusFix({ status = 0 }: FailureDetails): Fix {
  return {
    kind: 'answer-preflight',
    options: {},
    sentence: `The CORS-preflight request was answered with status ${status}, but only 200 to 299 pass: ${remedyFor(status)}`,
  };
}

function remedyFor(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return 'authentication or a firewall stands before CORS. Browsers send no credentials with OPTIONS, so answer it before them, with 204.';
    case 404:
    case 405:
    case 501:
      return 'nothing handles OPTIONS here. Let the CORS layer answer it before the router, with 204.';
    case 429:
      return 'a rate limit counts CORS-preflight requests. Let OPTIONS pass it.';
    default:
      return status >= 500
        ? 'the server fails on OPTIONS; its log says why.'
        : 'answer OPTIONS with 204.';
  }
}
