import { checkGuide, type IdentifiedMessage } from '../../browser/index.js';
import { browserTitles } from '../../browser/simulation.js';
import type { CheckReport } from '../../diagnosis/check.js';
import { MAX_PASTE } from '../../diagnosis/paste/read-paste.js';
import type { Paste } from '../../diagnosis/paste/paste.js';
import type { Terminal } from '../terminal.js';
import { reportText, styleFor, wrap } from './text.js';

/**
 * What a paste means, before the server is checked: first what only looks like CORS. In brief where
 * the report that follows says more.
 */
export function pasteText(paste: Paste, terminal: Terminal, inBrief: boolean): string {
  const { identified, lookalike, form, length } = paste;
  const { width, colour } = terminal;
  const style = styleFor(colour);
  const wrapped = (text: string) => wrap(text, width - 2).map((line) => `  ${line}`);
  const blocks: string[] = [];
  if (length !== undefined) {
    const read = `${MAX_PASTE / 1e6} MB`;
    blocks.push(
      `The paste is ${(length / 1e6).toFixed(1)} MB long: only its first ${read} was read.`,
    );
  }
  if (lookalike !== undefined) {
    const { id, cause, fix } = lookalike;
    blocks.push([style('bold', id), ...wrapped(cause), ...wrapped(fix)].join('\n'));
  }
  if (identified !== undefined) {
    const from = `This message is from ${paste.writer ?? browserTitles[identified.browser]}.`;
    const say = inBrief ? briefText : messageText;
    blocks.push(say(from, identified, terminal));
  } else if (lookalike === undefined) blocks.push(`This is ${FORMS[form]}.`);
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
function messageText(
  from: string,
  { checks }: IdentifiedMessage,
  { width, colour }: Terminal,
): string {
  const style = styleFor(colour);
  return [
    `${from} It means${checks.length > 1 ? ' one of these' : ''}:`,
    ...checks.flatMap((check) => [
      '',
      style('bold', check),
      ...wrap(checkGuide[check].cause, width - 2).map((line) => `  ${line}`),
      ...wrap(checkGuide[check].fix, width - 2).map((line) => `  ${line}`),
    ]),
  ].join('\n');
}

const ALTERNATIVES = new Intl.ListFormat('en', { type: 'disjunction' });

/** The report says which it is, and why. */
function briefText(from: string, { checks }: IdentifiedMessage, { width }: Terminal): string {
  return wrap(`${from} It means ${ALTERNATIVES.format(checks)}.`, width).join('\n');
}

/** The judgement of pasted responses, and what was guessed for it, since the paste does not name it. */
export interface JudgedPaste {
  readonly report: CheckReport;
  readonly isAddressGuessed: boolean;
  readonly isPageGuessed: boolean;
}

export function judgedText(judged: JudgedPaste, terminal: Terminal): string {
  const guess = guessText(judged);
  const lines = guess === null ? [] : [...wrap(guess, terminal.width), '', ''];
  return lines.join('\n') + reportText(judged.report, terminal);
}

function guessText({ report, isAddressGuessed, isPageGuessed }: JudgedPaste): string | null {
  const { url, origin } = report.request;
  if (isAddressGuessed && isPageGuessed) {
    return `The paste names neither address nor page: ${url} and ${origin} stand for them.`;
  }
  if (isAddressGuessed) return `The paste does not name the address: ${url} stands for it.`;
  return isPageGuessed ? `The paste does not name the page: ${origin} stands for it.` : null;
}
