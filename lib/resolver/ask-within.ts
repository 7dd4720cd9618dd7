import type { CorsRequest } from '../policy/policy.js';

/** Receives why there was no answer: part of a sentence, and what was thrown. It never throws. */
type OnNoAnswer = (problem: string, error?: unknown) => void;

/**
 * Calls code that may throw, reject, never settle or return nonsense: never throws, never rejects,
 * always settles. `undefined` means no answer; the caller treats it as no, and caches nothing.
 *
 * @param timeout milliseconds; what comes later is not even looked at
 */
export function askWithin(
  timeout: number,
  ask: () => unknown,
  onNoAnswer: OnNoAnswer,
): boolean | undefined | Promise<boolean | undefined> {
  const read = (answer: unknown): boolean | undefined => {
    if (typeof answer === 'boolean') return answer;
    onNoAnswer(`it did not return a boolean but ${answer === null ? 'null' : typeof answer}`);
    return undefined;
  };
  const fail = (error: unknown): undefined => {
    onNoAnswer('it threw', error);
    return undefined;
  };

  let answer: unknown;
  try {
    answer = ask();
    if (!isThenable(answer)) return read(answer);
  } catch (error) {
    return fail(error);
  }
  return new Promise((resolve) => {
    let isOpen = true;
    const conclude = (judge: () => boolean | undefined) => {
      if (!isOpen) return;
      isOpen = false;
      clearTimeout(timer);
      resolve(judge());
    };
    const timer = setTimeout(() => {
      conclude(() => {
        onNoAnswer(`it gave no answer within ${timeout} ms`);
        return undefined;
      });
    }, timeout);
    // Not `Promise.resolve`, which reads properties of what the user's code returned.
    new Promise<unknown>((settled) => settled(answer)).then(
      (late) => conclude(() => read(late)),
      (error: unknown) => conclude(() => fail(error)),
    );
  });
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/**
 * Makes an origin function safe to call: it never throws, never rejects and always settles. Anything
 * but a clear yes is a no: a throw, a rejection, an answer that is not a boolean or comes too late.
 *
 * @param timeout milliseconds
 * @param onFailure called for each of these
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

/** Why an answer about an origin counted as no. */
export interface AskingFailure {
  /** What was asked: `the origin function`, `PartnerOrigins`. */
  readonly asked: string;
  /** The origin that was asked about, as the client sent it: escape it before it is shown. */
  readonly origin: string;
  /** A part of a sentence about what happened: `it threw`. */
  readonly problem: string;
  /** What was thrown, if anything. */
  readonly error?: unknown;
}
