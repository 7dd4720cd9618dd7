import { number } from './number.mjs';

/**
 * The run as a Markdown document.
 *
 * @param {{ machine: { cores: number, node: string }, quick: boolean, rows: import('./row.mjs').Row[] }} run
 */
export function table({ machine, quick, rows }) {
  const beside = rows.flatMap(others);
  return `# What it costs

Medians of interleaved rounds on ${machine.cores} cores, Node ${machine.node}${quick ? ' (a quick run)' : ''}; every response is checked before it is timed. Only ratios are meaningful: everything in one row ran side by side. To reproduce: \`npm run build && npm run bench\`.

| work | ours | peer | limit | ratio | target | met? |
| --- | ---: | ---: | ---: | --- | --- | --- |
${rows.map(line).join('\n')}
${beside.length === 0 ? '' : `\nAlso measured:\n\n${beside.join('\n')}\n`}`;
}

function line({ work, unit, measured, peer, limit, checks }) {
  const cells = [
    `${work} (${unit})`,
    number(measured.ours.median),
    named(measured, peer),
    named(measured, limit),
    checks.map(({ label }) => label).join('<br>'),
    checks.map(({ text }) => text).join('<br>'),
    checks.map(({ met }) => (met ? 'yes' : '**no**')).join('<br>'),
  ];
  return `| ${cells.join(' | ')} |`;
}

function named(measured, name) {
  return name === undefined ? '' : `${name}: ${number(measured[name].median)}`;
}

function others({ work, measured, peer, limit }) {
  const shown = new Set(['ours', peer, limit]);
  const rest = Object.entries(measured).filter(([name]) => !shown.has(name));
  if (rest.length === 0) return [];
  const values = rest.map(([name, { median }]) => `${name} ${number(median)}`);
  return [`- ${work}: ${values.join(' · ')}`];
}
