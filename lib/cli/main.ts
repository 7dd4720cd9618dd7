#!/usr/bin/env node
import process from 'node:process';
import { WRITE_POLICY, writePolicyOf } from './policy-process.js';
import { browserOf } from './open-browser.js';
import { runCli } from './run-cli.js';
import { divert, inputOf, terminalOf } from './terminal.js';

const { argv, stdin, stdout, stderr, env, versions } = process;
// A reader that has seen enough, such as `head`, closes the pipe: nobody is left to write to.
stderr.on('error', () => undefined);
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.exitCode = 2;
  stderr.write(`The output could not be written: ${error.message}\n`);
});
const terminal = {
  ...terminalOf(stdout, stderr, env),
  ...inputOf(stdin, stderr),
  ...browserOf(stdout, process.platform, env),
  untilStopped: () =>
    new Promise<void>((stopped) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopped());
    }),
  divertOutput: () => divert(stdout, stderr),
  // Others are started in other ways.
  mayStartProcess: !('bun' in versions || 'deno' in versions),
};
const [command, app, seconds] = argv.slice(2);
const running =
  command === WRITE_POLICY && app !== undefined
    ? writePolicyOf(app, Number(seconds)).then(() => 0)
    : runCli(argv.slice(2), terminal);
running
  .catch((error: unknown) => {
    stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 2;
  })
  .then((code) => {
    process.exitCode ??= code;
    // What an application of the user's has left open is not waited for, what is to be written is.
    stdout.write('', () => stderr.write('', () => process.exit()));
  })
  .catch(() => undefined);
