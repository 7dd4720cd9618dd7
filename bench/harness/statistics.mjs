/**
 * Where the middle half of some measurements lies, and their median.
 *
 * @typedef {object} Spread
 * @property {number} median
 * @property {number} low the first quartile
 * @property {number} high the third
 */

/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/** @param {readonly number[]} values @returns {Spread} */
export function spread(values) {
  return {
    median: quantile(values, 0.5),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
  };
}

/**
 * What one series is to another, process by process: those with the same index ran side by side, so
 * whatever slowed the machine then is in both.
 *
 * @param {readonly number[]} of
 * @param {readonly number[]} to as many
 * @param {(a: number, b: number) => number} by
 */
export function paired(of, to, by) {
  if (of.length !== to.length) {
    throw new Error(`Expected as many measurements of both, got ${of.length} and ${to.length}.`);
  }
  return of.map((value, index) => by(value, to[index]));
}

/** Begins each round with another one, so that no one always follows the same neighbour. */
export function rotated(list, round) {
  const start = round % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

/** Between two values, as far as the rank lies between theirs. */
function quantile(values, part) {
  if (values.length === 0) throw new Error('Expected at least one measurement, got none.');
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (sorted.length - 1) * part;
  const below = sorted[Math.floor(rank)];
  return below + (sorted[Math.ceil(rank)] - below) * (rank - Math.floor(rank));
}
