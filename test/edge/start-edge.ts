import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { quietPort } from '../support/free-port.js';
import { type EdgeEngine, refusalOf } from './engines.js';

/** A generated file: its path below the folder, and its text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

export interface RunningEdge {
  readonly port: number;
  /** What the program has printed. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** The port at which the examples listen; they expect the application at 3000. */
const LISTENS = '8080';

const PATIENCE = 20_000;

/**
 * Starts a server with the example of generated files, in a folder of its own. The two ports of the
 * example are replaced by free ones.
 *
 * @throws Error with the program's own words where its check or its start fails
 */
export async function startEdge(
  engine: EdgeEngine,
  files: readonly GeneratedFile[],
  upstream: number,
): Promise<RunningEdge> {
  const port = await quietPort();
  const folder = mkdtempSync(join(tmpdir(), `nestjs-cors-${engine.name}-`));
  for (const { path, text } of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    const isExample = path.startsWith('example/');
    writeFileSync(target, isExample ? withPorts(text, port, upstream) : text);
  }
  try {
    const refusal = await refusalOf(engine, folder);
    if (refusal !== '') throw new Error(`${engine.name} refuses its configuration:\n${refusal}`);
    return await serve(engine, folder, port);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function withPorts(text: string, port: number, upstream: number): string {
  return text.replaceAll(/8080|3000/g, (found) => String(found === LISTENS ? port : upstream));
}

async function serve(engine: EdgeEngine, folder: string, port: number): Promise<RunningEdge> {
  const [program, ...args] = engine.serve(folder);
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Caddy keeps what it was last started with.
    env: { ...process.env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  });
  endWithTheRun(child, folder);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log = `${log}${chunk.toString()}`.slice(-10_000);
    });
  }
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${engine.name} ended:\n${log}`)));
  });
  // Where it ends later, whoever asks it notices.
  failed.catch(() => undefined);
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.race([failed, listens(port)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, log: () => log, stop };
}

/**
 * Whoever is killed cannot end its servers, and a worker of Jest outlives a run that is. The pipe ends
 * with this process; the run is looked for once a second.
 */
const WATCH = `
  trap '' HUP INT TERM
  while kill -0 "$1"; do
    read -rt 1
    [ $? -gt 128 ] || break
  done
  kill "$2" "$3"
  sleep 5
  kill -9 "$3"
  rm -rf "$4"
`;

function endWithTheRun(child: ChildProcess, folder: string): void {
  if (child.pid === undefined) return;
  const run = process.send === undefined ? process.pid : process.ppid;
  const processes = [run, process.pid, child.pid].map(String);
  const watch = spawn('bash', ['-c', WATCH, 'watch', ...processes, folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.once('exit', () => watch.kill('SIGKILL'));
}

async function listens(port: number): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await pause(20)) {
    if (await accepts(port)) return;
  }
  throw new Error(`Nobody listens on port ${port} after ${PATIENCE} ms.`);
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

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
