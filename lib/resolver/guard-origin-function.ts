import type { CorsRequest } from '../policy/cors-request.js';

/** For how long an origin function may think, in milliseconds. */
const TIMEOUT = 1000;

/** Why a function's answer counted as no. */
export interface OriginFunctionFailure {
  readonly origin: string;
  /** A sentence about what happened. */
  readonly problem: string;
  readonly error?: unknown;
}

/**
 * Makes an origin function safe to ask: it never throws, never rejects and always settles. What is
 * no clear yes is a no: a throw, a rejection, an answer that is no boolean, an answer after one
 * second.
 *
 * @param onFailure told of each of these
 */
export function guardOriginFunction(
  decide: (origin: string, request: CorsRequest) => unknown,
  onFailure: (failure: OriginFunctionFailure) => void,
): (origin: string, request: CorsRequest) => boolean | Promise<boolean> {
  const read = (origin: string, answer: unknown): boolean => {
    if (typeof answer === 'boolean') return answer;
    onFailure({ origin, problem: `it returned no boolean but ${kindOf(answer)}` });
    return false;
  };
  const fail = (origin: string, error: unknown): boolean => {
    onFailure({ origin, problem: 'it threw', error });
    return false;
  };

  return (origin, request) => {
    let answer: unknown;
    try {
      answer = decide(origin, request);
    } catch (error) {
      return fail(origin, error);
    }
    if (!isThenable(answer)) return read(origin, answer);

    return new Promise((resolve) => {
      let open = true;
      // After the time limit the refusal stands: what comes later is not even looked at.
      const conclude = (judge: () => boolean) => {
        if (!open) return;
        open = false;
        clearTimeout(timer);
        resolve(judge());
      };
      const timer = setTimeout(() => {
        conclude(() => {
          onFailure({ origin, problem: `it gave no answer within ${TIMEOUT} ms` });
          return false;
        });
      }, TIMEOUT);
      Promise.resolve(answer).then(
        (late) => conclude(() => read(origin, late)),
        (error: unknown) => conclude(() => fail(origin, error)),
      );
    });
  };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
