import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Work that pauses after each of its small steps. Boot does all of it at once; an update lets requests
 * go ahead in between.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** How many members of a list are one step, where each takes a microsecond or less. */
export const MEMBERS_A_STEP = 256;

/** Does all of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** With a step that takes long, and the collection of garbage, it stays far below 20 ms. */
const SLICE_MS = 4;

/** Does it in slices, between which the event loop goes on. What takes less than one is done at once. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const deadline = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < deadline);
    await nextTurn();
  }
}

/** How many of what takes some ten microseconds are one step: a step of its own costs one. */
export const CALLS_A_STEP = 32;

/** As `map`, for what takes some ten microseconds. */
export function* mapInSteps<T, U>(members: Iterable<T>, map: (member: T) => U): Steps<U[]> {
  const mapped: U[] = [];
  for (const member of members) {
    mapped.push(map(member));
    if (mapped.length % CALLS_A_STEP === 0) yield;
  }
  return mapped;
}
