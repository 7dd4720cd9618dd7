import { styleText } from 'node:util';
import { HeaderList, printableHeaders } from '../../browser/http/header-list.js';
import type { CorsCheckId, SimulationStep } from '../../browser/index.js';
import { browserTitles } from '../../browser/simulation.js';
import type { CheckReport } from '../../diagnosis/check.js';
import { verdictWords } from '../../diagnosis/verdict-words.js';
import { documentationOf } from '../../text/documentation.js';
import { printable, shortened } from '../../text/escape.js';
import type { Terminal } from '../terminal.js';

/** A server may send values of any length. */
const MAX_LENGTH = 1500;

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
      ...labelled('More', addressOf(simulation.failedCheck), width, style),
    ],
    changeText(report, width, style),
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
  // A server chooses where it redirects, and how long that is; with `--json` all of it is there.
  const cut = (line: string) => shortened(line, LONGEST_LINE);
  return `${blocks.map((lines) => lines.map(cut).join('\n')).join('\n\n')}\n`;
}

const LONGEST_LINE = 2000;

function titleText({ request, source }: CheckReport, style: Style): readonly string[] {
  const credentials = request.credentials ? ', with credentials' : '';
  const what = `${printable(request.method)} ${printable(request.url)}`;
  const browser = browserTitles[request.browser];
  return source === 'paste'
    ? [
        style('bold', `The pasted response, to ${what}`),
        `from ${request.origin}${credentials}, as ${browser} judges it; nothing was sent`,
      ]
    : [style('bold', what), `from ${request.origin}${credentials}, as ${browser} would`];
}

const VERDICT_LOOKS = {
  allowed: ['green', '✓'],
  blocked: ['red', '✗'],
  unknown: ['yellow', '?'],
} as const;

function verdictText(report: CheckReport, style: Style): string {
  const [look, mark] = VERDICT_LOOKS[report.conclusion.verdict];
  return style(look, `${mark} ${verdictWords(report)}`);
}

/** Where the check is documented, with every message that browsers have for it. */
function addressOf(check: CorsCheckId | null): string | null {
  return check === null ? null : documentationOf('troubleshooting', check);
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

/** Cause and fix name this library's options, so code for another server is announced. */
function changeText({ change }: CheckReport, width: number, style: Style): readonly string[] {
  if (change === null) return [];
  const { for: place, title, why, code, headers } = change;
  const isOurs = place === 'nestjs-cors' && why === null;
  const where = place === 'page' ? 'In the page:' : `Written for ${title}:`;
  return [
    ...(isOurs ? [] : [style('bold', where)]),
    ...(why === null ? [] : wrap(shortened(why, MAX_LENGTH), width)),
    ...code.map((line) => `    ${line}`),
    ...(headers === null ? [] : wrap(headers, width)),
  ];
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

/** Of a chain of redirects, the beginning and the end say it all. */
const SHOWN_FIRST = 4;
const SHOWN_LAST = 2;

/** What the browser did, step by step, as lines. */
function stepsText(steps: readonly SimulationStep[], style: Style): readonly string[] {
  const base = steps[0]?.request.url ?? '';
  const left = steps.length - SHOWN_FIRST - SHOWN_LAST;
  if (left <= 1) return steps.flatMap((step) => stepText(step, base, style));
  return [
    ...steps.slice(0, SHOWN_FIRST).flatMap((step) => stepText(step, base, style)),
    style('dim', `  ... ${left} more like these`),
    ...steps.slice(-SHOWN_LAST).flatMap((step) => stepText(step, base, style)),
  ];
}

function stepText(step: SimulationStep, base: string, style: Style): readonly string[] {
  const { request, response, failedCheck } = step;
  const mark = failedCheck === null ? style('green', '✓') : style('red', '✗');
  const end = response === null ? 'no response' : String(response.status);
  const headers = response === null ? [] : printableHeaders(response.headers);
  const shown = response !== null && headers.length === 0 ? ['no CORS headers'] : headers;
  return [
    `${mark} ${request.method} ${shortUrl(request.url, base)} → ${style('bold', end)}`,
    ...preflightText(step).map((line) => style('dim', `    ${line}`)),
    ...shown.map((line) => `    ${line}`),
  ];
}

/** Only what differs from the first URL: its origin stands above already. */
function shortUrl(url: string, base: string): string {
  const { origin, pathname, search } = new URL(url);
  return origin === new URL(base).origin ? pathname + search : url;
}

function preflightText({ kind, request }: SimulationStep): readonly string[] {
  if (kind === 'request') return [];
  const headers = new HeaderList(request.headers);
  const names = headers.get('access-control-request-headers');
  const method = headers.get('access-control-request-method') ?? '';
  return [`asks for ${method}${names === null ? '' : ` with ${names.replaceAll(',', ', ')}`}`];
}

/**
 * Breaks a text into lines of a width, at spaces. A longer word, such as a URL, stays whole, so that
 * it can be copied.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Styles a text; on a terminal without colours it leaves the text as it is. */
export type Style = (look: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string;

/** The style of a terminal. Node must not consult the process's terminal: this may be another. */
export function styleFor(colour: boolean): Style {
  return (look, text) => (colour ? styleText(look, text, { validateStream: false }) : text);
}
