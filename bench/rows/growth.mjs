import { runProbes } from '../harness/run-probes.mjs';
import { figure } from '../report/row.mjs';
import { PLATFORMS } from '../work/answers.mjs';

const ROUTES = 10_000;

/** What the table of 10,000 routes costs: time once, memory for good. */
export async function tableRows({ processes }) {
  const rows = [];
  for (const platform of PLATFORMS) {
    const { ours } = await runProbes({ ours: ['table.mjs', platform] }, processes);
    rows.push(
      row(`table of 10,000 routes, ${platform}`, 'ms CPU', ours, (it) => it.time / 1000, 500),
      row(
        `memory of 10,000 routes, ${platform}`,
        'bytes a route',
        ours,
        (it) => it.bytes / ROUTES,
        3000,
      ),
    );
  }
  return rows;
}

/** An application that lists 1,000,000 origins. */
export async function manyOriginRows({ processes }) {
  const { ours } = await runProbes({ ours: ['many-origins.mjs'] }, processes);
  return [
    row('boot with 1,000,000 origins', 's CPU', ours, (it) => it.time / 1e6, 1.5),
    row('memory of 1,000,000 origins', 'MB', ours, (it) => it.bytes / 1e6, 60),
    row(
      'the same once each of them, and as many others, have asked',
      'MB',
      ours,
      (it) => it.bytesAfterUse / 1e6,
      60,
    ),
  ];
}

/** `update()` of one policy and of the global one, among 10,000 named policies on 10,000 routes. */
export async function updateRows({ processes }) {
  const { ours } = await runProbes({ ours: ['update.mjs'] }, processes);
  return [
    row(
      'longest hold of the event loop by update(), 10,000 policies, 10,000 routes',
      'ms',
      ours,
      (it) => it.longestBlock,
      20,
    ),
  ];
}

/** A resolver class with room for 1,000,000 answers, before the first one: beyond that for one answer. */
export async function resolverRows({ processes }) {
  const { ours, one } = await runProbes(
    { ours: ['resolver.mjs', 1_000_000], one: ['resolver.mjs', 1] },
    processes,
  );
  const added = ours.map(({ bytes }, index) => ({ bytes: bytes - one[index].bytes }));
  return [
    row(
      'memory of a resolver with max: 1e6, no answer yet',
      'MB',
      added,
      (it) => it.bytes / 1e6,
      2,
    ),
  ];
}

function row(work, unit, sent, read, most) {
  const samples = { ours: sent.map(read) };
  return { work, unit, samples, checks: [figure(samples, unit, most)] };
}
