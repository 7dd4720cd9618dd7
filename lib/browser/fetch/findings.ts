import { isToken } from '../../fetch/tokens.js';
import { printable } from '../../text/escape.js';
import { HeaderList } from '../http/header-list.js';
import type { ReceivedResponse } from '../http/http-exchange.js';
import { browserTitles, type Failure, maxAgeCap } from '../simulation.js';
import type { FetchRequest } from './fetch-request.js';
import type { Journal } from './user-agent.js';

/** Notices what may surprise about a response that reached the page. */
export function noteResponse(
  request: FetchRequest,
  response: ReceivedResponse,
  exposed: readonly string[],
  journal: Journal,
): void {
  if (request.tainting === 'opaque' && request.destination === '') {
    journal.note(
      'OPAQUE_RESPONSE',
      "In `mode: 'no-cors'` the page gets an opaque response: no status, no headers, no body.",
    );
  }
  if (request.tainting !== 'cors') return;

  const headers = new HeaderList(response.headers);
  notePolicy(headers, journal);
  noteMisplaced(headers, request, journal);
  noteExposure(headers, request, exposed, journal);
  if (response.status >= 400) {
    journal.note(
      'ERROR_STATUS',
      `The status is ${response.status}, and the page can read it: this is not a CORS problem.`,
    );
  }
}

/** Browsers read the lists of methods and headers only on responses to preflights. */
function noteMisplaced(headers: HeaderList, request: FetchRequest, journal: Journal): void {
  const preflights = journal.steps.filter(
    (step) => step.kind === 'preflight' && step.request.url === request.url.href,
  );
  const misplaced = ['access-control-allow-headers', 'access-control-allow-methods'].filter(
    (name) =>
      headers.get(name) !== null &&
      !preflights.some((step) => new HeaderList(step.response?.headers ?? []).get(name) !== null),
  );
  if (misplaced.length === 0) return;
  journal.note(
    'PREFLIGHT_HEADERS_MISPLACED',
    `The response carries ${misplaced.join(' and ')}, which browsers read only on ` +
      'the response to a preflight.',
    misplaced,
  );
}

function noteExposure(
  headers: HeaderList,
  request: FetchRequest,
  exposed: readonly string[],
  journal: Journal,
): void {
  const list = headers.tokens('access-control-expose-headers');
  const invalid = list?.invalid ?? null;
  if (invalid !== null) {
    journal.note(
      'EXPOSE_INVALID',
      `Access-Control-Expose-Headers contains \`${printable(invalid)}\`, which is not a header name: ` +
        'the whole list is ignored.',
      [invalid],
    );
  } else if (request.credentials === 'include' && list?.members.includes('*') === true) {
    journal.note(
      'EXPOSE_WILDCARD_LITERAL',
      'With credentials, `Access-Control-Expose-Headers: *` exposes only a header ' +
        'named `*`: list the headers in `exposedHeaders`.',
    );
  }
  const hidden = headers
    .names()
    .filter((name) => !exposed.includes(name) && !isUnremarkableHeader(name));
  if (hidden.length === 0) return;
  journal.note(
    'HEADERS_NOT_EXPOSED',
    `The page cannot read ${hidden.map(printable).join(', ')}. List the ones it needs ` +
      'in `exposedHeaders`.',
    hidden,
  );
}

/** Notices what is odd about the policy that a passing response shows. */
function notePolicy(headers: HeaderList, journal: Journal): void {
  const origin = headers.get('access-control-allow-origin');
  const credentials = headers.get('access-control-allow-credentials');
  if (origin !== null && origin !== '*') noteMissingVary(headers, journal);
  if (origin === 'null') {
    journal.note(
      'NULL_ORIGIN_ALLOWED',
      'The origin `null` is allowed: any page can get it with a sandboxed frame' +
        (credentials === 'true' ? ', and read what is private to its visitors.' : '.'),
    );
  }
  if (origin === '*' && credentials === 'true') {
    journal.note(
      'WILDCARD_WITH_CREDENTIALS',
      '`*` cannot be combined with credentials: browsers block every credentialed request. List the ' +
        'origins in `origin`, or set `credentials: false`.',
    );
  }
  if (credentials !== null && credentials !== 'true') {
    journal.note(
      'CREDENTIALS_NOT_TRUE',
      `Access-Control-Allow-Credentials is \`${printable(credentials)}\`: only \`true\` has ` +
        'a meaning; otherwise omit it.',
    );
  }
}

/** @see https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches */
function noteMissingVary(headers: HeaderList, journal: Journal): void {
  if (headers.lists('vary', 'origin') || headers.lists('vary', '*')) return;
  journal.note(
    'VARY_ORIGIN_MISSING',
    'The response names an origin, but has no `Vary: Origin`: a cached copy may be given to a ' +
      'page of another origin, and blocked there. It is needed unless every response ' +
      'names this one origin, even to requests without `Origin`.',
  );
}

/** Notices what is odd about the response to a preflight, whether or not it passed. */
export function notePreflight(
  headers: HeaderList,
  failure: Failure | null,
  journal: Journal,
): void {
  if (failure?.check === 'AUTHORIZATION_WILDCARD') noteToleratedAuthorization(journal);
  noteMethodCase(headers, journal);
  // How long a refusal would be cached does not matter.
  if (failure === null) noteMaxAge(headers.get('access-control-max-age'), journal);
}

function noteToleratedAuthorization(journal: Journal): void {
  journal.note(
    'AUTHORIZATION_TOLERATED',
    'The standard requires `authorization` to be listed in Access-Control-Allow-Headers; ' +
      'current browsers still let `*` cover it, and have announced that they will stop.',
    ['authorization'],
  );
}

/** Methods compare byte by byte, and browsers send nearly all of them in upper case. */
function noteMethodCase(headers: HeaderList, journal: Journal): void {
  const members = headers.tokens('access-control-allow-methods')?.members ?? [];
  const odd = members.filter((member) => isToken(member) && member !== member.toUpperCase());
  if (odd.length === 0) return;
  journal.note(
    'METHOD_CASE',
    `Access-Control-Allow-Methods lists ${odd.join(', ')}: methods are ` +
      'case-sensitive, so write them in upper case.',
    odd,
  );
}

function noteMaxAge(value: string | null, journal: Journal): void {
  if (value === null) {
    journal.note(
      'MAX_AGE_MISSING',
      'There is no Access-Control-Max-Age: browsers send a new preflight after 5 seconds. Set `maxAge`.',
    );
    return;
  }
  if (!/^\d+$/.test(value)) {
    journal.note(
      'MAX_AGE_INVALID',
      `Access-Control-Max-Age is \`${printable(value)}\`, not a number of seconds: browsers send ` +
        'a new preflight at once, or after 5 seconds.',
    );
    return;
  }
  const seconds = Number(value);
  const capping = (['safari', 'chromium', 'firefox'] as const).filter(
    (browser) => seconds > maxAgeCap[browser],
  );
  if (capping.length === 0) return;
  const caps = capping
    .map((browser) => `${browserTitles[browser]} ${maxAgeCap[browser]}`)
    .join(', ');
  journal.note(
    'MAX_AGE_CAPPED',
    `Access-Control-Max-Age is ${value} seconds, but browsers cap it: ${caps}.`,
    capping,
  );
}

/** Names of response headers that pages have no use for, so nobody misses them. */
function isUnremarkableHeader(name: string): boolean {
  if (name.startsWith('access-control-') || name.startsWith('cross-origin-')) return true;
  switch (name) {
    case 'connection':
    case 'content-security-policy':
    case 'date':
    case 'keep-alive':
    case 'origin-agent-cluster':
    case 'referrer-policy':
    case 'server':
    case 'set-cookie':
    case 'set-cookie2':
    case 'strict-transport-security':
    case 'timing-allow-origin':
    case 'transfer-encoding':
    case 'vary':
    case 'x-content-type-options':
    case 'x-dns-prefetch-control':
    case 'x-download-options':
    case 'x-frame-options':
    case 'x-permitted-cross-domain-policies':
    case 'x-powered-by':
    case 'x-xss-protection':
      return true;
    default:
      return false;
  }
}
