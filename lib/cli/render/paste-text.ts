import { checkGuide, type IdentifiedMessage } from '../../browser/index.js';
import type { CheckReport } from '../../diagnosis/check.js';
import type { Paste } from '../../diagnosis/paste/paste.js';
import {
  formWords,
  type Guesses,
  guessWords,
  lengthWords,
} from '../../diagnosis/paste/paste-words.js';
import type { Terminal } from '../terminal.js';
import { reportText, styleFor, wrap } from './text.js';

/**
 * What a paste means, before the server is checked: first what only looks like CORS. In brief where
 * the report that follows says more.
 */
export function pasteText(paste: Paste, terminal: Terminal, inBrief: boolean): string {
  const { identified, lookalike } = paste;
  const { width, colour } = terminal;
  const style = styleFor(colour);
  const wrapped = (text: string) => wrap(text, width - 2).map((line) => `  ${line}`);
  const blocks: string[] = [];
  const cut = lengthWords(paste);
  if (cut !== null) blocks.push(cut);
  if (lookalike !== undefined) {
    const { id, cause, fix, code } = lookalike;
    const lines = [style('bold', id), ...wrapped(cause), ...wrapped(fix)];
    if (code !== undefined) {
      lines.push('', style('bold', 'In the page:'), ...code.map((line) => `    ${line}`));
    }
    blocks.push(lines.join('\n'));
  }
  if (identified !== undefined) {
    const say = inBrief ? briefText : messageText;
    blocks.push(say(formWords(paste), identified, terminal));
  } else if (lookalike === undefined) blocks.push(formWords(paste));
  return `${blocks.join('\n\n')}\n`;
}

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
export interface JudgedPaste extends Guesses {
  readonly report: CheckReport;
}

export function judgedText(judged: JudgedPaste, terminal: Terminal): string {
  const guess = guessWords(judged.report.request, judged);
  const lines = guess === null ? [] : [...wrap(guess, terminal.width), '', ''];
  return lines.join('\n') + reportText(judged.report, terminal);
}
