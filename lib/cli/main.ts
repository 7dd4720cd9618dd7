#!/usr/bin/env node
import process from 'node:process';
import { browserOf } from './open-browser.js';
import { runCli } from './run-cli.js';
import { divert, inputOf, terminalOf } from './terminal.js';

const { argv, stdin, stdout, stderr, env } = process;
// A reader that has seen enough, such as `head`, closes the pipe: nobody is left to write to.
stderr.on('error', () => undefined);
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.exitCode = 2;
  stderr.write(`The output could not be written: ${error.message}\n`);
});
// Not `process.exit()`: what is still to be written to a pipe would be lost.
const terminal = {
  ...terminalOf(stdout, stderr, env),
  ...inputOf(stdin, stderr),
  ...browserOf(stdout, process.platform, env),
  untilStopped: () =>
    new Promise<void>((stopped) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopped());
    }),
  divertOutput: () => divert(stdout, stderr),
};
runCli(argv.slice(2), terminal).then(
  (code) => {
    process.exitCode ??= code;
  },
  (error: unknown) => {
    stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 2;
  },
);
