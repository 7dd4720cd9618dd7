import { median } from './statistics.mjs';

/** CPU time before anything is measured: compiling, which other threads do, is counted as well. */
const WARM_UP_MS = 150;

/** Work is prepared and timed in portions, so that what is prepared stays in the caches. */
const PORTION = 500;

/**
 * @template T
 * @typedef {object} Loop
 * @property {(count: number) => T[]} prepare makes what `count` passes work on; not timed
 * @property {(inputs: T[]) => unknown} run one pass for each; what it returns depends on all of
 * them, so that none is optimised away
 */

/**
 * The CPU time of one pass in this process, in nanoseconds: the median of the rounds.
 *
 * @param {Loop<unknown>} loop gets as many passes as fill a round, once it is warm
 * @param {{ rounds: number, roundMs: number }} effort
 */
export function timeLoop(loop, { rounds, roundMs }) {
  const portions = calibrate(loop, roundMs);
  return median(Array.from({ length: rounds }, () => timeOf(loop, portions)));
}

/** How many portions fill a round, once the loop is warm. */
function calibrate(loop, roundMs) {
  for (let spent = 0, portions = 1; ; portions *= 2) {
    const ms = (timeOf(loop, portions) * portions * PORTION) / 1e6;
    spent += ms;
    if (spent >= WARM_UP_MS) return Math.max(1, Math.round((portions * roundMs) / ms));
  }
}

function timeOf({ prepare, run }, portions) {
  let spent = 0;
  for (let i = 0; i < portions; i++) {
    const inputs = prepare(PORTION);
    const before = process.cpuUsage();
    run(inputs);
    const { user, system } = process.cpuUsage(before);
    spent += user + system;
  }
  return (spent * 1000) / (portions * PORTION);
}
