import { spread } from '../harness/statistics.mjs';
import { number } from './number.mjs';

/**
 * The run as a Markdown document.
 *
 * @param {import('../run.mjs').Run} run
 */
export function table(run) {
  const { effort, quick, rows } = run;
  const beside = rows.flatMap(others);
  return `# What it costs

${sentence(run)} ${processes(effort.processes)} of each, in turns${quick ? ' (a quick run)' : ''}: the median, and in parentheses the middle half. Ratios are of processes that ran side by side. Every response is checked before it is timed. A target is met or missed by the median. To reproduce: \`npm run build && npm run bench\`.

| work | ours | peer | limit | result | target | |
| --- | ---: | ---: | ---: | --- | --- | --- |
${rows.map(line).join('\n')}
${beside.length === 0 ? '' : `\nAlso measured:\n\n${beside.join('\n')}\n`}`;
}

/** What was measured on, and what else it had to do. */
function sentence({ commit, date, machine }) {
  const { cores, model, node, loadBefore, loadAfter } = machine;
  return `Commit ${commit} on ${date}: CPU time on ${cores} cores (${model}), Node ${node}; load average ${loadBefore.toFixed(1)} before, ${loadAfter.toFixed(1)} after, the run itself included.`;
}

function processes(count) {
  return count === 1 ? '1 process' : `${count} processes`;
}

function line({ work, unit, samples, peer, limit, checks }) {
  const cells = [
    `${work} (${unit})`,
    middle(samples.ours),
    named(samples, peer),
    named(samples, limit),
    checks.map(({ label }) => label).join('<br>'),
    checks.map(({ target }) => target ?? '–').join('<br>'),
    checks.map(verdict).join('<br>'),
  ];
  return `| ${cells.join(' | ')} |`;
}

function verdict({ met }) {
  if (met === undefined) return '–';
  return met ? 'met' : '**missed**';
}

function named(samples, name) {
  return name === undefined ? '' : `${name}: ${middle(samples[name])}`;
}

function middle(values) {
  return number(spread(values).median);
}

function others({ work, samples, peer, limit }) {
  const shown = new Set(['ours', peer, limit]);
  const rest = Object.entries(samples).filter(([name]) => !shown.has(name));
  if (rest.length === 0) return [];
  const values = rest.map(([name, each]) => `${name} ${middle(each)}`);
  return [`- ${work}: ${values.join(' · ')}`];
}
