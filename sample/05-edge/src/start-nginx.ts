import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { PortTakenError } from '../../01-quick-start/src/port-taken-error.js';

/** The ports that are not those of the files in `cors/`. */
export interface Ports {
  readonly edgePort: number;
  readonly apiPort: number;
  readonly pagePort: number;
}

/** How long nginx may take to start. */
const PATIENCE_MS = 10_000;

/** Starts nginx with the files in `cors/`, which `npx nestjs-cors edge` wrote, in a folder of its own. */
export async function startNginx(ports: Ports): Promise<{ close(): Promise<void> }> {
  // Whoever listens there would be taken for nginx.
  if (await accepts(ports.edgePort)) throw new PortTakenError(ports.edgePort, 'EDGE_PORT');
  const folder = await mkdtemp(join(tmpdir(), 'edge-sample-'));
  await cp(generatedFolder(), folder, { recursive: true });
  for (const name of ['cors-http.conf', 'example/nginx.conf']) {
    const path = join(folder, name);
    await writeFile(path, withPorts(await readFile(path, 'utf8'), ports));
  }
  const args = ['-p', join(folder, 'example'), '-c', 'nginx.conf', '-e', 'stderr'];
  const nginx = spawn(process.env['NGINX'] || 'nginx', [...args, '-g', 'daemon off;'], {
    // Debian has it where only an administrator's shell looks.
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const close = async () => {
    await ended(nginx);
    await rm(folder, { recursive: true, force: true });
  };
  const failed = new AbortController();
  try {
    await Promise.race([failure(nginx), listens(ports.edgePort, failed.signal)]);
  } catch (error) {
    failed.abort();
    await close();
    throw error;
  }
  return { close };
}

/** Below this file or a folder above it: where it is run from, it has been compiled. */
function generatedFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const generated = join(folder, 'sample/05-edge/cors');
    if (existsSync(generated)) return generated;
    if (folder === dirname(folder)) throw new Error('Expected the folder sample/05-edge/cors.');
  }
}

function withPorts(text: string, { edgePort, apiPort, pagePort }: Ports): string {
  return text
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${edgePort}`)
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${apiPort}`)
    .replaceAll('http://localhost:3001', `http://localhost:${pagePort}`);
}

function failure(nginx: ChildProcess): Promise<never> {
  return new Promise((_resolve, reject) => {
    nginx.once('error', (error) => {
      const advice = 'Install it: on Debian, `apt-get install nginx-light`.';
      reject(new Error(`nginx does not start: ${error.message}. ${advice}`));
    });
    nginx.once('exit', (code) => {
      reject(new Error(`nginx ended with code ${code}: what it printed says why.`));
    });
  });
}

async function listens(port: number, signal: AbortSignal): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(20)) {
    if (signal.aborted || (await accepts(port))) return;
  }
  throw new Error(`nginx does not listen on port ${port} after ${PATIENCE_MS} ms.`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function ended(nginx: ChildProcess): Promise<void> {
  const isOver = nginx.exitCode !== null || nginx.signalCode !== null || nginx.pid === undefined;
  if (isOver) return Promise.resolve();
  return new Promise((resolve) => {
    nginx.once('exit', () => resolve());
    nginx.kill('SIGTERM');
  });
}
