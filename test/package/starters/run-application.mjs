import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { ask } from './ask.mjs';

/** Starts an application by a script of its package.json, asks it, and stops it. */
export async function runApplication(app, script, env) {
  const port = await freePort();
  const child = spawn('npm', ['run', script], {
    cwd: app,
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
  const early = ended.then(() => Promise.reject(new Error(`npm run ${script} ended:\n${output}`)));
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
