import { isCorsResponseHeaderName } from '../../fetch/header-names.js';
import { printable } from '../../text/escape.js';
import type { Blocked } from '../fetch/user-agent.js';
import type { FailureDetails, Fix } from '../simulation.js';
import { type GuideFor, noSetting } from './guide-entry.js';

type PreflightCheck =
  | 'PREFLIGHT_STATUS'
  | 'PREFLIGHT_REDIRECT'
  | 'ACAM_PARSE'
  | 'ACAH_PARSE'
  | 'METHOD'
  | 'HEADER'
  | 'AUTHORIZATION_WILDCARD';

/** What would let the response to a preflight count as one, and its lists cover the request. */
export const preflightGuide: GuideFor<PreflightCheck> = {
  PREFLIGHT_STATUS: {
    cause:
      'OPTIONS was answered with a status outside 200 to 299: 401 and 403 mean authentication before CORS, 404 and 405 that nothing handles OPTIONS.',
    fix: 'Answer OPTIONS with 204, before authentication and routing.',
    fixFor: ({ failure: { details } }) =>
      // Safari does not tell a redirect from any other status; the developer should.
      details.location === undefined ? statusFix(details) : redirectFix(details),
  },
  PREFLIGHT_REDIRECT: {
    cause:
      'OPTIONS was redirected, as from http to https, to a trailing slash, or to a login page.',
    fix: 'Request the final URL directly, and do not redirect OPTIONS.',
    fixFor: ({ failure }) => redirectFix(failure.details),
  },
  ACAM_PARSE: {
    cause: 'Access-Control-Allow-Methods contains something that is not a method.',
    fix: 'Send methods, separated by commas.',
    fixFor: (blocked) => grammarFix('Access-Control-Allow-Methods', 'methods', blocked),
  },
  ACAH_PARSE: {
    cause: 'Access-Control-Allow-Headers contains something that is not a header name.',
    fix: 'Send header names, separated by commas.',
    fixFor: (blocked) => grammarFix('Access-Control-Allow-Headers', 'header names', blocked),
  },
  METHOD: {
    cause: 'Access-Control-Allow-Methods does not list the method; `patch` is not `PATCH`.',
    fix: 'Add the method to `methods`; if only the case differs, write it in upper case in the page.',
    fixFor: methodFix,
  },
  HEADER: {
    cause:
      'Access-Control-Allow-Headers does not list a request header; with credentials, `*` covers none.',
    fix: 'Add the header to `allowedHeaders`.',
    fixFor: (blocked) => headersFix(blocked, literalWildcard(blocked)),
  },
  AUTHORIZATION_WILDCARD: {
    cause: 'The page sends Authorization, and Access-Control-Allow-Headers covers it only by `*`.',
    fix: 'Add `authorization` to `allowedHeaders`.',
    fixFor: (blocked) => headersFix(blocked, ' By the standard, `*` does not cover it.'),
  },
};

function redirectFix({ status = 0, location = '' }: FailureDetails): Fix {
  return {
    kind: 'change-url',
    options: {},
    sentence:
      `OPTIONS is redirected (status ${status}) to \`${printable(location)}\`, and browsers do ` +
      'not follow redirects of a preflight: request that URL directly (https, trailing slash, ' +
      'host name), or do not redirect OPTIONS (login).',
  };
}

function statusFix({ status = 0 }: FailureDetails): Fix {
  return {
    kind: 'answer-preflight',
    options: {},
    sentence: `The preflight was answered with status ${status}, but only 200 to 299 pass: ${remedyFor(status)}`,
  };
}

/** Node answers so itself, and closes the connection. */
export const HEAD_TOO_LARGE =
  'URL and headers are together larger than the server takes, and it answered before any CORS layer saw the request. Mostly it is cookies: send fewer, or raise the limit (Node: `--max-http-header-size`, 16 kB; nginx: `large_client_header_buffers`).';

/** Why a preflight has such a status, and what helps. */
export function remedyFor(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return 'authentication or a firewall comes before CORS. Browsers never send credentials with OPTIONS: answer it before them, with 204.';
    case 404:
    case 405:
    case 501:
      return 'nothing handles OPTIONS here. Let the CORS layer answer it before the router, with 204.';
    case 431:
      return HEAD_TOO_LARGE;
    case 429:
      return 'a rate limit counts preflights. Exempt OPTIONS from it.';
    default:
      return status >= 500
        ? 'the server fails on OPTIONS; its log says why.'
        : 'answer OPTIONS with 204.';
  }
}

function methodFix(blocked: Blocked): Fix {
  const { method = '', listed = [] } = blocked.failure.details;
  const upper = method.toUpperCase();
  if (method !== upper && listed.includes(upper)) {
    return {
      kind: 'change-page',
      options: {},
      sentence:
        `The page sends the method \`${method}\`, but \`${upper}\` is allowed: methods are ` +
        `case-sensitive. Write \`method: '${upper}'\` in the page.`,
    };
  }
  const other = listed.find((member) => member.toUpperCase() === upper);
  const hint =
    other === undefined
      ? literalWildcard(blocked)
      : ` \`${other}\` is allowed, but methods are case-sensitive.`;
  return {
    kind: 'allow-method',
    options: { methods: [method] },
    sentence: `Access-Control-Allow-Methods does not contain \`${method}\`: add it to \`methods\`.${hint}`,
  };
}

/** What tracing libraries add to requests of any host. */
const TRACING_HEADER = /^(?:baggage|sentry-trace|traceparent|tracestate|x-datadog-.*|x-b3-.*|b3)$/;

function headersFix({ failure }: Blocked, hint: string): Fix {
  const { names = [] } = failure.details;
  const misplaced = names.find(isCorsResponseHeaderName);
  if (misplaced !== undefined) {
    return noSetting(
      'change-page',
      `The page sends \`${misplaced}\`, which is a response header: remove it from the request in the page. Only the server sends it.`,
    );
  }
  const tracing = names.filter((name) => TRACING_HEADER.test(name));
  if (tracing.length > 0 && tracing.length === names.length) {
    return {
      kind: 'change-page',
      options: {},
      sentence:
        `A tracing library in the page (Sentry, OpenTelemetry, Datadog) adds ${tracing.map((name) => `\`${name}\``).join(', ')}. ` +
        'For a server of somebody else, exclude it (Sentry: `tracePropagationTargets`); ' +
        'for your own, add the header to `allowedHeaders`.',
    };
  }
  const list = names.map((name) => `\`${name}\``).join(', ');
  const them = names.length === 1 ? 'it' : 'them';
  return {
    kind: 'allow-headers',
    options: { allowedHeaders: names },
    sentence: `Access-Control-Allow-Headers does not contain ${list}: add ${them} to \`allowedHeaders\`.${hint}`,
  };
}

function literalWildcard({ failure, request }: Blocked): string {
  const { listed = [] } = failure.details;
  return request.credentials === 'include' && listed.includes('*')
    ? ' With credentials, `*` is taken literally.'
    : '';
}

function grammarFix(header: string, what: string, { failure }: Blocked): Fix {
  return {
    kind: 'correct-list',
    options: {},
    sentence:
      `${header} contains \`${printable(failure.details.member ?? '')}\`, so browsers reject the ` +
      `whole list: send ${what}, separated by commas.`,
  };
}
