import { type Command, Option } from 'commander';
import type { DiffOptions } from './run-diff.js';
import type { PolicyOptions } from './run-policy.js';
import type { Terminal } from './terminal.js';

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

/** The commands about policy files. What each needs is loaded when it runs. */
export function addPolicyCommands(
  program: Command,
  terminal: Terminal,
  version: string,
  onEnd: (exitCode: number) => void,
): void {
  addPolicy(program).action(async (options: PolicyOptions) => {
    const { runPolicy } = await import('./run-policy.js');
    onEnd(await runPolicy(options, terminal));
  });
  addDiff(program).action(async (before: string, after: string, options: DiffOptions) => {
    const { runDiff } = await import('./run-diff.js');
    onEnd(await runDiff(before, after, options, terminal, version));
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
    .argument('<before>', 'policy file, or - for standard input')
    .argument('<after>', 'policy file, or - for standard input')
    .addOption(new Option('--json', 'print JSON').conflicts('sarif'))
    .option('--sarif', 'print SARIF 2.1.0')
    .addHelpText('after', DIFF_MORE);
}
