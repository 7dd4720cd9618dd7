import { isSerializedOrigin } from '../fetch/serialized-origin.js';
import type { CorsDecision } from './cors-decision.js';
import type { CorsRequest } from './cors-request.js';
import type { ResponseDecisions } from './response-decisions.js';

/**
 * The CORS check's server side: which headers the response to a request gets.
 *
 * @see https://fetch.spec.whatwg.org/#cors-check
 */
export function decideResponse(
  prepared: ResponseDecisions,
  origin: string | undefined,
  request: () => CorsRequest,
): CorsDecision | Promise<CorsDecision> {
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
    case 'asked': {
      const answer = rule.ask(origin, request());
      if (typeof answer === 'boolean') {
        return answer ? prepared.allowed(origin) : prepared.notAllowed;
      }
      return answer.then((yes) => (yes ? prepared.allowed(origin) : prepared.notAllowed));
    }
  }
}
