import { checkGuide } from '../../browser/fixes/check-guide.js';
import type { IdentifiedMessage } from '../../browser/messages/identify-message.js';
import type { Terminal } from '../terminal.js';
import { styleFor } from './style.js';
import { wrap } from './wrap.js';

const BROWSERS = { chromium: 'Chromium', firefox: 'Firefox', safari: 'Safari' } as const;

/** What a pasted message means, before the server is asked. */
export function messageText(
  { browser, checks }: IdentifiedMessage,
  { width, colour }: Terminal,
): string {
  const style = styleFor(colour);
  const lines = [
    `This is a message of ${BROWSERS[browser]}. It means${checks.length > 1 ? ' one of these' : ''}:`,
    ...checks.flatMap((check) => [
      '',
      style('bold', check),
      ...wrap(checkGuide[check].cause, width - 2).map((line) => `  ${line}`),
      ...wrap(checkGuide[check].fix, width - 2).map((line) => `  ${line}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
