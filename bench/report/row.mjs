import { paired, spread } from '../harness/statistics.mjs';
import { number } from './number.mjs';

/**
 * @typedef {object} Check what a row shows, and the target, if it has one
 * @property {string} name what it is, and in which unit: `× enableCors`
 * @property {import('../harness/statistics.mjs').Spread} spread
 * @property {string} label in words: `0.19 × enableCors (0.18 to 0.20)`
 * @property {boolean} relative whether it may be compared with what another machine has measured
 * @property {string} [target] in words
 * @property {boolean} [met] by the median
 *
 * @typedef {object} Row
 * @property {string} [part] see bench/parts.mjs
 * @property {string} work
 * @property {string} unit
 * @property {Record<string, readonly number[]>} samples one of each process, by name; `ours` is one of
 * the names. Those with the same index ran side by side
 * @property {string} [peer] the name of what others do
 * @property {string} [limit] the name of what nobody can undercut
 * @property {readonly Check[]} checks
 */

/** How many times the cost of another: `atMost` is the target. @returns {Check} */
export function times(samples, to, atMost, of = 'ours') {
  const ratios = spread(paired(samples[of], samples[to], (a, b) => a / b));
  const label = inWords(ratios, (value) => value.toFixed(2), `× ${to}`);
  const target = atMost === undefined ? undefined : `at most ${atMost} × ${to}`;
  return check(`× ${to}`, ratios, label, true, atMost, target);
}

/** What it costs more than another; 0.03 as `atMost` is 3 %. @returns {Check} */
export function more(samples, over, atMost) {
  const shares = spread(paired(samples.ours, samples[over], (a, b) => a / b - 1));
  const label = inWords(shares, percent, `over ${over}`);
  const target = atMost === undefined ? undefined : `at most ${percent(atMost)} over ${over}`;
  return check(`over ${over}`, shares, label, true, atMost, target);
}

/** The figure itself. @returns {Check} */
export function figure(samples, unit, atMost) {
  const figures = spread(samples.ours);
  const label = inWords(figures, number, unit);
  const target =
    atMost === undefined ? undefined : `at most ${atMost.toLocaleString('en')} ${unit}`;
  return check(unit, figures, label, false, atMost, target);
}

function check(name, values, label, relative, atMost, target) {
  const shown = { name, spread: values, label, relative };
  return target === undefined ? shown : { ...shown, target, met: values.median <= atMost };
}

function inWords({ median, low, high }, print, unit) {
  const middle = low === high ? '' : ` (${print(low)} to ${print(high)})`;
  return `${print(median)} ${unit}${middle}`;
}

function percent(share) {
  const rounded = Number((share * 100).toFixed(1));
  return `${rounded < 0 ? '−' : '+'}${Math.abs(rounded)} %`;
}
