import type { CorsRequest } from '../policy/policy.js';
import { askWithin } from './ask-within.js';
import type { AskingFailure } from './asking-failure.js';

/**
 * Makes an origin function safe to ask: it never throws, never rejects and always settles. What is
 * no clear yes is a no: a throw, a rejection, an answer that is no boolean or comes too late.
 *
 * @param timeout milliseconds
 * @param onFailure told of each of these
 */
export function guardOriginFunction(
  decide: (origin: string, request: CorsRequest) => unknown,
  timeout: number,
  onFailure: (failure: AskingFailure) => void,
): (origin: string, request: CorsRequest) => boolean | Promise<boolean> {
  return (origin, request) => {
    const answer = askWithin(
      timeout,
      () => decide(origin, request),
      (problem, error) => onFailure({ asked: 'the origin function', origin, problem, error }),
    );
    return answer instanceof Promise ? answer.then((late) => late === true) : answer === true;
  };
}
