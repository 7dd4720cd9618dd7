import { browserLikeSend } from './browser-like-send.js';
import { check } from './check.js';
import type { CheckOptions } from './check-options.js';
import { readMessage } from './pasted-message.js';
import { readArguments } from './read-arguments.js';
import { messageText } from './render/message-text.js';
import { reportJson } from './render/report-json.js';
import { reportText } from './render/report-text.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/**
 * The command `check`. The exit code: 0 allowed, 1 blocked, 2 could not tell.
 *
 * @throws UsageError when the command line cannot be followed
 */
export async function runCheck(
  url: string | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const pasted = options.fromMessage === undefined ? null : readMessage(options.fromMessage);
  const asked = readArguments(url, options, pasted);
  if (asked === null && pasted === null) {
    throw new UsageError(
      'Expected <url> and `--origin`, or `--from-message`. Write for example ' +
        '`nestjs-cors check https://api.example.com/orders --origin https://app.example.com`.',
    );
  }
  const report = asked === null ? null : await check(asked, browserLikeSend(asked));
  // Without a look at the server, the message still says that the browser blocked it.
  const exitCode = report === null ? 1 : report.conclusion.exitCode;
  if (options.json === true) {
    const identified = pasted?.identified ?? null;
    terminal.out(`${reportJson({ pasted: identified, report, exitCode })}\n`);
    return exitCode;
  }
  const blocks: string[] = [];
  if (pasted !== null) blocks.push(messageText(pasted.identified, terminal));
  blocks.push(
    report === null
      ? 'To ask the server, add what the message does not say: <url> and `--origin`.\n'
      : reportText(report, terminal),
  );
  terminal.out(blocks.join('\n'));
  return exitCode;
}
