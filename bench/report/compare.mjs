import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Fewer processes have no spread to speak of. */
const FEWEST_PROCESSES = 3;

const RELEASES = new URL('../results/releases/', import.meta.url);

/**
 * The results of the last release: the file is named after its version.
 *
 * @returns {URL | undefined} `undefined` before the first release
 */
export function lastRelease(folder = RELEASES) {
  if (!existsSync(folder)) return undefined;
  const order = new Intl.Collator('en', { numeric: true });
  const file = readdirSync(folder).toSorted(order.compare).at(-1);
  return file === undefined ? undefined : new URL(file, folder);
}

/** @returns {import('../run.mjs').Run} */
export function readRun(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * What became slower or larger than in an earlier run, and what the contrary, beyond the spread: where
 * the middle halves of the processes do not touch. What only the same machine can compare is left out
 * on another one.
 *
 * @param {import('../run.mjs').Run} before
 * @param {import('../run.mjs').Run} now
 * @returns {{ worse: string[], better: string[], compared: number, absent: number }}
 */
export function compareRuns(before, now) {
  const sameMachine = ['cores', 'model', 'node'].every(
    (name) => before.machine[name] === now.machine[name],
  );
  const earlier = new Map(checksOf(before).map(([key, check]) => [key, check]));
  const result = { worse: [], better: [], compared: 0, absent: 0 };
  for (const [key, check] of checksOf(now)) {
    const old = earlier.get(key);
    if (old === undefined) {
      result.absent++;
      continue;
    }
    if (!check.relative && !sameMachine) continue;
    result.compared++;
    const line = `${key.split('\n')[0]}: ${old.label} → ${check.label}`;
    if (check.spread.low > old.spread.high) result.worse.push(line);
    if (check.spread.high < old.spread.low) result.better.push(line);
  }
  return result;
}

/**
 * The comparison in words.
 *
 * @param {import('../run.mjs').Run | undefined} before
 * @param {import('../run.mjs').Run} now
 */
export function comparison(before, now) {
  if (before === undefined) {
    return '\nCompared with nothing: no release has been measured yet. `--compare=FILE` names another run.\n';
  }
  if (now.effort.processes < FEWEST_PROCESSES) {
    return `\nNot compared with ${runName(before)}: that needs at least ${FEWEST_PROCESSES} processes.\n`;
  }
  const { worse, better, compared, absent } = compareRuns(before, now);
  const list = (title, lines) =>
    lines.length === 0 ? '' : `\n${title}:\n${lines.map((line) => `- ${line}`).join('\n')}\n`;
  return `\nCompared with ${runName(before)}: ${compared} figures; ${absent} are new. Beyond the spread, ${worse.length} became worse and ${better.length} better.\n${list('Worse', worse)}${list('Better', better)}`;
}

function runName({ version, commit, date }) {
  return `${version} (${commit}, ${date})`;
}

function checksOf({ rows }) {
  return rows.flatMap(({ work, checks }) =>
    checks.map((check) => [`${work}\n${check.name}`, check]),
  );
}
