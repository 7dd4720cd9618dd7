import { startOnce } from '../boot/start-once.mjs';
import { upTo } from '../report/row.mjs';
import { median, rotated } from '../timing/statistics.mjs';

const PACKAGES = { ours: 'nestjs-cors', cors: 'cors' };
const TARGETS = { import: 15, require: 10 };

/** What loading the package adds to an application of Nest, whether or not it then serves anything. */
export async function importRows({ rounds }) {
  const rows = [];
  for (const [way, mostMs] of Object.entries(TARGETS)) {
    const loads = { ours: [], cors: [] };
    for (let round = 0; round < rounds; round++) {
      for (const name of rotated(Object.keys(PACKAGES), round)) {
        loads[name].push(await startOnce('import-child.cjs', [way, PACKAGES[name]]));
      }
    }
    const time = measure(loads, (loaded) => loaded.time / 1000);
    const heap = measure({ ours: loads.ours }, ({ bytes }) => bytes / 1e6);
    const counted = [await startOnce('import-child.cjs', [way, PACKAGES.ours, 'count'])];
    const files = measure({ ours: counted }, ({ scripts }) => scripts);
    rows.push(
      { ...row(`${way} of the package`, 'ms CPU', time, mostMs), peer: 'cors' },
      row(`heap after ${way}`, 'MB', heap, 0.8),
      row(`scripts of ${way}`, 'scripts', files, 10),
    );
  }
  return rows;
}

function measure(loads, read) {
  const measured = Object.entries(loads).map(([name, all]) => {
    const rounds = all.map(read);
    return [name, { median: median(rounds), rounds }];
  });
  return Object.fromEntries(measured);
}

function row(work, unit, measured, most) {
  return { work, unit: `${unit}, beyond Nest`, measured, checks: [upTo(measured, most, unit)] };
}
