import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

/**
 * Starts a server in a process of its own.
 *
 * @param {readonly [name: string, ...args: string[]]} server
 * @param {object} [options]
 * @param {string} [options.environment] its `NODE_ENV`; absent: unset
 * @param {readonly string[]} [options.execArgv] options of Node
 */
export async function startServer(server, { environment, execArgv = [] } = {}) {
  const env = { ...process.env, NODE_ENV: environment };
  const child = fork(CHILD, server, { execArgv, env });
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`Expected the server ${server.join(' ')} to run, it ended with code ${code}.`);
  });
  // Not an unhandled rejection when the server is stopped on purpose.
  exited.catch(() => {});
  const message = () => Promise.race([once(child, 'message'), exited]);
  const [{ port }] = await message();
  return {
    port,
    /** Microseconds of CPU time that the process has used, in user and kernel. */
    async cpuTime() {
      child.send('cpu');
      const [{ cpu }] = await message();
      return cpu.user + cpu.system;
    },
    stop() {
      child.kill();
    },
    /** Lets the process end on its own, so that it finishes writing. */
    async end() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
