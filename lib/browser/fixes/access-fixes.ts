import { printable } from '../../text/escape.js';
import type { Blocked } from '../blocked.js';
import type { Fix } from '../fix.js';
import { requestOrigin } from '../request/request-origin.js';
import type { Fixes } from './fixes.js';
import { originDifference } from './origin-difference.js';

type AccessCheck =
  | 'ACAO_MISSING'
  | 'ACAO_MULTIPLE'
  | 'ACAO_INVALID'
  | 'ACAO_MISMATCH'
  | 'ACAO_WILDCARD_CREDENTIALS'
  | 'ACAC_NOT_TRUE';

/** What would let a response pass the CORS check. */
export const accessFixes: Fixes<AccessCheck> = {
  ACAO_MISSING: (blocked) => allowOrigin(blocked, missingFrom(blocked)),
  ACAO_MULTIPLE: ({ failure: { details } }) => ({
    kind: 'send-one-origin',
    options: {},
    sentence: severalOrigins(printable(details.value ?? ''), details.lines ?? 1),
  }),
  ACAO_INVALID: (blocked) => allowOrigin(blocked, unequal(blocked)),
  ACAO_MISMATCH: (blocked) => allowOrigin(blocked, unequal(blocked)),
  ACAO_WILDCARD_CREDENTIALS: (blocked) =>
    allowOrigin(
      blocked,
      'Access-Control-Allow-Origin is `*`, which goes with no credentials. Either the page does ' +
        "without `credentials: 'include'`, or the server names the origins.",
    ),
  ACAC_NOT_TRUE: ({ failure: { details } }) => ({
    kind: 'allow-credentials',
    options: { credentials: true },
    sentence:
      'The page sends credentials, but Access-Control-Allow-Credentials is ' +
      `${details.value === '' ? 'missing' : `\`${printable(details.value ?? '')}\``}: set ` +
      '`credentials: true`; it is needed on the answer to the CORS-preflight request and on the ' +
      'response.',
  }),
};

function severalOrigins(value: string, lines: number): string {
  return lines > 1
    ? `Access-Control-Allow-Origin is sent in ${lines} lines (\`${value}\`): two layers, such as a ` +
        'proxy and the application, both add it. Remove it from one of them.'
    : `Access-Control-Allow-Origin is \`${value}\`, but it takes one origin: give \`origin\` a ` +
        'list, so that each request is answered with its own.';
}

function unequal({ failure: { details }, request }: Blocked): string {
  const value = details.value ?? '';
  const difference = originDifference(value, requestOrigin(request));
  return `Access-Control-Allow-Origin is \`${printable(value)}\`: ${difference}.`;
}

function missingFrom({ at, status, failure: { details } }: Blocked): string {
  if (details.isDecided === true && at !== 'redirect') {
    const answer = at === 'preflight' ? 'The answer to the CORS-preflight request' : 'The response';
    return `${answer} (status ${status}) has no Access-Control-Allow-Origin, and its \`Vary: Origin\` shows that CORS is in force there: the origin is not allowed.`;
  }
  switch (at) {
    case 'preflight':
      return `The answer to the CORS-preflight request (status ${status}) has no Access-Control-Allow-Origin. Either the origin is not allowed, or OPTIONS does not reach the CORS layer: guards, a router's 404 or a gateway answer before it.`;
    case 'redirect':
      return `The redirect (status ${status}) has no Access-Control-Allow-Origin: ask for its target directly, or put CORS in front of what redirects.`;
    default:
      return `The response (status ${status}) has no Access-Control-Allow-Origin. Either the origin is not allowed, or something answers without CORS: a guard, an exception filter, a raw reply, a proxy's own error page.`;
  }
}

/** Allowing `null` would let every sandboxed frame in, so it is never proposed. */
function allowOrigin({ request, at }: Blocked, finding: string): Fix {
  const origin = requestOrigin(request);
  if (origin === 'null') {
    const redirected = request.pageOrigin !== 'null';
    return {
      kind: redirected ? 'change-url' : 'change-page',
      options: {},
      sentence: `${finding} The request carries \`Origin: null\`, ${
        redirected
          ? 'since it was redirected from one origin to another: ask for the final URL directly.'
          : "since the page's origin is opaque (a file, a sandboxed frame, a data: URL): serve the page over http or https."
      }`,
    };
  }
  const credentialed = request.credentials === 'include';
  const options = credentialed ? { origin: [origin], credentials: true } : { origin: [origin] };
  const set = `\`origin: ['${origin}']\`${credentialed ? ' and `credentials: true`' : ''}`;
  return {
    kind: at === 'redirect' ? 'change-url' : 'allow-origin',
    options,
    sentence: `${finding} To allow the page: ${set}.`,
  };
}
