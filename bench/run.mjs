/**
 * Measures what the library costs, and writes bench/results/: `npm run bench`, after
 * `npm run build`. With `-- --quick`, less exactly, in a fraction of the time, and to the terminal
 * only; with `-- --only=preflights`, that part only, and to the terminal only, too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { format } from 'prettier';
import { checkBuild } from './check-build.mjs';
import { chart } from './report/chart.mjs';
import { table } from './report/table.mjs';

const quick = process.argv.includes('--quick');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7);
const effort = quick
  ? {
      servers: { processes: 1, rounds: 7, requests: 1600 },
      loops: { rounds: 7, roundMs: 15 },
      boot: { rounds: 3 },
      imports: { rounds: 5 },
    }
  : {
      servers: { processes: 3, rounds: 5, requests: 3200 },
      loops: { rounds: 11, roundMs: 40 },
      boot: { rounds: 9 },
      imports: { rounds: 15 },
    };

checkBuild();
// Elsewhere the library explains each refusal in the log, which is not what is measured here.
process.env['NODE_ENV'] = 'production';

// They import the build, so only now.
const { preflightRows } = await import('./rows/preflight.mjs');
const { actualRows } = await import('./rows/actual.mjs');
const { decisionRows } = await import('./rows/decision.mjs');
const { originRows } = await import('./rows/origins.mjs');
const { routeRows } = await import('./rows/routes.mjs');
const { adversarialRows } = await import('./rows/adversarial.mjs');
const { tableRows } = await import('./rows/table.mjs');
const { bootRows } = await import('./rows/boot.mjs');
const { importRows } = await import('./rows/import.mjs');

const parts = {
  preflights: () => preflightRows(effort.servers),
  'actual requests': () => actualRows(effort.servers),
  decisions: () => decisionRows(effort.loops),
  origins: () => originRows(effort.loops),
  routes: () => routeRows(effort.loops),
  'adversarial requests': () => adversarialRows(effort.loops),
  'route tables': () => tableRows(effort.boot),
  boot: () => bootRows(effort.boot),
  imports: () => importRows(effort.imports),
};
const rows = [];
for (const [name, measure] of Object.entries(parts)) {
  if (only !== undefined && only !== name) continue;
  console.error(`${name} …`);
  rows.push(...(await measure()));
}

const run = { machine: { cores: availableParallelism(), node: process.version }, quick, rows };
console.log(table(run));
if (!quick && only === undefined) await write(run);

async function write(results) {
  const folder = new URL('results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const json = JSON.stringify(results, (_key, value) =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value,
  );
  const files = {
    'results.json': await format(json, { parser: 'json', printWidth: 100 }),
    'results.md': await format(table(results), { parser: 'markdown' }),
    'chart.svg': chart(results),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(new URL(name, folder), text);
}
