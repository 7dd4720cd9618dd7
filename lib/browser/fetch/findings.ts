import { isToken } from '../../fetch/tokens.js';
import { printable } from '../../text/escape.js';
import { browserTitles, maxAgeCap } from '../browsers.js';
import { HeaderList } from '../http/header-list.js';
import type { ReceivedResponse } from '../http/http-exchange.js';
import type { Failure } from '../simulation.js';
import type { FetchRequest } from './fetch-request.js';
import type { Journal } from './user-agent.js';

/** Notices what may surprise about a response that reached the page. */
export function noteResponse(
  request: FetchRequest,
  response: ReceivedResponse,
  exposed: readonly string[],
  journal: Journal,
): void {
  if (request.tainting === 'opaque') {
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

/** What allows methods and headers is read on answers to CORS-preflight requests alone. */
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
    `The response carries ${misplaced.join(' and ')}, which browsers read on the answer to a ` +
      'CORS-preflight request only.',
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
      `Access-Control-Expose-Headers contains \`${printable(invalid)}\`, which is no header name: ` +
        'the whole list is ignored.',
      [invalid],
    );
  } else if (request.credentials === 'include' && list?.members.includes('*') === true) {
    journal.note(
      'EXPOSE_WILDCARD_LITERAL',
      'With credentials, `Access-Control-Expose-Headers: *` exposes a header named `*` and no ' +
        'other: name the headers in `exposedHeaders`.',
    );
  }
  const hidden = headers
    .names()
    .filter((name) => !exposed.includes(name) && !isUnremarkableHeader(name));
  if (hidden.length === 0) return;
  journal.note(
    'HEADERS_NOT_EXPOSED',
    `The page cannot read ${hidden.map(printable).join(', ')}. What it needs goes into ` +
      '`exposedHeaders`.',
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
      'The origin `null` is allowed: any page can have it by way of a sandboxed frame' +
        (credentials === 'true' ? ', and it may read what is private to a visitor.' : '.'),
    );
  }
  if (origin === '*' && credentials === 'true') {
    journal.note(
      'WILDCARD_WITH_CREDENTIALS',
      '`*` goes with no credentials: browsers will block every credentialed request. Name the ' +
        'origins in `origin`, or set `credentials: false`.',
    );
  }
  if (credentials !== null && credentials !== 'true') {
    journal.note(
      'CREDENTIALS_NOT_TRUE',
      `Access-Control-Allow-Credentials is \`${printable(credentials)}\`: it means something only ` +
        'as `true`, and is left out else.',
    );
  }
}

/** @see https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches */
function noteMissingVary(headers: HeaderList, journal: Journal): void {
  if (headers.lists('vary', 'origin') || headers.lists('vary', '*')) return;
  journal.note(
    'VARY_ORIGIN_MISSING',
    'The response names an origin, but has no `Vary: Origin`: a cached copy may be given to a ' +
      'page of another origin, and blocked there. It is needed unless every response, also ' +
      'without `Origin` in the request, names this one origin.',
  );
}

/** Notices what is odd about the answer to a CORS-preflight request, whether or not it passed. */
export function notePreflight(
  headers: HeaderList,
  failure: Failure | null,
  journal: Journal,
): void {
  if (failure?.check === 'AUTHORIZATION_WILDCARD') noteToleratedAuthorization(journal);
  noteMethodCase(headers, journal);
  // How long a refusal is kept is of no interest.
  if (failure === null) noteMaxAge(headers.get('access-control-max-age'), journal);
}

function noteToleratedAuthorization(journal: Journal): void {
  journal.note(
    'AUTHORIZATION_TOLERATED',
    'The standard wants `authorization` named in Access-Control-Allow-Headers; the browsers of ' +
      'today still let `*` cover it, and have announced that they will not.',
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
      'There is no Access-Control-Max-Age: browsers ask again after 5 seconds. Set `maxAge`.',
    );
    return;
  }
  if (!/^\d+$/.test(value)) {
    journal.note(
      'MAX_AGE_INVALID',
      `Access-Control-Max-Age is \`${printable(value)}\`, not a number of seconds: browsers ask ` +
        'again at once, or after 5 seconds.',
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
    `Access-Control-Max-Age is ${value} seconds, but browsers keep the answer for less: ${caps}.`,
    capping,
  );
}

/** Names of response headers that pages have no use for, so that nobody misses them. */
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
