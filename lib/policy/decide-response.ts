import { isSerializedOrigin } from '../fetch/origins.js';
import type { CorsOutcome, CorsPolicy, CorsRequest } from './policy.js';

/**
 * The CORS check's server side: which headers the response to a request gets.
 *
 * @see https://fetch.spec.whatwg.org/#cors-check
 */
export function decideResponse(
  prepared: ResponseDecisions,
  facts: ResponseFacts,
): CorsDecision | Promise<CorsDecision> {
  const { policy } = prepared;
  const { origin } = facts;
  if (policy === false || policy.origin.kind !== 'dynamic') return decideAtOnce(prepared, origin);
  if (origin === undefined || !isSerializedOrigin(origin)) return decideAtOnce(prepared, origin);
  const answer = policy.origin.allows(origin, facts.toCorsRequest());
  if (typeof answer === 'boolean') return answer ? prepared.allowed(origin) : prepared.notAllowed;
  return answer.then((yes) => (yes ? prepared.allowed(origin) : prepared.notAllowed));
}

/** The same without asking any function or class of the user's: where that would decide, nobody has. */
export function decideAtOnce(
  prepared: ResponseDecisions,
  origin: string | undefined,
): CorsDecision {
  if (origin === undefined) return prepared.withoutOrigin;
  const known = prepared.known.get(origin);
  if (known !== undefined) return known;
  if (prepared.policy === false) return prepared.notAllowed;
  if (!isSerializedOrigin(origin)) return prepared.malformed;

  const rule = prepared.policy.origin;
  switch (rule.kind) {
    case 'any':
      return prepared.allowed(origin);
    case 'listed':
      return rule.matches(origin) ? prepared.allowed(origin) : prepared.notAllowed;
    case 'dynamic':
      return UNDECIDED;
  }
}

/** What a decision on a response reads of its request. */
interface ResponseFacts {
  /** `Origin`. */
  readonly origin: string | undefined;
  /** What a user's origin function may see; made only when there is one. */
  toCorsRequest(): CorsRequest;
}

/** A policy with all that can be said of its responses before a request comes. */
export interface ResponseDecisions {
  readonly policy: CorsPolicy | false;
  /** Whether preflights too are left to the application. */
  readonly passesThrough: boolean;
  /** The policy as the only candidate of a preflight. */
  readonly alone: readonly (CorsPolicy | false)[];
  /** For a request without `Origin`. */
  readonly withoutOrigin: CorsDecision;
  /** For an origin that is not allowed. */
  readonly notAllowed: CorsDecision;
  /** For an `Origin` that is not a serialised origin. */
  readonly malformed: CorsDecision;
  /** For exact origins of the list that requests came from lately; no other is ever in it. */
  readonly known: ReadonlyMap<string, CorsDecision>;
  /** For an allowed origin. */
  readonly allowed: (origin: string) => CorsDecision;
}

const NO_HEADERS: readonly string[] = Object.freeze([]);
/** How many decisions each policy keeps for its exact origins: some 300 kB. */
const MOST_KNOWN = 1000;
const NO_ORIGINS: ReadonlyMap<string, CorsDecision> = new Map();

/**
 * Prepares a policy's decisions once, so that a request allocates at most one small object, and none
 * where its origin is one of the list's own.
 *
 * @param policy `false`: none applies
 * @param none why none does
 */
export function prepareResponses(
  policy: CorsPolicy | false,
  none: 'cors-disabled' | 'passed-through' = 'cors-disabled',
): ResponseDecisions {
  if (policy === false) {
    return sameForAll({ outcome: none, headers: NO_HEADERS, varyByOrigin: false });
  }
  // Not frozen: V8 does not inline `filter` and its like on frozen lists.
  const alone = [policy];

  const exposed = policy.exposedHeaders.join(', ');
  if (policy.origin.kind === 'any') {
    // Every response is the same, with and without `Origin`: otherwise a cached copy would break
    // a later CORS request (Fetch, "CORS protocol and HTTP caches").
    const headers = Object.freeze(headersFor(policy, exposed, '*'));
    const decide = (outcome: CorsDecision['outcome']) =>
      freeze({ outcome, headers, varyByOrigin: false });
    const allowed = decide('allowed');
    return Object.freeze({
      policy,
      passesThrough: false,
      alone,
      withoutOrigin: decide('not-a-cors-request'),
      notAllowed: allowed,
      malformed: allowed,
      known: NO_ORIGINS,
      allowed: () => allowed,
    });
  }

  const silent = (outcome: CorsDecision['outcome']) =>
    freeze({ outcome, headers: NO_HEADERS, varyByOrigin: true });
  const exact = policy.origin.kind === 'listed' ? policy.origin.exact : undefined;
  const known = new Map<string, CorsDecision>();
  return Object.freeze({
    policy,
    passesThrough: false,
    alone,
    withoutOrigin: silent('not-a-cors-request'),
    notAllowed: silent('origin-not-allowed'),
    malformed: silent('malformed-origin'),
    known,
    allowed: (origin: string): CorsDecision => {
      const headers = headersFor(policy, exposed, origin);
      const decision = { outcome: 'allowed', headers, varyByOrigin: true } as const;
      // What only a pattern or a function allows is not kept: there may be any number of them.
      if (exact?.has(origin) === true) {
        if (known.size === MOST_KNOWN) known.clear();
        known.set(origin, decision);
      }
      return decision;
    },
  });
}

/** The decisions where the policies for the readings of a path differ: no origin is allowed. */
export function prepareAmbiguous(): ResponseDecisions {
  // As for any other origin that is not allowed: with `rejectDisallowed` the response differs by it.
  const refused = freeze({ outcome: 'ambiguous-path', headers: NO_HEADERS, varyByOrigin: true });
  const withoutOrigin = freeze({ ...refused, outcome: 'not-a-cors-request' });
  return Object.freeze({ ...sameForAll(refused), withoutOrigin });
}

function sameForAll(decision: CorsDecision): ResponseDecisions {
  const disabled = freeze(decision);
  return Object.freeze<ResponseDecisions>({
    policy: false,
    passesThrough: decision.outcome === 'passed-through',
    alone: [false],
    withoutOrigin: disabled,
    notAllowed: disabled,
    malformed: disabled,
    known: NO_ORIGINS,
    allowed: () => disabled,
  });
}
/** For a response that is sent before its decision is made, or without one: it grants nothing. */
export const UNDECIDED: CorsDecision = freeze({
  outcome: 'undecided',
  headers: NO_HEADERS,
  varyByOrigin: true,
});

function headersFor(policy: CorsPolicy, exposed: string, origin: string): string[] {
  const headers = ['Access-Control-Allow-Origin', origin];
  if (policy.credentials) headers.push('Access-Control-Allow-Credentials', 'true');
  if (exposed !== '') headers.push('Access-Control-Expose-Headers', exposed);
  if (policy.timingAllowOrigin) headers.push('Timing-Allow-Origin', origin);
  return headers;
}

function freeze(decision: CorsDecision): CorsDecision {
  return Object.freeze(decision);
}

/** What a policy says of one response, as data: nothing is written here. */
export interface CorsDecision {
  readonly outcome: CorsOutcome;
  /** Names and values in turn, as `writeHead` takes them, without `Vary`. */
  readonly headers: readonly string[];
  /** Whether the response differs by origin, so that caches need `Vary: Origin`. */
  readonly varyByOrigin: boolean;
}
