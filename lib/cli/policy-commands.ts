import { Argument, type Command, Option } from 'commander';
import type { AuditOptions } from './run-audit.js';
import type { DiffOptions } from './run-diff.js';
import type { EdgeCommandOptions } from './run-edge.js';
import type { PolicyOptions } from './run-policy.js';
import type { VerifyCommandOptions } from './run-verify.js';
import { EDGE_MODES, EDGE_TARGET_NAMES, type EdgeTargetName } from '../edge/edge-target.js';
import type { Terminal } from './terminal.js';

/** An argument of most of them. */
const POLICY_FILE = 'policy file, or - for standard input';

const POLICY_MORE = `
The function is imported from compiled JavaScript and called; the application is initialised and
closed, and never listens.

Exit code: 0 written or up to date, 1 stale, 2 no application that starts.

Examples:
  nestjs-cors policy --app dist/create-app.js#createApp --out cors.policy.json
  nestjs-cors policy --app dist/create-app.js#createApp --out cors.policy.json --check
`;

const DIFF_MORE = `
Origins are compared exactly, patterns and RegExps included. Functions and classes are compared by
name.

Exit code: 0 same or narrower, 1 wider, 3 cannot tell, 2 a file cannot be read.

Example:
  git show main:cors.policy.json | nestjs-cors diff - cors.policy.json
`;

const AUDIT_MORE = `
What a reviewer should look at, from the file alone: each finding once, with its places and the
requirements of ASVS 5.0 that it is about.

Exit code: 0 nothing but notes, 1 a warning or an error, 2 the file cannot be read.

Example:
  nestjs-cors audit cors.policy.json --sarif > audit.sarif
`;

const VERIFY_MORE = `
Only OPTIONS, GET and HEAD are sent, four at a time, and with --unsafe the methods of all routes.
--header goes with actual requests only, since browsers send no authentication with preflights;
'host: ...' goes with both.

A line for each difference: looser, tighter, or cosmetic (the same in other words).

Exit code: 0 as the file says, 1 looser or tighter, 2 no server that answers, or not all of it seen.

Example:
  nestjs-cors verify cors.policy.json --url https://api.example.com \\
      --header 'authorization: Bearer TOKEN' --param id=1
`;

const EDGE_MORE = `
Without --out, the files are printed. fill adds headers only to responses that the server makes itself,
such as a 502; answer answers preflights, and writes the CORS headers of all responses.

What the server cannot decide (functions, classes, versions in headers, hosts) is left to the
application, and named.

Exit code: 0 written or up to date, 1 stale (--check), or something is left to the application
(--strict), 2 the file cannot be read.

Examples:
  nestjs-cors edge nginx cors.policy.json --out deploy/cors
  nestjs-cors edge nginx cors.policy.json --out deploy/cors --check
  nestjs-cors edge caddy cors.policy.json --mode answer --base-path /api --strict
`;

/**
 * The commands about policy files, each loaded when it runs.
 *
 * @param onEnd called with the exit code of the one that ran
 */
export function addPolicyCommands(
  program: Command,
  terminal: Terminal,
  version: string,
  onEnd: (code: number) => void,
): void {
  addPolicy(program).action(async (options: PolicyOptions) => {
    onEnd(await (await import('./run-policy.js')).runPolicy(options, terminal));
  });
  addDiff(program).action(async (before: string, after: string, options: DiffOptions) => {
    const { runDiff } = await import('./run-diff.js');
    onEnd(await runDiff(before, after, options, terminal, version));
  });
  addVerify(program).action(async (file: string, options: VerifyCommandOptions) => {
    onEnd(await (await import('./run-verify.js')).runVerify(file, options, terminal));
  });
  addEdge(program).action(
    async (target: EdgeTargetName, file: string, options: EdgeCommandOptions) => {
      onEnd(await (await import('./run-edge.js')).runEdge(target, file, options, terminal));
    },
  );
  addAudit(program).action(async (file: string, options: AuditOptions) => {
    const { runAudit } = await import('./run-audit.js');
    onEnd(await runAudit(file, options, terminal, version));
  });
}

function addPolicy(program: Command): Command {
  return program
    .command('policy')
    .description('Write down who may read what of an application: cors.policy.json')
    .requiredOption(
      '--app <file#export>',
      'function that creates the application, without listen()',
    )
    .option('--out <file>', 'file to write (default: standard output)')
    .option('--check', 'compare instead of writing: exit code 1 where the file is stale')
    .option('--timeout <seconds>', 'how long the application may take to start', '60')
    .addHelpText('after', POLICY_MORE);
}

function addDiff(program: Command): Command {
  return program
    .command('diff')
    .description('Say who may read more, and who less, between two policy files')
    .argument('<before>', POLICY_FILE)
    .argument('<after>', POLICY_FILE)
    .addOption(new Option('--json', 'print JSON').conflicts('sarif'))
    .option('--sarif', 'print SARIF 2.1.0')
    .addHelpText('after', DIFF_MORE);
}

function addAudit(program: Command): Command {
  return program
    .command('audit')
    .description('Say what of a policy file a reviewer should look at')
    .argument('<policy>', POLICY_FILE)
    .addOption(new Option('--json', 'print JSON').conflicts('sarif'))
    .option('--sarif', 'print SARIF 2.1.0')
    .addHelpText('after', AUDIT_MORE);
}

function addEdge(program: Command): Command {
  return program
    .command('edge')
    .description('Write a policy file as configuration of another server')
    .addArgument(new Argument('<target>', 'server to write for').choices([...EDGE_TARGET_NAMES]))
    .argument('<policy>', POLICY_FILE)
    .addOption(
      new Option(
        '--mode <mode>',
        'what the server does (default: fill, where the target has it)',
      ).choices([...EDGE_MODES]),
    )
    .option('--base-path <path>', 'where the server mounts the application, such as /api', '')
    .option('--host <host>', 'host that the server serves, for routes that are bound to hosts')
    .option('--strict', 'fail where something is left to the application')
    .option('--out <folder>', 'folder to write (default: standard output)')
    .option('--check', 'compare instead of writing: exit code 1 where a file is stale')
    .addHelpText('after', EDGE_MORE);
}

function addVerify(program: Command): Command {
  return program
    .command('verify')
    .description('Say whether what is deployed answers as a policy file says')
    .argument('<policy>', POLICY_FILE)
    .requiredOption('-u, --url <url>', 'where the application is deployed')
    .option('-H, --header <header>', "header to send, as 'name: value'", collect, [])
    .option('-p, --param <param>', 'value of a path parameter, as name=value', collect, [])
    .option('--unsafe', 'send POST, PUT, PATCH and DELETE, too')
    .option('--timeout <seconds>', 'how long to wait for each response', '10')
    .option('--insecure', 'do not check certificates')
    .option('--json', 'print JSON')
    .addHelpText('after', VERIFY_MORE);
}

/** Of an option that may be there several times. */
export function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
