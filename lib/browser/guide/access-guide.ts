import { printable } from '../../text/escape.js';
import { requestOrigin } from '../fetch/fetch-request.js';
import type { Blocked } from '../fetch/user-agent.js';
import type { Fix } from '../simulation.js';
import { type GuideFor, noSetting } from './guide-entry.js';
import { HEAD_TOO_LARGE, remedyFor } from './preflight-guide.js';

type AccessCheck =
  | 'ACAO_MISSING'
  | 'ACAO_MULTIPLE'
  | 'ACAO_INVALID'
  | 'ACAO_MISMATCH'
  | 'ACAO_WILDCARD_CREDENTIALS'
  | 'ACAC_NOT_TRUE';

/** The CORS check: what would let a response pass it. */
export const accessGuide: GuideFor<AccessCheck> = {
  ACAO_MISSING: {
    cause:
      'The response has no Access-Control-Allow-Origin: the origin is not allowed, or something responds without CORS (a guard, an error page, a 404, a proxy, OPTIONS without a handler).',
    fix: "Add the page's origin to `origin`, and let the CORS layer respond before routing, guards and filters.",
    fixFor: (blocked) =>
      isOwnError(blocked)
        ? noSetting('reach-server', missingFrom(blocked))
        : allowOrigin(blocked, missingFrom(blocked)),
  },
  ACAO_MULTIPLE: {
    cause:
      'Access-Control-Allow-Origin names several origins, or is sent twice by two layers such as a proxy and the application.',
    fix: 'Let only one layer send it, and give `origin` a list: each response then names the origin of its request.',
    fixFor: ({ failure: { details } }) => ({
      kind: 'send-one-origin',
      options: {},
      sentence: severalOrigins(printable(details.value ?? ''), details.lines ?? 1),
    }),
  },
  ACAO_INVALID: {
    cause:
      'Access-Control-Allow-Origin has a value that is not an origin, such as `example.com` or `true`.',
    fix: 'Write `scheme://host`, with `:port` unless it is the default, in `origin`.',
    fixFor: (blocked) => allowOrigin(blocked, unequal(blocked)),
  },
  ACAO_MISMATCH: {
    cause:
      'Access-Control-Allow-Origin names another origin: a different scheme or port, `www.`, upper case or a trailing slash is enough.',
    fix: "Add the page's origin to `origin`, exactly as the browser sends it.",
    fixFor: (blocked) => allowOrigin(blocked, unequal(blocked)),
  },
  ACAO_WILDCARD_CREDENTIALS: {
    cause: 'The page sends credentials, and Access-Control-Allow-Origin is `*`.',
    fix: 'List the origins in `origin` and set `credentials: true`; or send the request without credentials.',
    fixFor: (blocked) =>
      allowOrigin(
        blocked,
        'Access-Control-Allow-Origin is `*`, which cannot be combined with credentials. Either ' +
          "the page drops `credentials: 'include'`, or the server lists the origins.",
      ),
  },
  ACAC_NOT_TRUE: {
    cause:
      'The page sends credentials, and Access-Control-Allow-Credentials is not exactly `true`.',
    fix: 'Set `credentials: true`; it is needed on the response to OPTIONS and on the actual response.',
    fixFor: ({ failure: { details } }) => ({
      kind: 'allow-credentials',
      options: { credentials: true },
      sentence:
        'The page sends credentials, but Access-Control-Allow-Credentials is ' +
        `${details.value === '' ? 'missing' : `\`${printable(details.value ?? '')}\``}: set ` +
        '`credentials: true`; it is needed on the response to the preflight and on the ' +
        'actual response.',
    }),
  },
};

function severalOrigins(value: string, lines: number): string {
  return lines > 1
    ? `Access-Control-Allow-Origin is sent in ${lines} lines (\`${value}\`): two layers, such as a ` +
        'proxy and the application, both add it. Remove it from one of them.'
    : `Access-Control-Allow-Origin is \`${value}\`, but only one origin is allowed: give \`origin\` ` +
        'a list, so that each response names the origin of its request.';
}

function unequal({ failure: { details }, request }: Blocked): string {
  const value = details.value ?? '';
  const difference = originDifference(value, requestOrigin(request));
  return `Access-Control-Allow-Origin is \`${printable(value)}\`: ${difference}.`;
}

function missingFrom({ at, status, request: { url }, failure: { details } }: Blocked): string {
  if (details.variesByOrigin === true && at !== 'redirect') {
    const what = at === 'preflight' ? 'The response to the preflight' : 'The response';
    return `${what} (status ${status}) has no Access-Control-Allow-Origin, and its \`Vary: Origin\` shows that a CORS layer responded: the origin is not allowed.`;
  }
  switch (at) {
    case 'preflight':
      if (status !== null && status >= 400) {
        return `The response to the preflight (status ${status}) has no Access-Control-Allow-Origin: ${remedyFor(status)}`;
      }
      return `The response to the preflight (status ${status}) has no Access-Control-Allow-Origin. Either the origin is not allowed, or OPTIONS does not reach the CORS layer: guards, a router's 404 or a gateway respond before it.`;
    case 'redirect':
      return `The redirect (status ${status}) has no Access-Control-Allow-Origin: request its target directly, or put CORS in front of whatever redirects.`;
    default:
      if (status !== null && status >= 400)
        return errorWithout(status, status === 403 && url.port === '5000');
      return `The response (status ${status}) ${NOT_ALLOWED_OR_NO_CORS}`;
  }
}

const NOT_ALLOWED_OR_NO_CORS =
  "has no Access-Control-Allow-Origin. Either the origin is not allowed, or something responds without CORS: a guard, an exception filter, a raw reply, a proxy's own error page.";

/** Statuses below 500 that no CORS layer has a part in. */
const OWN_ERRORS: readonly number[] = [408, 413, 414, 431];

/** An error on the way, not a refusal: to allow the origin would not help. */
function isOwnError({ at, status, failure: { details } }: Blocked): boolean {
  const isError = status !== null && (status >= 500 || OWN_ERRORS.includes(status));
  return isError && at === 'response' && details.variesByOrigin !== true;
}

/** The error is what is wrong; that the page cannot read it comes second. */
function errorWithout(status: number, isAirPlay: boolean): string {
  const what = `The response (status ${status}) has no Access-Control-Allow-Origin`;
  switch (status) {
    case 401:
    case 403:
      return `${what}. Either the origin is not allowed, or authentication or a firewall responds before the CORS layer.${isAirPlay ? ' On macOS, port 5000 belongs to AirPlay, which answers 403: use another port.' : ''}`;
    case 413:
      return `${what}: the body is too large for a proxy (nginx: \`client_max_body_size\`), whose error page has no CORS headers.`;
    case 408:
      return `${what}: the request arrived too slowly, and the server gave up before any CORS layer saw it (Node: \`server.requestTimeout\`, \`server.headersTimeout\`). Look at the connection, or allow more time for long uploads.`;
    case 414:
      return `${what}: the URL is too long for the server or a proxy, which answered before any CORS layer saw the request. Send in a body what is in the query.`;
    case 431:
      return `${what}: ${HEAD_TOO_LARGE}`;
    case 502:
    case 503:
    case 504:
      return `${what}: the error page of a proxy whose upstream is down or slow. Repair the upstream; for its CORS headers to stand on error pages as well, nginx needs \`add_header … always\`.`;
    default:
      return status >= 500
        ? `${what}: the server failed, and its log has the exception. Where an exception is not handled, many frameworks answer outside the CORS layer (Starlette and FastAPI: outside CORSMiddleware; handle the exception or wrap the whole application).`
        : `The response (status ${status}) ${NOT_ALLOWED_OR_NO_CORS}`;
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
          ? 'since it was redirected from one origin to another: request the final URL directly.'
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

/**
 * Says in what a header value differs from the origin it should equal, as the end of a sentence.
 *
 * @param value what the server sent, no list
 * @param origin a serialised origin
 */
export function originDifference(value: string, origin: string): string {
  if (value === 'null') return 'it is the string `null`, which only stands for opaque origins';
  if (origin === 'null') return 'the origin of the request is opaque (`null`)';
  if (/^(?:true|false|undefined)$/.test(value)) {
    return 'it is not an origin, but the value of a setting that was written into the header';
  }
  if (value.toLowerCase() === origin.toLowerCase()) return 'it differs in upper and lower case';
  // `localhost:3000` parses, as a URL of the scheme `localhost`.
  if (!value.includes('://') || !URL.canParse(value)) {
    return 'it is not an origin: an origin is `scheme://host`, optionally with `:port`';
  }

  const sent = new URL(value);
  const wanted = new URL(origin);
  const parts: string[] = [];
  if (sent.protocol !== wanted.protocol) {
    parts.push(`the scheme is ${sent.protocol} instead of ${wanted.protocol}`);
  }
  if (sent.hostname !== wanted.hostname) parts.push(hostDifference(sent, wanted));
  if (sent.port !== wanted.port) {
    parts.push(`the port is ${portOf(sent)} instead of ${portOf(wanted)}`);
  }
  return parts.length === 0 ? paddingOf(value) : parts.join(', ');
}

/** The same origin, but with something that an origin does not have. */
function paddingOf(value: string): string {
  if (/^[^/]+\/\/[^/]+\/$/.test(value)) return 'it ends in a slash, which origins never have';
  if (/:(?:80|443)$/.test(value)) return 'it names the default port, which browsers leave out';
  return 'it has more than scheme, host and port';
}

function hostDifference(sent: URL, wanted: URL): string {
  if (sent.hostname === `www.${wanted.hostname}`) {
    return 'it begins with `www.`, but the page does not';
  }
  if (wanted.hostname === `www.${sent.hostname}`) return 'it lacks the `www.` of the page';
  return `the host is ${sent.hostname} instead of ${wanted.hostname}`;
}

function portOf(url: URL): string {
  return url.port === '' ? 'the default one' : url.port;
}
