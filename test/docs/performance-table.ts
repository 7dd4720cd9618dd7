import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from './markdown-table.js';

interface Run {
  readonly commit: string;
  readonly date: string;
  readonly quick: boolean;
  readonly machine: {
    readonly cores: number;
    readonly node: string;
    readonly loadBefore: number;
    readonly loadAfter: number;
  };
  readonly effort: { readonly processes: number };
  readonly rows: readonly Row[];
}

interface Row {
  readonly part: string;
  readonly work: string;
  readonly unit: string;
  readonly samples: Readonly<Record<string, readonly number[]>>;
  readonly peer?: string;
  readonly limit?: string;
  readonly checks: readonly Check[];
}

interface Check {
  readonly label: string;
  readonly target?: string;
  readonly met?: boolean;
}

/** What everybody pays. Of the other parts, the page shows what misses its target. */
const SHOWN = new Set(['preflights', 'actual', 'imports', 'start', 'boot']);

/** What was measured and on what, and each work that has a target, of the published benchmark. */
export function performanceTable(root: string): string {
  const file = join(root, 'bench/results/results.json');
  const run: Run = JSON.parse(readFileSync(file, 'utf8'));
  const rows = run.rows
    .map((row) => ({ ...row, checks: row.checks.filter(({ target }) => target !== undefined) }))
    .filter(({ checks }) => checks.length > 0);
  const isMissed = ({ checks }: Row) => checks.some(({ met }) => met === false);
  const table = markdownTable(
    ['Work', 'Ours', 'Compared with', 'Result', 'Target'],
    rows.filter((row) => SHOWN.has(row.part) || isMissed(row)).map(cells),
  );
  return `${sentences(run)} ${rows.length} figures have a target, and ${rows.filter(isMissed).length} miss it; all that do are in this table.\n\n${table}`;
}

function sentences({ commit, date, quick, machine, effort }: Run): string {
  const { cores, node, loadBefore, loadAfter } = machine;
  const run = quick ? 'a quick run' : 'a whole run';
  return `From ${run} on ${date}, commit ${commit}: CPU time of the process on ${cores} cores, Node ${node}, load average ${loadBefore.toFixed(1)} before the run and ${loadAfter.toFixed(1)} after it. Each figure is the median of ${effort.processes} processes, in turns with those it is compared with; parentheses hold the middle half of them.`;
}

function cells({ work, unit, samples, peer, limit, checks }: Row): string[] {
  return [
    `${work} (${unit})`,
    digits(samples['ours']),
    [peer, limit].flatMap((name) => (name ? `${name}: ${digits(samples[name])}` : [])).join(' · '),
    checks.map(({ label }) => label).join(', '),
    checks.map(({ target, met }) => (met ? target : `${target}: **missed**`)).join(', '),
  ];
}

/** The median, with three significant digits or more; of whole things, with as many as there are. */
function digits(samples: readonly number[] = []): string {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const ends = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  const value = ends.reduce<number>((sum, end = Number.NaN) => sum + end / 2, 0);
  const isShort = Math.abs(value) < 100 && !Number.isInteger(value);
  return isShort ? value.toPrecision(3) : Math.round(value).toLocaleString('en');
}
