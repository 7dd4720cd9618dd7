import type { CorsDecision } from './cors-decision.js';
import type { CorsPolicy } from './cors-policy.js';

/** A policy with all that can be said of its responses before a request comes. */
export interface ResponseDecisions {
  readonly policy: CorsPolicy | false;
  /** The policy as the only candidate of a CORS-preflight request. */
  readonly alone: readonly (CorsPolicy | false)[];
  /** For a request without `Origin`. */
  readonly withoutOrigin: CorsDecision;
  /** For an origin that is not allowed. */
  readonly notAllowed: CorsDecision;
  /** For an `Origin` that is no serialised origin. */
  readonly malformed: CorsDecision;
  /** For an allowed origin. */
  readonly allowed: (origin: string) => CorsDecision;
}

const NO_HEADERS: readonly string[] = Object.freeze([]);

/**
 * Prepares a policy's decisions once, so that a request allocates at most one small object.
 * `false` stands for `@Cors(false)`.
 */
export function prepareResponses(policy: CorsPolicy | false): ResponseDecisions {
  // Not frozen: V8 does not inline `filter` and its like on frozen lists.
  const alone = [policy];
  if (policy === false) {
    const disabled = freeze({
      outcome: 'cors-disabled',
      headers: NO_HEADERS,
      varyByOrigin: false,
    });
    return Object.freeze({
      policy,
      alone,
      withoutOrigin: disabled,
      notAllowed: disabled,
      malformed: disabled,
      allowed: () => disabled,
    });
  }

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
      alone,
      withoutOrigin: decide('not-a-cors-request'),
      notAllowed: allowed,
      malformed: allowed,
      allowed: () => allowed,
    });
  }

  const silent = (outcome: CorsDecision['outcome']) =>
    freeze({ outcome, headers: NO_HEADERS, varyByOrigin: true });
  return Object.freeze({
    policy,
    alone,
    withoutOrigin: silent('not-a-cors-request'),
    notAllowed: silent('origin-not-allowed'),
    malformed: silent('malformed-origin'),
    allowed: (origin: string): CorsDecision => ({
      outcome: 'allowed',
      headers: headersFor(policy, exposed, origin),
      varyByOrigin: true,
    }),
  });
}

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
