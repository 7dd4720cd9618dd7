import { runProbes, series } from '../harness/run-probes.mjs';
import { paired } from '../harness/statistics.mjs';
import { figure, more } from '../report/row.mjs';
import { PLATFORMS } from '../work/answers.mjs';

const ROUTES = 1000;
const TARGETS = { Express: { ms: 40, bytes: 1500 }, Fastify: { ms: 85, bytes: 2000 } };

/** A small application from its first import on, that of the package included. */
export async function startRows({ processes }) {
  const rows = [];
  for (const platform of PLATFORMS) {
    const sent = await runProbes(
      { none: ['start.mjs', platform, 'none'], ours: ['start.mjs', platform, 'ours'] },
      processes,
    );
    const samples = series(sent, ({ time }) => time / 1000);
    rows.push({
      work: `start of a small application, import included, ${platform}`,
      unit: 'ms CPU',
      samples,
      limit: 'none',
      checks: [more(samples, 'none', 0.04)],
    });
  }
  return rows;
}

/** What the library adds to the start of an application of 1,000 routes: time once, memory for good. */
export async function bootRows({ processes }) {
  const rows = [];
  for (const platform of PLATFORMS) {
    const { ms, bytes } = TARGETS[platform];
    const sent = await runProbes(
      { none: ['boot.mjs', platform, 'none'], ours: ['boot.mjs', platform, 'ours'] },
      processes,
    );
    const added = (what, unit, read, most) => {
      const all = series(sent, read);
      const samples = {
        ours: paired(all.ours, all.none, (ours, none) => ours - none),
        'the application itself': all.none,
      };
      return {
        work: `${what}, ${platform}`,
        unit: `${unit}, added`,
        samples,
        limit: 'the application itself',
        checks: [figure(samples, unit, most)],
      };
    };
    const blocks = { ours: sent.ours.map(({ longestBlock }) => longestBlock) };
    rows.push(
      added('boot of 1,000 routes', 'ms CPU', ({ time }) => time / 1000, ms),
      added('memory of 1,000 routes', 'bytes a route', (it) => it.bytes / ROUTES, bytes),
      added('the same after a preflight', 'bytes a route', (it) => it.bytesInUse / ROUTES),
      {
        work: `longest hold of the event loop after boot of 1,000 routes, ${platform}`,
        unit: 'ms',
        samples: blocks,
        checks: [figure(blocks, 'ms', 5)],
      },
    );
  }
  return rows;
}
