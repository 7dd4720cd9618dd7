/**
 * Measures what the library costs, after `npm run build`: `npm run bench`. The table goes to the
 * terminal, what became slower since the last release to its end, everything to reports/bench.json.
 *
 * - `--quick`: what every change should look at, in less than two minutes
 * - `--only=preflights,imports`: these parts only
 * - `--processes=3`: so many of each variant, instead of nine
 * - `--compare=FILE`: with that run, instead of the last release
 * - `--publish`: after a whole run, writes bench/results/ and the table of docs/performance.md
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { checkBuild } from './check-build.mjs';
import { chooseParts, effortOf, PARTS } from './parts.mjs';
import { chart } from './report/chart.mjs';
import { comparison, lastRelease, readRun } from './report/compare.mjs';
import { table } from './report/table.mjs';

const ROOT = new URL('../', import.meta.url);

/**
 * @typedef {object} Run
 * @property {string} version of the package
 * @property {string} commit what was measured
 * @property {string} date the day
 * @property {{ cores: number, model: string, node: string, loadBefore: number, loadAfter: number }} machine
 * @property {boolean} quick
 * @property {import('./parts.mjs').Effort} effort
 * @property {import('./report/row.mjs').Row[]} rows
 */

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    processes: { type: 'string' },
    compare: { type: 'string' },
    publish: { type: 'boolean', default: false },
  },
});
const { quick, only, publish } = options;
const effort = effortOf(quick, readProcesses(options.processes));
const parts = chooseParts(only, quick);
if (publish && (quick || only !== undefined || options.processes !== undefined)) {
  throw new Error('Expected a whole run with `--publish`: leave out the other options.');
}
const earlier = options.compare ?? lastRelease();
const before = earlier === undefined ? undefined : readRun(earlier);

checkBuild();
// For the probes; a server's is set where it starts.
process.env['NODE_ENV'] = 'production';

const { run, failed } = await measure();
console.log(table(run));
console.log(comparison(before, run));
if (failed.length > 0) {
  const remedy = `Run them alone: \`--only=${failed.join()}\`.`;
  console.error(`Not measured, for the errors above: ${failed.join(', ')}. ${remedy}`);
  process.exitCode = 1;
} else if (publish) {
  await write('bench/results/', run, ['results.json', 'results.md', 'chart.svg']);
  execFileSync('npm', ['test', '--', 'test/docs/generated-tables'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'test', UPDATE_DOCS: '1' },
  });
}

/** Everything so far is in reports/bench.json after each part: the hour that a run takes is not lost. */
async function measure() {
  const [loadBefore] = loadavg();
  const cores = availableParallelism();
  if (loadBefore > cores / 4) {
    console.error(`The machine is busy: load ${loadBefore.toFixed(1)} on ${cores} cores.`);
  }
  const { version } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  const model = cpus()[0]?.model ?? 'unknown';
  const machine = { cores, model, node: process.version, loadBefore, loadAfter: loadBefore };
  const date = new Date().toISOString().slice(0, 10);
  /** @type {Run} */
  const measured = { version, commit: currentCommit(), date, machine, quick, effort, rows: [] };
  const failures = [];
  const begin = performance.now();
  const progress = (what) =>
    console.error(`${((performance.now() - begin) / 60_000).toFixed(1)} min: ${what}`);
  for (const name of parts) {
    progress(`${name} …`);
    try {
      const ofPart = await PARTS[name].rows(effort);
      measured.rows.push(...ofPart.map((row) => ({ part: name, ...row })));
    } catch (error) {
      console.error(error);
      failures.push(name);
    }
    [machine.loadAfter] = loadavg();
    await write('reports/', measured, ['bench.json']);
  }
  progress('done');
  return { run: measured, failed: failures };
}

/** With `-dirty` where files differ from it. */
function currentCommit() {
  const args = ['describe', '--always', '--dirty'];
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}

function readProcesses(written) {
  if (written === undefined) return undefined;
  const count = Number(written);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`Expected \`--processes\` to be a number of processes, got \`${written}\`.`);
}

async function write(folder, results, names) {
  const json = JSON.stringify(results, (_key, value) =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value,
  );
  const make = {
    json: () => format(json, { parser: 'json', printWidth: 100 }),
    md: () => format(table(results), { parser: 'markdown' }),
    svg: () => chart(results),
  };
  mkdirSync(new URL(folder, ROOT), { recursive: true });
  for (const name of names) {
    writeFileSync(new URL(`${folder}${name}`, ROOT), await make[name.split('.').at(-1)]());
  }
}
