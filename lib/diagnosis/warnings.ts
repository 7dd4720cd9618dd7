import { HeaderList } from '../browser/http/header-list.js';
import { isRedirectStatus } from '../browser/http/redirects.js';
import type { FindingKind, ReceivedResponse, Simulation } from '../browser/index.js';
import { PROBE_ORIGIN } from '../fetch/origins.js';
import { printable } from '../text/escape.js';
import type { Observation } from './probe.js';
import { nestNotFound } from './servers/nest.js';
import { hasPage } from './servers/recognise.js';

const NOTES: readonly FindingKind[] = [
  'HEADER_DROPPED',
  'OPAQUE_RESPONSE',
  'REDIRECT_NOT_FOLLOWED',
  'PREFLIGHT_HEADERS_MISPLACED',
  'MAX_AGE_MISSING',
  'MAX_AGE_CAPPED',
  'HEADERS_NOT_EXPOSED',
  'ERROR_STATUS',
];

/**
 * What should be known about a server besides the verdict: what the simulation found, and what
 * comparing several responses shows. What the verdict already says is not repeated.
 */
export function findWarnings(
  { failedCheck, blockedAt, findings }: Simulation,
  observations: readonly Observation[],
): readonly Warning[] {
  const vary = varyWarnings(observations);
  const found = findings
    // With several responses at hand, there is no need to guess from one.
    .filter(({ kind }) => kind !== 'VARY_ORIGIN_MISSING' || vary === null)
    .map(({ kind, sentence }): Warning => {
      return { id: kind, level: NOTES.includes(kind) ? 'note' : 'warning', sentence };
    });
  const openness = opennessWarnings(observations).filter(
    ({ id }) => id !== 'WILDCARD_WITH_CREDENTIALS' || failedCheck !== 'ACAO_WILDCARD_CREDENTIALS',
  );
  const compared = [
    ...openness,
    ...(vary ?? []),
    ...(failedCheck === 'ACAO_MULTIPLE' ? [] : layerWarnings(observations)),
    ...(failedCheck === null ? errorWarnings(observations) : []),
    ...(blockedAt === null ? optionsWarnings(observations) : []),
    ...nestWarnings(observations),
  ].filter(({ id }) => !found.some((other) => other.id === id));
  return [...found, ...compared].toSorted((a, b) => rank(a) - rank(b));
}

function rank({ level }: Warning): number {
  return level === 'warning' ? 0 : 1;
}

/** Something about a server that does not decide a check, but should be known. */
export interface Warning {
  readonly id:
    | FindingKind
    | 'CONSOLE_DISAGREES'
    | 'ELEMENT'
    | 'EXTENSION_PAGE'
    | 'METHOD_GUESSED'
    | 'NOT_IN_PASTE'
    | 'PASTE_DIFFERS'
    | 'ORIGIN_REFLECTED'
    | 'DUPLICATE_HEADER'
    | 'ERROR_WITHOUT_CORS'
    | 'OPTIONS_REFUSED'
    | 'OPTIONS_REDIRECTED'
    | 'NEST_WITHOUT_CORS';
  /** A note is about what is common and seldom harmful. */
  readonly level: 'warning' | 'note';
  /** Safe to print. */
  readonly sentence: string;
}

/** Warns of servers that allow every origin. */
function opennessWarnings(observations: readonly Observation[]): readonly Warning[] {
  const responses = (from: Observation['from']) =>
    observations.filter((one) => one.from === from).map(({ response }) => response);
  const warnings = reflection(responses('stranger').filter((one) => allows(one, PROBE_ORIGIN)));
  // A server that reflects every origin reflects `null` as well.
  if (warnings.length === 0) {
    warnings.push(...nullOrigin(responses('null').filter((one) => allows(one, 'null'))));
  }
  if (observations.some(({ response }) => allows(response, '*') && allowsCredentials(response))) {
    warnings.push({
      id: 'WILDCARD_WITH_CREDENTIALS',
      level: 'warning',
      sentence:
        '`*` is sent together with Access-Control-Allow-Credentials: browsers block every ' +
        'credentialed request. List the origins in `origin`, or drop credentials.',
    });
  }
  return warnings;
}

function reflection(reflecting: readonly ReceivedResponse[]): Warning[] {
  if (reflecting.length === 0) return [];
  return [
    reflecting.some(allowsCredentials)
      ? {
          id: 'ORIGIN_REFLECTED',
          level: 'warning',
          sentence:
            'Every origin is allowed, with credentials: a made-up one came back in ' +
            'Access-Control-Allow-Origin. Any site can read what is private to its visitors: list ' +
            'the origins in `origin`.',
        }
      : {
          id: 'ORIGIN_REFLECTED',
          level: 'note',
          sentence:
            'Every origin is allowed: a made-up one came back in Access-Control-Allow-Origin. ' +
            "If that is intended, write `origin: '*'`; otherwise list the origins.",
        },
  ];
}

function nullOrigin(allowing: readonly ReceivedResponse[]): readonly Warning[] {
  if (allowing.length === 0) return [];
  return [
    {
      id: 'NULL_ORIGIN_ALLOWED',
      level: 'warning',
      sentence:
        'The origin `null` is allowed: any page can get it with a sandboxed frame' +
        `${allowing.some(allowsCredentials) ? ', and read what is private to its visitors' : ''}.`,
    },
  ];
}

function allows(response: ReceivedResponse, origin: string): boolean {
  return new HeaderList(response.headers).get('access-control-allow-origin') === origin;
}

function allowsCredentials(response: ReceivedResponse): boolean {
  return new HeaderList(response.headers).get('access-control-allow-credentials') === 'true';
}

const RECIPIENTS: Readonly<Record<Observation['from'], string>> = {
  page: 'to the page',
  stranger: 'to another origin',
  null: 'to the origin `null`',
  nobody: 'to a request without `Origin`',
};

/**
 * Warns where responses differ by origin and `Vary` does not say so. Null when there are not
 * enough responses to compare.
 *
 * @see https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
 */
function varyWarnings(observations: readonly Observation[]): readonly Warning[] | null {
  const requests = observations.filter(({ kind }) => kind === 'request');
  if (requests.length < 2) return null;
  const allowed = new Set(requests.map(({ response }) => allowedOrigin(response)));
  if (allowed.size === 1) return [];

  const silent = requests.filter(({ response }) => !variesByOrigin(response));
  if (silent.length === 0) return [];
  const where =
    silent.length === requests.length
      ? 'every response'
      : `the response ${silent.map(({ from }) => RECIPIENTS[from]).join(', ')}`;
  return [
    {
      id: 'VARY_ORIGIN_MISSING',
      level: 'warning',
      sentence:
        'Access-Control-Allow-Origin depends on who asks, but `Vary: Origin` is missing from ' +
        `${where}: a cache may give one page the copy of another page, which ` +
        'the browser blocks.',
    },
  ];
}

function allowedOrigin(response: ReceivedResponse): string | null {
  return new HeaderList(response.headers).get('access-control-allow-origin');
}

function variesByOrigin(response: ReceivedResponse): boolean {
  const headers = new HeaderList(response.headers);
  return headers.lists('vary', 'origin') || headers.lists('vary', '*');
}

/** Headers of one value; of the others, several lines make one list. */
const SINGLE = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Max-Age',
] as const;

/** Warns of headers that are sent twice: two layers both handle CORS. */
function layerWarnings(observations: readonly Observation[]): readonly Warning[] {
  return SINGLE.flatMap((name): readonly Warning[] => {
    const lines = observations
      .map(({ response }) => new HeaderList(response.headers).values(name))
      .find((values) => values.length > 1);
    if (lines === undefined) return [];
    const values = lines.map((value) => `\`${printable(value)}\``).join(', ');
    return [
      {
        id: 'DUPLICATE_HEADER',
        level: 'warning',
        sentence:
          `${name} is sent in ${lines.length} lines (${values}): two layers, such as a proxy and ` +
          'the application, both add CORS headers. Let only one of them do it.',
      },
    ];
  });
}

/** Warns where `OPTIONS` does not reach the CORS layer, although this request did not need it. */
function optionsWarnings(observations: readonly Observation[]): readonly Warning[] {
  const preflight = observations.find((one) => one.kind === 'preflight' && one.from === 'page');
  if (preflight === undefined) return [];
  const { status } = preflight.response;
  const consequence = 'every request that needs a preflight will be blocked.';
  if (isRedirectStatus(status)) {
    return [
      {
        id: 'OPTIONS_REDIRECTED',
        level: 'warning',
        sentence: `OPTIONS is redirected (status ${status}): ${consequence}`,
      },
    ];
  }
  if (status !== 401 && status !== 403 && status !== 407) return [];
  return [
    {
      id: 'OPTIONS_REFUSED',
      level: 'warning',
      sentence:
        `OPTIONS is answered with status ${status}, probably by authentication that ` +
        `comes before CORS: ${consequence}`,
    },
  ];
}

/**
 * Warns where the 404 to a preflight is Nest's own: there is no CORS layer in front of the routes, and
 * `@Cors()` on them does nothing.
 */
function nestWarnings(observations: readonly Observation[]): readonly Warning[] {
  const isUnanswered = observations.some(
    (one) => one.kind === 'preflight' && one.from === 'page' && isNotFoundOfNest(one),
  );
  if (!isUnanswered) return [];
  return [
    {
      id: 'NEST_WITHOUT_CORS',
      level: 'warning',
      sentence:
        'The response to OPTIONS looks like the 404 of a Nest application without a CORS layer. If ' +
        'its controllers have `@Cors()`, `CorsModule` is probably not imported: decorators alone do ' +
        'nothing. Write `CorsModule.forRoot({ origin: … })` among the imports of the root module.',
    },
  ];
}

function isNotFoundOfNest(observation: Observation): boolean {
  const headers = new HeaderList(observation.response.headers);
  return headers.get('access-control-allow-origin') === null && hasPage(nestNotFound, observation);
}

/** Warns where a server forgets CORS as soon as something goes wrong. */
function errorWarnings(observations: readonly Observation[]): readonly Warning[] {
  const shared = observations.some((one) => one.kind === 'request' && isShared(one));
  const error = observations.find(
    ({ kind, response }) => kind === 'missing' && response.status >= 400,
  );
  if (!shared || error === undefined || isShared(error)) return [];
  return [
    {
      id: 'ERROR_WITHOUT_CORS',
      level: 'warning',
      sentence:
        `The response for a path that does not exist (status ${error.response.status}) has no ` +
        'Access-Control-Allow-Origin: pages see a CORS error instead of the ' +
        'status. Put CORS before routing and error handling.',
    },
  ];
}

function isShared({ from, response }: Observation): boolean {
  return (
    from === 'page' && new HeaderList(response.headers).get('access-control-allow-origin') !== null
  );
}
