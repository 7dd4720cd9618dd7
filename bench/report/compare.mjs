import { readdirSync, readFileSync } from 'node:fs';

const RELEASES = new URL('../results/releases/', import.meta.url);

/** @returns {URL | undefined} the results of the last release: `<version>.json` */
export function lastRelease() {
  const order = new Intl.Collator('en', { numeric: true });
  const file = readdirSync(RELEASES).toSorted(order.compare).at(-1);
  return file === undefined ? undefined : new URL(file, RELEASES);
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

/** @param {ReturnType<typeof compareRuns>} compared */
export function comparison({ worse, better, compared, absent }, name) {
  const list = (title, lines) =>
    lines.length === 0 ? '' : `\n${title}:\n${lines.map((line) => `- ${line}`).join('\n')}\n`;
  const verdict =
    worse.length === 0
      ? 'Nothing became slower or larger beyond the spread'
      : `Slower or larger beyond the spread: ${worse.length}`;
  return `\n${verdict}, compared with ${name}: ${compared} figures, ${absent} that it does not have or names otherwise.\n${list('Worse', worse)}${list('Better', better)}`;
}

function checksOf({ rows }) {
  return rows.flatMap(({ work, checks }) =>
    checks.map((check) => [`${work}\n${check.name}`, check]),
  );
}
