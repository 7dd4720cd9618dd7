import { number } from './number.mjs';

/**
 * @typedef {import('../timing/statistics.mjs').Measured} Measured
 *
 * @typedef {object} Check
 * @property {string} text the target, in words
 * @property {string} label what the value is, such as `0.19 × enableCors`
 * @property {number} value
 * @property {boolean} met
 *
 * @typedef {object} Row
 * @property {string} work
 * @property {string} unit
 * @property {Record<string, Measured>} measured by name; `ours` is one of them
 * @property {string} [peer] which of them is the peer
 * @property {string} [limit] which of them is the limit
 * @property {Check[]} checks none where the row is there to be read only
 */

/**
 * @param {Record<string, Measured>} measured
 * @returns {Check} that `of` is at most `most` times `to`
 */
export function atMost(measured, of, to, most, text) {
  const value = measured[of].median / measured[to].median;
  return { text, label: `${value.toFixed(2)} × ${to}`, value, met: value <= most };
}

/** @returns {Check} that `of` is at least `least` times faster than `to` */
export function atLeastFaster(measured, of, to, least, text) {
  const value = measured[to].median / measured[of].median;
  return { text, label: `${value.toFixed(1)} × faster than ${to}`, value, met: value >= least };
}

/** @returns {Check} that `of` costs at most `most` (0.1 is 10 %) more than `to` */
export function atMostMore(measured, of, to, most, text) {
  const value = measured[of].median / measured[to].median - 1;
  const percent = (value * 100).toFixed(1);
  return {
    text,
    label: `${value < 0 ? '' : '+'}${percent} % over ${to}`,
    value,
    met: value <= most,
  };
}

/** @returns {Check} that `ours` is below a fixed number, not a ratio */
export function below(measured, limit, unit) {
  const value = measured.ours.median;
  return {
    text: `under ${limit.toLocaleString('en')} ${unit}`,
    label: `${Math.round(value).toLocaleString('en')} ${unit}`,
    value,
    met: value < limit,
  };
}

/** @returns {Check} that `ours` is at most a fixed number, not a ratio */
export function upTo(measured, most, unit) {
  const value = measured.ours.median;
  return {
    text: `at most ${most} ${unit}`,
    label: `${number(value)} ${unit}`,
    value,
    met: value <= most,
  };
}
