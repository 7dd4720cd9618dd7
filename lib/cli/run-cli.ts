import { createRequire } from 'node:module';
import { Command, CommanderError, Option } from 'commander';
import type { HeaderLines, Send } from '../browser/index.js';
import { BROWSER_NAMES } from '../browser/simulation.js';
import { check } from '../diagnosis/check.js';
import { servers } from '../diagnosis/servers/servers.js';
import { nodeSend } from '../network/node-send.js';
import {
  type CheckArguments,
  type CheckOptions,
  readArguments,
  readMessage,
  UsageError,
} from './read-arguments.js';
import { reportJson } from './render/json.js';
import { messageText, reportText } from './render/text.js';
import { type MigrateOptions, runMigrate } from './run-migrate.js';
import type { Terminal } from './terminal.js';

const UNKNOWN = 2;

const MORE = `
If the preflight succeeds, the actual request is sent as well: do not point DELETE at data you
need. Bodies are neither sent nor read, and no cookies are sent.

Exit code: 0 allowed, 1 blocked, 2 unknown (no response, or an invalid command line).

Examples:
  nestjs-cors check https://api.example.com/orders --origin https://app.example.com
  nestjs-cors check https://api.example.com/orders/1 --origin https://app.example.com \\
      --method PUT --header 'content-type: application/json' --credentials --for nginx
  nestjs-cors check --from-message "Access to fetch at 'https://...' from origin ..."
`;

const MIGRATE_MORE = `
Options move as they are written. What needs a decision becomes a TODO(nestjs-cors) with a value
that the application refuses at startup.

Exit code: 0 nothing is left to a person, 1 a TODO is, 2 nothing could be done.
`;

/** Runs the command with these arguments, and returns the exit code. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = new Command('nestjs-cors')
    .description('Explains why a browser blocks a request, and what to change.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.error,
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
      getOutHasColors: () => terminal.colour,
      getErrHasColors: () => terminal.colour,
    });
  addCheck(program).action(async (url: string | undefined, options: CheckOptions) => {
    exitCode = await runCheck(url, options, terminal);
  });
  addMigrate(program).action(async (folder: string, options: MigrateOptions) => {
    exitCode = await runMigrate(folder, options, terminal);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : UNKNOWN;
    if (!(error instanceof UsageError)) throw error;
    terminal.error(`${error.message}\n`);
    return UNKNOWN;
  }
  return exitCode;
}

/** By the package's own name: it is found from wherever the built file stands in the package. */
function packageVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('nestjs-cors/package.json');
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : 'unknown';
}

function addCheck(program: Command): Command {
  return program
    .command('check')
    .description(
      'Send what a browser would send, and report what the browser would do with the response',
    )
    .argument('[url]', 'URL the page requests')
    .option('-o, --origin <origin>', 'origin of the page, such as https://app.example.com')
    .option('-m, --method <method>', 'method (default: GET)')
    .option('-H, --header <header>', "header the page sets, as 'name: value'", collect, [])
    .option('-c, --credentials', "send with credentials: 'include'")
    .addOption(
      new Option('-b, --browser <browser>', 'browser to emulate (default: chromium)').choices(
        BROWSER_NAMES,
      ),
    )
    .addOption(
      new Option('-f, --for <server>', 'server to write the fix for')
        .choices(Object.keys(servers))
        .default('nestjs-cors'),
    )
    .option('--from-message <line>', 'start from a browser console message')
    .option('--timeout <seconds>', 'how long to wait for each response', '10')
    .option('--insecure', 'do not check certificates')
    .option('--json', 'print JSON')
    .addHelpText('after', MORE);
}

function addMigrate(program: Command): Command {
  return program
    .command('migrate')
    .description('Move the CORS options of a Nest application into CorsModule')
    .argument('[folder]', 'folder of the project', '.')
    .option('--write', 'write the files; otherwise only the diff is shown')
    .option('--force', 'write files with uncommitted changes, too')
    .addHelpText('after', MIGRATE_MORE);
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

/**
 * The command `check`, with its exit code: 0 allowed, 1 blocked, 2 unknown.
 *
 * @throws UsageError when the command line is invalid
 */
async function runCheck(
  url: string | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const message = options.fromMessage === undefined ? null : readMessage(options.fromMessage);
  const args = readArguments(url, options, message);
  if (args === null && message === null) {
    throw new UsageError(
      'Expected <url> and `--origin`, or `--from-message`. Write for example ' +
        '`nestjs-cors check https://api.example.com/orders --origin https://app.example.com`.',
    );
  }
  const report = args === null ? null : await check(args, browserLikeSend(args));
  // Even without a check of the server, the message says that the browser blocked the request.
  const exitCode = report === null ? 1 : report.conclusion.exitCode;
  if (options.json === true) {
    const identified = message?.identified ?? null;
    terminal.out(`${reportJson({ pasted: identified, report, exitCode })}\n`);
    return exitCode;
  }
  const blocks: string[] = [];
  if (message !== null) blocks.push(messageText(message.identified, terminal));
  blocks.push(
    report === null
      ? 'To check the server, add what the message does not contain: <url> and `--origin`.\n'
      : reportText(report, terminal),
  );
  terminal.out(blocks.join('\n'));
  return exitCode;
}

/**
 * What browsers add to every such request, as far as a server may act on it. `Sec-Fetch-Site`
 * is not among them: whether two hosts are of one site, only the public suffix list knows.
 */
const BROWSER_HEADERS: HeaderLines = [
  ['User-Agent', 'Mozilla/5.0 (compatible; nestjs-cors check)'],
  ['Accept-Encoding', 'gzip, deflate, br'],
  ['Sec-Fetch-Dest', 'empty'],
  ['Sec-Fetch-Mode', 'cors'],
];

/** The network as `check` uses it: what leaves it looks like a browser's. */
function browserLikeSend({ timeout, insecure }: CheckArguments): Send {
  return nodeSend({ timeout, insecure, headers: BROWSER_HEADERS });
}
