import { printable, shortened } from '../../text/escape.js';
import type { CheckReport } from '../check-report.js';
import { stackNamed } from '../stacks/stack-named.js';
import type { Terminal } from '../terminal.js';
import { stepsText } from './steps-text.js';
import { type Style, styleFor } from './style.js';
import { wrap } from './wrap.js';

/** A server may put anything into what it is quoted with. */
const MAX_LENGTH = 1500;
const BROWSERS = { chromium: 'Chromium', firefox: 'Firefox', safari: 'Safari' } as const;
const STAGES = {
  request: 'before anything is sent',
  preflight: 'on the answer to the CORS-preflight request',
  response: 'on the response',
  redirect: 'on the redirect',
} as const;

/** A report for people: what was sent, what came back, the verdict, why, and what to do. */
export function reportText(report: CheckReport, { width, colour }: Terminal): string {
  const style = styleFor(colour);
  const { simulation, cause, remedy, warnings } = report;
  const blocks = [
    titleText(report, style),
    stepsText(simulation.steps, style),
    [verdictText(report, style)],
    [
      ...labelled('Browser', simulation.message, width, style),
      ...labelled('Cause', cause, width, style),
      ...labelled('Fix', remedy, width, style),
    ],
    codeText(report, style),
    warnings.flatMap(({ id, level, sentence }) =>
      bullet(
        level === 'warning' ? style('yellow', '!') : style('dim', '·'),
        id,
        sentence,
        width,
        style,
      ),
    ),
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function titleText({ asked }: CheckReport, style: Style): readonly string[] {
  const credentials = asked.credentials ? ', with credentials' : '';
  return [
    style('bold', `${printable(asked.method)} ${printable(asked.url)}`),
    `from ${asked.origin}${credentials}, as ${BROWSERS[asked.browser]} would`,
  ];
}

function verdictText({ simulation, conclusion }: CheckReport, style: Style): string {
  const { verdict, failedCheck, blockedAt } = simulation;
  const where = blockedAt === null ? '' : ` ${STAGES[blockedAt]}`;
  switch (conclusion.verdict) {
    case 'allowed':
      return style(
        'green',
        verdict === 'not-cors'
          ? "✓ Allowed: the URL is of the page's own origin, so no CORS check applies"
          : '✓ Allowed: the page can read the response',
      );
    case 'blocked':
      return style('red', `✗ Blocked${where}: ${failedCheck ?? 'MIXED_CONTENT'}`);
    case 'unknown':
      return style('yellow', `? Could not tell${where}: ${failedCheck ?? ''}`);
  }
}

/** A label, and a text beside it that may take several lines. */
function labelled(
  label: string,
  text: string | null,
  width: number,
  style: Style,
): readonly string[] {
  if (text === null || text === '') return [];
  const indent = ' '.repeat(9);
  return shortened(text, MAX_LENGTH)
    .split('\n')
    .flatMap((line) => wrap(line, width - indent.length))
    .map((line, index) => (index === 0 ? style('bold', label.padEnd(9)) : indent) + line);
}

/** Cause and fix speak of this library's options, so other words for them are announced. */
function codeText({ asked: { stack }, code }: CheckReport, style: Style): readonly string[] {
  const lines = code.map((line) => `    ${line}`);
  if (lines.length === 0 || stack === 'nestjs-cors') return lines;
  return [style('bold', `Written for ${stackNamed(stack).title}:`), ...lines];
}

function bullet(
  mark: string,
  id: string,
  sentence: string,
  width: number,
  style: Style,
): readonly string[] {
  return [
    `${mark} ${style('bold', id)}`,
    ...wrap(shortened(sentence, MAX_LENGTH), width - 2).map((line) => `  ${line}`),
  ];
}
