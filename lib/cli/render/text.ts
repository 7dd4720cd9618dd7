import { styleText } from 'node:util';
import { HeaderList, printableHeaders } from '../../browser/http/header-list.js';
import {
  checkGuide,
  type IdentifiedMessage,
  type SimulationStep,
  type Verdict,
} from '../../browser/index.js';
import { browserTitles } from '../../browser/simulation.js';
import type { CheckReport } from '../../diagnosis/check.js';
import type { Paste } from '../../diagnosis/paste/paste.js';
import { servers } from '../../diagnosis/servers/servers.js';
import { printable, shortened } from '../../text/escape.js';
import type { Terminal } from '../terminal.js';

/** A server may send values of any length. */
const MAX_LENGTH = 1500;
const STAGES = {
  request: 'before anything is sent',
  preflight: 'on the response to the preflight',
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

function titleText({ request }: CheckReport, style: Style): readonly string[] {
  const credentials = request.credentials ? ', with credentials' : '';
  return [
    style('bold', `${printable(request.method)} ${printable(request.url)}`),
    `from ${request.origin}${credentials}, as ${browserTitles[request.browser]} would`,
  ];
}

function verdictText({ simulation, conclusion }: CheckReport, style: Style): string {
  const { verdict, failedCheck, blockedAt } = simulation;
  const where = blockedAt === null ? '' : ` ${STAGES[blockedAt]}`;
  switch (conclusion.verdict) {
    case 'allowed':
      return style('green', `✓ Allowed: ${ALLOWED[verdict] ?? ''}`);
    case 'blocked':
      return style('red', `✗ Blocked${where}: ${failedCheck ?? ''}`);
    case 'unknown':
      return style('yellow', `? Could not tell${where}: ${failedCheck ?? ''}`);
  }
}

const ALLOWED: Readonly<Partial<Record<Verdict, string>>> = {
  allowed: 'the page can read the response',
  'not-cors': "the URL has the page's own origin, so no CORS check applies",
  'needs-permission':
    'the page can read the response once the user lets it access the local network',
};

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
function codeText({ request: { server }, code }: CheckReport, style: Style): readonly string[] {
  const lines = code.map((line) => `    ${line}`);
  if (lines.length === 0 || server === 'nestjs-cors') return lines;
  return [style('bold', `Written for ${servers[server].title}:`), ...lines];
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

/** What a paste means, before the server is checked: first what only looks like CORS. */
export function pasteText({ identified, lookalike, form }: Paste, terminal: Terminal): string {
  const { width, colour } = terminal;
  const style = styleFor(colour);
  const wrapped = (text: string) => wrap(text, width - 2).map((line) => `  ${line}`);
  const blocks: string[] = [];
  if (lookalike !== undefined) {
    const { id, cause, fix } = lookalike;
    blocks.push([style('bold', id), ...wrapped(cause), ...wrapped(fix)].join('\n'));
  }
  if (identified !== undefined) blocks.push(messageText(identified, terminal));
  else if (lookalike === undefined) blocks.push(`This is ${FORMS[form]}.`);
  return `${blocks.join('\n\n')}\n`;
}

const FORMS: Readonly<Record<Paste['form'], string>> = {
  console: 'a line of a console',
  curl: 'a curl line',
  fetch: 'a call of fetch()',
  headers: 'a block of headers',
  har: 'a request of a HAR file',
};

/** What a browser's message means. */
function messageText({ browser, checks }: IdentifiedMessage, { width, colour }: Terminal): string {
  const style = styleFor(colour);
  return [
    `This message is from ${browserTitles[browser]}. It means${checks.length > 1 ? ' one of these' : ''}:`,
    ...checks.flatMap((check) => [
      '',
      style('bold', check),
      ...wrap(checkGuide[check].cause, width - 2).map((line) => `  ${line}`),
      ...wrap(checkGuide[check].fix, width - 2).map((line) => `  ${line}`),
    ]),
  ].join('\n');
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
type Style = (look: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string;

/** The style of a terminal. Node must not consult the process's terminal: this may be another. */
function styleFor(colour: boolean): Style {
  return (look, text) => (colour ? styleText(look, text, { validateStream: false }) : text);
}
