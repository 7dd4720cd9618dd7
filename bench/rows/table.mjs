import { strictEqual } from 'node:assert';
import { median } from '../timing/statistics.mjs';
import { startOnce } from '../boot/start-once.mjs';
import { PLATFORMS } from '../work/route-table.mjs';
import { below } from '../report/row.mjs';

const ROUTES = 10_000;

/** What the table of 10,000 routes costs: time once, memory for good. */
export async function tableRows({ rounds }) {
  const rows = [];
  for (const platform of PLATFORMS) {
    const built = [];
    for (let round = 0; round < rounds; round++) {
      const once = await startOnce('table-child.mjs', [platform]);
      strictEqual(once.routes, ROUTES, 'Another number of routes than expected');
      built.push(once);
    }
    rows.push(
      row(
        `table of 10,000 routes, ${platform}`,
        'ms CPU',
        built.map(({ time }) => time / 1000),
        500,
      ),
      row(
        `memory of 10,000 routes, ${platform}`,
        'bytes a route',
        built.map(({ bytes }) => bytes / ROUTES),
        3000,
      ),
    );
  }
  return rows;
}

function row(work, unit, rounds, most) {
  const measured = { ours: { median: median(rounds), rounds } };
  return { work, unit, measured, checks: [below(measured, most, unit)] };
}
