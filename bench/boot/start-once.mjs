import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a file of this folder in a process of its own, since a second time would find everything
 * compiled.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @returns the message it sends
 */
export async function startOnce(file, args) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, args, { execArgv: ['--expose-gc'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(
      `Expected ${file} ${args.join(' ')} to send a message, it ended with code ${code}.`,
    );
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  await ended.catch(() => {});
  return message;
}
