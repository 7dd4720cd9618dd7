import { runProbes, series } from '../harness/run-probes.mjs';
import { figure, times } from '../report/row.mjs';
import { REFUSED, WITHIN } from '../work/adversarial.mjs';
import { PLATFORMS } from '../work/answers.mjs';

const ROUTES = [10, 1000, 10_000];

/** One decision about an actual request, against the `cors` middleware. */
export async function decisionRows(effort) {
  const row = async (work, kind, most) => {
    const samples = await timeLoops(
      { ours: ['decision.mjs', 'ours', kind], cors: ['decision.mjs', 'cors', kind] },
      effort,
    );
    const checks = [times(samples, 'cors', most)];
    return { work, unit: 'ns CPU', samples, peer: 'cors', checks };
  };
  return [
    await row('one decision, GET with Origin, Express', 'alone', 0.33),
    await row(
      'the same with route look-up and write, on a real response of node:http',
      'written',
      1,
    ),
  ];
}

/** One decision as the list of origins grows; half of the requests come from unknown origins. */
export async function originRows(effort) {
  const row = async (work, kind, sizes) => {
    const loops = sizes.map((size) => [
      counted(size, 'origin'),
      ['origins.mjs', 'ours', kind, size],
    ]);
    const largest = sizes.at(-1);
    const peer = `cors, ${counted(largest, 'origin')}`;
    const samples = await timeLoops(
      { ...Object.fromEntries(loops), [peer]: ['origins.mjs', 'cors', kind, largest] },
      effort,
    );
    const smallest = counted(sizes[0], 'origin');
    const all = { ...samples, ours: samples[counted(largest, 'origin')] };
    const checks = [times(all, smallest, 1.5)];
    return { work, unit: 'ns CPU a decision', samples: all, peer, limit: smallest, checks };
  };
  const regexps = await timeLoops(
    {
      ours: ['origins.mjs', 'ours', 'regexp', 1000],
      cors: ['origins.mjs', 'cors', 'regexp', 1000],
    },
    effort,
  );
  return [
    await row('1 → 100,000 exact origins', 'exact', [1, 1000, 100_000]),
    await row('1 → 10,000 patterns', 'pattern', [1, 100, 10_000]),
    {
      work: '1,000 RegExps',
      unit: 'ns CPU a decision',
      samples: regexps,
      peer: 'cors',
      checks: [figure(regexps, 'ns CPU', 2000)],
    },
  ];
}

/** What a preflight asks about, looked up among more and more routes. */
export async function routeRows(effort) {
  const rows = [];
  for (const platform of PLATFORMS) {
    for (const kind of ['static', 'parameter']) {
      const loops = ROUTES.map((size) => [
        counted(size, 'route'),
        ['routes.mjs', platform, kind, size],
      ]);
      const samples = await timeLoops(Object.fromEntries(loops), effort);
      const [smallest, largest] = [counted(ROUTES[0], 'route'), counted(ROUTES.at(-1), 'route')];
      const all = { ...samples, ours: samples[largest] };
      // On Express parameter paths are found by what stands before the parameter: not always so few.
      const most = kind === 'static' || platform === 'Fastify' ? 2 : undefined;
      rows.push({
        work: `10 → 10,000 routes, ${kind} paths, ${platform}`,
        unit: 'ns CPU a look-up',
        samples: all,
        limit: smallest,
        checks: [times(all, smallest, most)],
      });
    }
  }
  return rows;
}

/** Preflights made to be expensive, in the hook alone, against a normal one that is decided anew. */
export async function adversarialRows(effort) {
  const names = ['normal', ...Object.keys({ ...REFUSED, ...WITHIN })];
  const loops = names.map((name) => [name, ['adversarial.mjs', name]]);
  const samples = await timeLoops(Object.fromEntries(loops), effort);
  return names.slice(1).map((name) => {
    const pair = { ours: samples[name], 'normal preflight': samples.normal };
    return {
      work: `preflight with ${name}, in the hook alone`,
      unit: 'ns CPU a decision',
      samples: pair,
      limit: 'normal preflight',
      checks: [times(pair, 'normal preflight', name in REFUSED ? 2 : undefined)],
    };
  });
}

/** @param {Record<string, readonly unknown[]>} loops files of bench/loops/ with their arguments */
async function timeLoops(loops, { processes, loop }) {
  const probes = Object.entries(loops).map(([name, args]) => [
    name,
    ['loop.mjs', JSON.stringify(loop), ...args],
  ]);
  return series(await runProbes(Object.fromEntries(probes), processes), ({ time }) => time);
}

function counted(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
