import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from './markdown-table.js';

interface Row {
  readonly work: string;
  readonly unit: string;
  readonly measured: Readonly<Record<string, { readonly median: number }>>;
  readonly peer?: string;
  readonly limit?: string;
  readonly checks: readonly {
    readonly text: string;
    readonly label: string;
    readonly met: boolean;
  }[];
}

/** Each work that has a target, as the last run of the benchmarks measured it. */
export function performanceTable(root: string): string {
  const file = join(root, 'bench/results/results.json');
  const { rows }: { rows: Row[] } = JSON.parse(readFileSync(file, 'utf8'));
  return markdownTable(
    ['Work', 'Ours', 'Compared with', 'Ratio', 'Target'],
    rows
      .filter(({ checks }) => checks.length > 0)
      .map(({ work, unit, measured, peer, limit, checks }) => [
        `${work} (${unit})`,
        digits(measured['ours']),
        [peer, limit]
          .flatMap((name) => (name ? `${name}: ${digits(measured[name])}` : []))
          .join(' · '),
        checks.map(({ label }) => label).join(', '),
        checks.map(({ text, met }) => (met ? text : `${text}: **missed**`)).join(', '),
      ]),
  );
}

/** At least three significant digits. */
function digits(measured: { readonly median: number } | undefined): string {
  const value = measured?.median ?? Number.NaN;
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
