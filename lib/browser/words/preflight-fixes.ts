import { printable } from '../../text/escape.js';
import type { Blocked, Fixes } from '../browser.js';
import type { FailureDetails, Fix } from '../simulation.js';

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

type ListCheck = 'METHOD' | 'HEADER' | 'AUTHORIZATION_WILDCARD' | 'ACAM_PARSE' | 'ACAH_PARSE';

/** What would make the lists of a CORS-preflight response cover the request. */
export const listFixes: Fixes<ListCheck> = {
  METHOD: methodFix,
  HEADER: (blocked) => headersFix(blocked, literalWildcard(blocked)),
  AUTHORIZATION_WILDCARD: (blocked) =>
    headersFix(blocked, ' By the standard, `*` does not cover it.'),
  ACAM_PARSE: (blocked) => grammarFix('Access-Control-Allow-Methods', 'methods', blocked),
  ACAH_PARSE: (blocked) => grammarFix('Access-Control-Allow-Headers', 'header names', blocked),
};

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

function headersFix({ failure }: Blocked, hint: string): Fix {
  const { names = [] } = failure.details;
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
    ? ' With credentials, `*` stands for itself and covers nothing else.'
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
