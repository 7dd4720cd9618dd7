import { actualRows } from './rows/actual.mjs';
import { bootRows, startRows } from './rows/boot.mjs';
import { connectionRows } from './rows/connections.mjs';
import { adversarialRows, decisionRows, originRows, routeRows } from './rows/decision.mjs';
import { manyOriginRows, resolverRows, tableRows, updateRows } from './rows/growth.mjs';
import { hostileRows } from './rows/hostile.mjs';
import { importRows } from './rows/import.mjs';
import { preflightRows } from './rows/preflight.mjs';

/**
 * How much is done for each figure.
 *
 * @typedef {object} Effort
 * @property {boolean} quick
 * @property {number} processes of each variant
 * @property {import('./load/compare-servers.mjs').Effort} servers
 * @property {{ rounds: number, roundMs: number }} loop
 */

/** @param {boolean} quick @param {number} [processes] @returns {Effort} */
export function effortOf(quick, processes = quick ? 3 : 9) {
  return {
    quick,
    processes,
    servers: quick
      ? { processes, rounds: 3, requests: 1600, warmUp: 6000 }
      : { processes, rounds: 5, requests: 3200, warmUp: 8000 },
    loop: quick ? { rounds: 5, roundMs: 15 } : { rounds: 11, roundMs: 40 },
  };
}

/** The parts of a run, and which of them a quick run has. */
export const PARTS = {
  preflights: { rows: preflightRows, daily: true },
  actual: { rows: actualRows, daily: true },
  imports: { rows: importRows, daily: true },
  start: { rows: startRows, daily: true },
  decisions: { rows: decisionRows, daily: true },
  boot: { rows: bootRows, daily: false },
  origins: { rows: originRows, daily: false },
  routes: { rows: routeRows, daily: false },
  adversarial: { rows: adversarialRows, daily: false },
  hostile: { rows: hostileRows, daily: false },
  connections: { rows: connectionRows, daily: false },
  tables: { rows: tableRows, daily: false },
  'many-origins': { rows: manyOriginRows, daily: false },
  update: { rows: updateRows, daily: false },
  resolver: { rows: resolverRows, daily: false },
};

/** @param {string | undefined} only as given with `--only`: names, with commas between them */
export function chooseParts(only, quick) {
  const names = Object.keys(PARTS);
  if (only === undefined) return names.filter((name) => !quick || PARTS[name].daily);
  const chosen = only.split(',');
  const unknown = chosen.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`Expected \`--only\` to name parts (${names.join(', ')}), got \`${unknown}\`.`);
  }
  return chosen;
}
