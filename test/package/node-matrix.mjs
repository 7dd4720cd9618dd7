/**
 * Packs what is built, and uses the tarball as its users do: in applications fresh from Nest's
 * generator, for each version of Node that is named: a major one, or one as exact as wanted. Each is
 * installed, built, started with `nest start`, asked for headers, stopped, and runs a test of its own.
 *
 * node test/package/node-matrix.mjs 20.19 22 24 26
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pack } from './pack.mjs';
import { generate } from './starters/generate.mjs';
import { installNode } from './starters/install-node.mjs';
import { runApplication } from './starters/run-application.mjs';
import { STARTERS } from './starters/starters.mjs';

const root = resolve(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'nestjs-cors-'));
try {
  const tarball = pack(root, work);
  for (const major of process.argv.slice(2).map(Number)) {
    const folder = join(work, `node-${major}`);
    const { version, env } = installNode(major, folder);
    for (const starter of STARTERS) {
      const started = performance.now();
      const steps = await tryStarter(starter, major, env, folder, tarball);
      const seconds = Math.round((performance.now() - started) / 1000);
      console.log(`Node ${version} ${starter.name}: ${steps.join(', ')} (${seconds} s)`);
    }
    rmSync(folder, { recursive: true, force: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function tryStarter(starter, major, env, folder, tarball) {
  mkdirSync(folder, { recursive: true });
  const app = generate(starter, folder);
  const npm = (...args) => run('npm', args, app, env);
  npm('install', '--no-audit', '--no-fund', '--loglevel=error', tarball);
  npm('run', 'build');
  await runApplication(app, 'start', env);
  await runApplication(app, 'start:prod', env);
  const steps = ['installed', 'built', 'nest start answers', 'node dist/main answers'];
  if (!starter.tests(major)) return steps;
  npm('run', 'test:e2e');
  return [...steps, 'its tests pass'];
}

/** Shows what a command printed only if it fails. */
function run(command, args, cwd, env) {
  const { status, output } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output.join('')}`);
}
