import { startOnce } from '../boot/start-once.mjs';
import { below } from '../report/row.mjs';
import { median, rotated } from '../timing/statistics.mjs';

const ROUTES = 1000;
const LAYERS = ['none', 'ours'];

/** What the library adds to the start of an application: time once, memory for good. */
export async function bootRows({ rounds }) {
  const rows = [];
  for (const platform of ['express', 'fastify']) {
    const starts = { none: [], ours: [] };
    for (let round = 0; round < rounds; round++) {
      for (const layer of rotated(LAYERS, round)) {
        starts[layer].push(await startOnce('child.mjs', [platform, layer]));
      }
    }
    const name = platform === 'express' ? 'Express' : 'Fastify';
    rows.push(
      row(
        `boot of 1,000 routes, ${name}`,
        'ms CPU',
        added(starts, ({ time }) => time / 1000),
        50,
      ),
      row(
        `memory of 1,000 routes, ${name}`,
        'bytes a route',
        added(starts, ({ bytes }) => bytes / ROUTES),
        3000,
      ),
    );
  }
  return rows;
}

function added({ none, ours }, read) {
  const without = none.map(read);
  const rounds = ours.map((started, round) => read(started) - without[round]);
  return {
    ours: { median: median(rounds), rounds },
    'the application itself': { median: median(without), rounds: without },
  };
}

function row(work, unit, measured, most) {
  return {
    work,
    unit: `${unit}, added`,
    measured,
    limit: 'the application itself',
    checks: [below(measured, most, unit)],
  };
}
