import { runProbe, runProbes, series } from '../harness/run-probes.mjs';
import { figure } from '../report/row.mjs';

const TARGETS = { import: 15, require: 10 };

/** What loading the package adds to an application of Nest, whether or not it then serves anything. */
export async function importRows({ processes }) {
  const rows = [];
  for (const [way, mostMs] of Object.entries(TARGETS)) {
    const sent = await runProbes(
      { ours: ['import.cjs', way, 'nestjs-cors'], cors: ['import.cjs', way, 'cors'] },
      processes,
    );
    const { scripts } = await runProbe(['import.cjs', way, 'nestjs-cors', 'count']);
    const heap = { ours: sent.ours.map(({ bytes }) => bytes / 1e6) };
    const time = series(sent, (loaded) => loaded.time / 1000);
    rows.push(
      { ...row(`${way} of the package`, 'ms CPU', time, mostMs), peer: 'cors' },
      row(`heap after ${way}`, 'MB', heap, 0.8),
      row(`scripts of ${way}`, 'scripts', { ours: [scripts] }, 10),
    );
  }
  return rows;
}

function row(work, unit, samples, most) {
  return { work, unit: `${unit}, beyond Nest`, samples, checks: [figure(samples, unit, most)] };
}
