import { median } from '../harness/statistics.mjs';
import { number } from './number.mjs';

const WIDTH = 720;
const LABEL = 170;
const VALUE = 70;
const BAR = 16;
const GAP = 4;
const TITLE = 26;
const SPACE = 14;

/**
 * The rows that have a peer as bars, each group to a scale of its own: within it, lengths compare.
 *
 * @param {{ machine: { cores: number, node: string }, rows: import('./row.mjs').Row[] }} run
 * @returns {string} an SVG that reads on light and on dark pages
 */
export function chart({ machine, rows }) {
  let top = 0;
  const groups = [];
  for (const row of rows) {
    if (row.peer === undefined) continue;
    const { svg, height } = group(row);
    groups.push(`<g transform="translate(0 ${top})">${svg}</g>`);
    top += height + SPACE;
  }
  const footer = `<text class="note" x="0" y="${top + 6}">${machine.cores} cores, Node ${machine.node}. Shorter is better; only lengths within a group compare.</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top + 14}" role="img" aria-label="What each layer costs">
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; }
  .value { font-variant-numeric: tabular-nums; }
  .note { font-size: 12px; fill: #59636e; }
  .ours { fill: #e0234e; }
  .peer { fill: #8c959f; }
  .limit { fill: #bcc4cd; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .note { fill: #9198a1; }
    .ours { fill: #ff5c7f; }
    .peer { fill: #767f8a; }
    .limit { fill: #4a525c; }
  }
</style>
${groups.join('\n')}
${footer}
</svg>
`;
}

function group({ work, unit, samples, peer, limit }) {
  const bars = [
    ['ours', 'ours'],
    ['peer', peer],
    ['limit', limit],
  ].filter(([, name]) => name !== undefined);
  const largest = Math.max(...bars.map(([, name]) => median(samples[name])));
  const lines = bars.map(([kind, name], index) => {
    const value = median(samples[name]);
    const y = TITLE + index * (BAR + GAP);
    const width = Math.max(1, (value / largest) * (WIDTH - LABEL - VALUE));
    return [
      `<text x="${LABEL - 8}" y="${y + 12}" text-anchor="end">${escape(name)}</text>`,
      `<rect class="${kind}" x="${LABEL}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="2"/>`,
      `<text class="value" x="${(LABEL + width + 6).toFixed(1)}" y="${y + 12}">${number(value)}</text>`,
    ].join('');
  });
  return {
    svg: `<text class="title" x="0" y="16">${escape(work)} <tspan class="note">${escape(unit)}</tspan></text>${lines.join('\n')}`,
    height: TITLE + bars.length * (BAR + GAP),
  };
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
