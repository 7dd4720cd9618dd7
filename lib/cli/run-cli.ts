import { createRequire } from 'node:module';
import { Command, CommanderError, Option } from 'commander';
import type { Send } from '../browser/index.js';
import { BROWSER_NAMES } from '../browser/simulation.js';
import { check, type CheckReport } from '../diagnosis/check.js';
import { judgeResponses, withStandIns } from '../diagnosis/judge-response.js';
import { servers } from '../diagnosis/servers/servers.js';
import { PolicyFileError } from '../policy-file/read-policy-file.js';
import { BROWSER_HEADERS, nodeSend, resolveHost } from '../network/node-send.js';
import { isMeant, type Paste } from '../diagnosis/paste/paste.js';
import { printable } from '../text/escape.js';
import { blankSecrets } from '../text/secrets.js';
import { Consent } from './consent.js';
import { addPolicyCommands, collect } from './policy-commands.js';
import {
  type CheckArguments,
  type CheckOptions,
  readArguments,
  writtenOrigin,
} from './read-arguments.js';
import { isText, readInput } from './read-input.js';
import { reportJson } from './render/json.js';
import { judgedText, type JudgedPaste, pasteText } from './render/paste-text.js';
import { reportText } from './render/text.js';
import { type MigrateOptions, runMigrate } from './run-migrate.js';
import type { UiOptions } from './run-ui.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

const UNKNOWN = 2;

const MORE = `
If the preflight succeeds, the actual request is sent as well: do not point DELETE at data you
need. Bodies are neither sent nor read, and no cookies are sent.

A paste is a line of a browser's console, a curl line, Copy as fetch or PowerShell, the code of a
call, response headers or a HAR file: with --paste, or piped in. A pasted response is judged as it is;
before anything is sent to a URL from a paste, you are asked.

Exit code: 0 allowed, 1 blocked, 2 unknown (no response, or an invalid command line). A permission
that the browser asks the user for is a warning; with --local-network denied, it is blocked.

Examples:
  nestjs-cors check https://api.example.com/orders --origin https://app.example.com
  nestjs-cors check https://api.example.com/orders/1 --origin https://app.example.com \\
      --method PUT --header 'content-type: application/json' --credentials --for nginx
  nestjs-cors check --paste message.txt
  pbpaste | nestjs-cors check --yes
  nestjs-cors check --har session.har --url /orders
`;

const MIGRATE_MORE = `
Options move as they are written. What needs a decision becomes a TODO(nestjs-cors) with a value
that the application refuses at startup.

Exit code: 0 nothing is left to a person, 1 a TODO is, 2 nothing could be done.
`;

const UI_MORE = `
The page is served to this computer only, at a URL with a token. What you paste stays in the page; a
request is sent after you have agreed to it, as with check. Ctrl-C ends it.
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
  addUi(program).action(async (options: UiOptions) => {
    exitCode = await (await import('./run-ui.js')).runUi(options, terminal);
  });
  addPolicyCommands(program, terminal, packageVersion(), (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : UNKNOWN;
    if (!(error instanceof UsageError || error instanceof PolicyFileError)) throw error;
    terminal.error(`${error instanceof UsageError ? error.message : printable(error.message)}\n`);
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
    .addOption(
      new Option('-H, --header <header>', "header the page sets, as 'name: value'")
        .argParser(collect)
        .default([], 'none'),
    )
    .option('-c, --credentials', "send with credentials: 'include'")
    .option('--preflight', 'send a preflight even if the request needs none')
    .addOption(
      new Option('-b, --browser <browser>', 'browser to emulate (default: chromium)').choices(
        BROWSER_NAMES,
      ),
    )
    .addOption(
      new Option(
        '-f, --for <server>',
        'server to write the fix for (default: what its responses show)',
      ).choices(Object.keys(servers)),
    )
    .option('--paste <text>', 'start from what was copied: a text, a file, or - for standard input')
    .option('--from-message <text>', 'the same as --paste')
    .option('--har <file>', 'start from a request in a HAR file')
    .option('--url <part>', 'which request of the HAR file: a part of its URL')
    .option('-y, --yes', 'send to a URL from a paste without asking')
    .addOption(new Option('-X, --request <method>', 'as curl names the method').hideHelp())
    .addOption(
      new Option(
        '--local-network <state>',
        'what the user has said to the prompt for the local network (default: prompt)',
      ).choices(['granted', 'denied', 'prompt']),
    )
    .option('--timeout <seconds>', 'how long to wait for each response', '10')
    .option('--insecure', 'do not check certificates')
    .option('--json', 'print JSON')
    .addHelpText('after', MORE);
}

function addUi(program: Command): Command {
  return program
    .command('ui')
    .description('Open the inspector: paste what failed, see who said no, check the server')
    .option('--port <port>', 'port of this computer to serve it at (default: a free one)')
    .addHelpText('after', UI_MORE);
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

/**
 * The command `check`, with its exit code: 0 allowed, 1 blocked, 2 unknown.
 *
 * @throws UsageError when the command line is invalid
 */
async function runCheck(
  argument: string | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const paste = await readInput(argument, options, terminal);
  const url = argument === undefined || isText(argument) ? undefined : argument;
  const args = readArguments(url, options, paste);
  if (args === null && paste === null) {
    throw new UsageError(
      'Expected <url> and `--origin`, or `--paste`. Write for example ' +
        '`nestjs-cors check https://api.example.com/orders --origin https://app.example.com`.',
    );
  }
  const consent = new Consent(options, terminal, url);
  const isJson = options.json === true;
  const isSure = args !== null && consent.isGiven;
  const judged = paste === null ? null : await judgedPaste(url, options, paste);
  // The first thing to see is what the paste means: nothing is sent before.
  if (paste !== null && !isJson) {
    terminal.out(blankSecrets(pasteText(paste, terminal, isSure && isMeant(paste))));
  }
  const judgement =
    judged === null || isJson ? '' : blankSecrets(`\n${judgedText(judged, terminal)}`);
  // Where nobody is asked, it waits: the server mostly answers the same, which need not be said twice.
  if (!isSure) terminal.out(judgement);
  const isSent = args !== null && (paste === null || isMeant(paste)) && (await consent.to(args));
  const report = isSent
    ? await check(args, consent.over(browserLikeSend(args)), consent.overNames(addressesOf))
    : null;
  // Even without a check of the server, a message says that the browser blocked the request.
  const exitCode = (report ?? judged?.report)?.conclusion.exitCode ?? 1;
  if (isJson) {
    const json = reportJson({ paste, judged: judged?.report ?? null, report, exitCode });
    terminal.out(`${blankSecrets(json)}\n`);
  } else if (report !== null) {
    const text = blankSecrets(reportText(report, terminal));
    const isNew = judged === null || !isSameOutcome(judged.report, report);
    terminal.out(`${isSure && isNew ? judgement : ''}${paste === null ? '' : '\n'}${text}`);
  } else if (paste !== null && isMeant(paste) && !isNowhere(paste, url)) {
    terminal.out(`\n${args === null ? missingText(paste, url, options) : NOT_SENT}`);
  }
  return exitCode;
}

/** A look-alike without an address, such as a file, for which none is to be added. */
function isNowhere({ lookalike, url }: Paste, written: string | undefined): boolean {
  return lookalike !== undefined && url === undefined && written === undefined;
}

function isSameOutcome(one: CheckReport, other: CheckReport): boolean {
  const outcome = ({ simulation, change, warnings }: CheckReport) =>
    JSON.stringify([
      simulation.failedCheck,
      simulation.blockedAt,
      simulation.steps.map(({ response }) => response?.status),
      change?.code,
      warnings.some(({ id }) => id === 'PASTE_DIFFERS' || id === 'SENT_WITHOUT_ORIGIN'),
    ]);
  return outcome(one) === outcome(other);
}

/** Pasted responses as a browser judges them; null where there are none. */
async function judgedPaste(
  url: string | undefined,
  options: CheckOptions,
  paste: Paste,
): Promise<JudgedPaste | null> {
  if (paste.responses === undefined || !isMeant(paste)) return null;
  const args = readArguments(url, options, withStandIns(paste));
  if (args === null) return null;
  return {
    report: await judgeResponses(
      args,
      paste.responses,
      paste.form === 'curl' && paste.origin === undefined,
    ),
    isAddressGuessed: (url ?? paste.url) === undefined,
    isPageGuessed: (writtenOrigin(options) ?? paste.origin) === undefined,
  };
}

const NOT_SENT = 'Nothing was sent. To check the server, add `--yes`.\n';

/** What to add, in one line. */
function missingText(paste: Paste | null, url: string | undefined, options: CheckOptions): string {
  const missing = [
    ...(url === undefined && paste?.url === undefined ? ['<url>'] : []),
    ...(writtenOrigin(options) === undefined && paste?.origin === undefined
      ? ['`--origin`, the address of the page']
      : []),
  ];
  return `To check the server, add what the paste does not contain: ${missing.join(' and ')}.\n`;
}

function addressesOf(url: string): Promise<readonly string[]> {
  return resolveHost(new URL(url).hostname);
}

/** The network as `check` uses it: what leaves it looks like a browser's. */
function browserLikeSend({ timeout, insecure }: CheckArguments): Send {
  return nodeSend({ timeout, insecure, headers: BROWSER_HEADERS });
}
