import type { ExplainedOption } from './cors-explanation.js';
import { printValue } from './print-value.js';
import type { CorsRoute } from './route-report.js';

const HEADINGS = ['Method', 'Path', 'Handler', 'Origin', 'Credentials', 'From'];

/** Routes and policies as one table for a terminal. */
export function routeTableText(routes: readonly CorsRoute[]): string {
  const rows = routes.map(({ method, path, handler, policy }) => [
    method,
    path,
    handler ?? '-',
    ...(policy === false ? ['CORS is off', '-', '-'] : policyCells(policy)),
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [HEADINGS, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function policyCells(policy: Readonly<Record<string, ExplainedOption>>): string[] {
  const places = new Set(
    Object.values(policy)
      .map(({ from }) => from)
      .filter((from) => from !== 'default'),
  );
  return [
    printValue(policy['origin']?.value),
    policy['credentials']?.value === true ? 'yes' : 'no',
    [...places].join(', '),
  ];
}
