import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median, rotated } from '../timing/statistics.mjs';

const CHILD = fileURLToPath(new URL('../boot/child.mjs', import.meta.url));
const ROUTES = 1000;
const LAYERS = ['none', 'ours'];

/** What the library adds to the start of an application: time once, memory for good. */
export async function bootRows({ rounds }) {
  const rows = [];
  for (const platform of ['express', 'fastify']) {
    const starts = { none: [], ours: [] };
    for (let round = 0; round < rounds; round++) {
      for (const layer of rotated(LAYERS, round)) starts[layer].push(await start(platform, layer));
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

/** In a process of its own: a second start would find everything compiled. */
async function start(platform, layer) {
  const child = fork(CHILD, [platform, layer], { execArgv: ['--expose-gc'] });
  const [[started]] = await Promise.all([once(child, 'message'), once(child, 'exit')]);
  return started;
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
  const value = measured.ours.median;
  return {
    work,
    unit,
    measured,
    limit: 'the application itself',
    checks: [
      {
        text: `under ${most.toLocaleString('en')} ${unit}`,
        label: `+${value.toFixed(0)} ${unit}`,
        value,
        met: value < most,
      },
    ],
  };
}
