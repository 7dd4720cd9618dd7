import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { ask } from './ask.mjs';

/** Starts an application by a script of its package.json, asks it, and stops it. */
export function runApplication(app, script, env) {
  return runCommand('npm', ['run', script], app, env);
}

/** Starts an application by a command, which takes its port from `PORT`, asks it, and stops it. */
export async function runCommand(command, args, cwd, env) {
  const port = await freePort();
  const child = spawn(command, args, {
    cwd,
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a group of its own: npm starts nest, which starts node.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const ended = once(child, 'close');
  const line = [command, ...args].join(' ');
  const early = ended.then(() => Promise.reject(new Error(`${line} ended:\n${output}`)));
  try {
    await Promise.race([ask(port), early]);
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}

async function freePort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
