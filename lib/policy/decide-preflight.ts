import { isSafelistedMethod } from '../fetch/methods.js';
import { isSerializedOrigin, MAX_ORIGIN_LENGTH } from '../fetch/origins.js';
import { announcedMethods, type PreflightTarget } from './announced-methods.js';
import type { CorsOutcome, CorsPolicy, CorsRequest } from './policy.js';
import { parseRequestHeaderNames } from './request-header-names.js';

/**
 * Answers a CORS-preflight request. An allowed origin gets 204 and the actual lists, so that the
 * browser itself names the method or header it refuses; any other origin gets an empty 403.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function decidePreflight(
  target: PreflightTarget,
  facts: PreflightFacts,
): PreflightDecision | Promise<PreflightDecision> {
  const { policies } = target;
  if (!policies.some(isEnabled)) {
    return target.isAmbiguous === true
      ? refuse('ambiguous-path', true)
      : refuse('cors-disabled', false);
  }

  const varies = policies.some(variesByOrigin);
  const isOrigin =
    policies.some((policy) => isListed(policy, facts.origin)) || isSerializedOrigin(facts.origin);
  // Where any origin is allowed, the response allows what is not a serialised origin as well: web views
  // send `file://`.
  if (!isOrigin && !(facts.origin.length <= MAX_ORIGIN_LENGTH && policies.some(allowsAny))) {
    return refuse('malformed-origin', varies);
  }

  const [first] = policies;
  const answers =
    policies.length === 1 && first
      ? [allowsOrigin(first, facts, isOrigin)]
      : policies.map((policy) => policy !== false && allowsOrigin(policy, facts, isOrigin));
  const conclude = (yes: readonly unknown[]) => {
    const allowed = allowedOf(policies, yes);
    return allowed.length === 0
      ? refuse('origin-not-allowed', varies)
      : announce(allowed, target, facts, varies, isOrigin);
  };
  return answers.some((answer) => answer instanceof Promise)
    ? Promise.all(answers.map((answer) => Promise.resolve(answer))).then(conclude)
    : conclude(answers);
}

function isEnabled(policy: CorsPolicy | false): boolean {
  return policy !== false;
}

/** An exact origin of a list was found valid when the application started. */
function isListed(policy: CorsPolicy | false, origin: string): boolean {
  return policy !== false && policy.origin.kind === 'listed' && policy.origin.exact.has(origin);
}

function variesByOrigin(policy: CorsPolicy | false): boolean {
  return policy !== false && policy.origin.kind !== 'any';
}

function allowsAny(policy: CorsPolicy | false): boolean {
  return policy !== false && policy.origin.kind === 'any';
}

function allowedOf(
  policies: PreflightTarget['policies'],
  yes: readonly unknown[],
): readonly CorsPolicy[] {
  const [first] = policies;
  // Nearly always one: `filter` makes a list with room for 17.
  if (policies.length === 1 && first) return yes[0] === true ? [first] : [];
  // Of `false` the answer is no.
  return policies.filter((_, index): _ is CorsPolicy => yes[index] === true);
}

function allowsOrigin(
  policy: CorsPolicy,
  facts: PreflightFacts,
  isOrigin: boolean,
): boolean | Promise<boolean> {
  const rule = policy.origin;
  if (rule.kind === 'any') return true;
  // Neither RegExps nor functions are asked about anything else.
  if (!isOrigin) return false;
  return rule.kind === 'listed'
    ? rule.matches(facts.origin)
    : rule.allows(facts.origin, facts.toCorsRequest());
}

function announce(
  allowed: readonly CorsPolicy[],
  target: PreflightTarget,
  facts: PreflightFacts,
  varies: boolean,
  isOrigin: boolean,
): PreflightDecision {
  const requestedHeaders = parseRequestHeaderNames(facts.requestHeaders);
  if (requestedHeaders === null) return refuse('malformed-request-headers', varies);

  const credentials = allowed.some((policy) => policy.credentials);
  const anyOrigin = !credentials && allowed.every((policy) => policy.origin.kind === 'any');
  const methods = announcedMethods(allowed, target, isOrigin ? facts : asNullOrigin(facts));
  const names = announcedHeaders(allowed, requestedHeaders);

  const headers = ['Access-Control-Allow-Origin', anyOrigin ? '*' : facts.origin];
  if (varies) headers.push('Vary', 'Origin');
  if (credentials) headers.push('Access-Control-Allow-Credentials', 'true');
  if (methods.length > 0) headers.push('Access-Control-Allow-Methods', listOf(methods));
  if (names.length > 0) headers.push('Access-Control-Allow-Headers', listOf(names));
  let maxAge = Infinity;
  for (const policy of allowed) maxAge = Math.min(maxAge, policy.maxAge);
  headers.push('Access-Control-Max-Age', String(maxAge));

  return {
    outcome: outcomeOf(facts.method, methods, requestedHeaders, names),
    status: 204,
    headers,
  };
}

/** What is not an origin is compared as `null`, which no list allows. */
function asNullOrigin(facts: PreflightFacts) {
  const { method } = facts;
  return { method, origin: 'null', toCorsRequest: () => facts.toCorsRequest() };
}

/** What `join` does, in half the time for the few names there nearly always are. */
function listOf(names: readonly string[]): string {
  let list = '';
  for (const name of names) list = list === '' ? name : `${list}, ${name}`;
  return list;
}

/** A literal `*` is never sent: without credentials it would stand for every name. */
function announcedHeaders(
  allowed: readonly CorsPolicy[],
  requested: readonly string[],
): readonly string[] {
  const lists: (readonly string[])[] = [];
  for (const { allowedHeaders } of allowed) {
    const list = allowedHeaders === 'requested' ? requested : allowedHeaders;
    if (!lists.includes(list)) lists.push(list);
  }
  const [only] = lists;
  // Nearly always. What a policy lists itself has no `*`.
  if (lists.length === 1 && only !== undefined) {
    return only === requested && requested.includes('*') ? requested.filter(isName) : only;
  }
  return [...new Set(lists.flat().filter(isName))];
}

function isName(name: string): boolean {
  return name !== '*';
}

/** So many names are searched faster than a set of them is made. */
const FEW_NAMES = 16;

/** What the browser will find when it reads the lists (steps 7.6 to 7.8 of the preflight fetch). */
function outcomeOf(
  method: string,
  methods: readonly string[],
  requestedHeaders: readonly string[],
  headers: readonly string[],
): CorsOutcome {
  if (!methods.includes(method) && !isSafelistedMethod(method)) return 'method-not-allowed';
  if (headers === requestedHeaders) return 'allowed';
  const known = headers.length > FEW_NAMES ? new Set(headers) : undefined;
  const isAnnounced = (name: string) => known?.has(name) ?? headers.includes(name);
  return requestedHeaders.every(isAnnounced) ? 'allowed' : 'header-not-allowed';
}

function refuse(outcome: CorsOutcome, varies: boolean): PreflightDecision {
  const headers = varies ? ['Vary', 'Origin', 'Content-Length', '0'] : ['Content-Length', '0'];
  return { outcome, status: 403, headers };
}

/** The response to a preflight on which no decision could be made. */
export function undecidedPreflight(): PreflightDecision {
  return refuse('undecided', true);
}

/** The whole response to a preflight, as data. It has no body. */
export interface PreflightDecision {
  readonly outcome: CorsOutcome;
  /** 204 when the origin is allowed (an ok status, as Fetch requires), otherwise 403. */
  readonly status: 204 | 403;
  /** Names and values in turn, as `writeHead` takes them, `Vary` included. */
  readonly headers: readonly string[];
}

/** What a decision reads of a preflight. */
interface PreflightFacts {
  /** `Origin`. */
  readonly origin: string;
  /** `Access-Control-Request-Method`. */
  readonly method: string;
  /** `Access-Control-Request-Headers`, all lines joined. */
  readonly requestHeaders: string | undefined;
  /** What a user's origin function may see; made only when there is one. */
  toCorsRequest(): CorsRequest;
}
