/**
 * Packs what is built, and runs `nest add nestjs-cors` with Nest's own command in applications fresh
 * from its generator: without CORS, then with `enableCors()`, then in a monorepo. Each is built after
 * it, and the test of a neighbour asks it for headers.
 *
 * node test/package/nest-add.mjs [name of a starter]
 */
import { match, strictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { stripVTControlCharacters } from 'node:util';
import { pack } from './pack.mjs';
import { generateBare, replaceIn } from './starters/generate.mjs';
import { STARTERS } from './starters/starters.mjs';

const root = resolve(import.meta.dirname, '../..');
const [only] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'nestjs-cors-'));
try {
  const tarball = pack(root, work);
  for (const starter of STARTERS.filter(({ name }) => only === undefined || name === only)) {
    const started = performance.now();
    tryStarter(starter, tarball);
    console.log(`${starter.name}: ${Math.round((performance.now() - started) / 1000)} s`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

function tryStarter(starter, tarball) {
  const app = generateBare(starter, work);
  const read = (file) => readFileSync(join(app, file), 'utf8');
  const install = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', [...install, tarball], app);
  const bare = read('src/app.module.ts');

  const added = add(app);
  match(added, /UPDATE src\/app\.module\.ts/);
  match(
    read('src/app.module.ts'),
    /\/\/ List the origins[^]*CorsModule\.forRoot\(\{ origin: false \}\)/,
  );
  run('npm', ['run', 'build'], app);

  // A second time, nothing is left to do.
  const once = read('src/app.module.ts');
  add(app);
  strictEqual(read('src/app.module.ts'), once);

  replaceIn(join(app, 'src/app.module.ts'), [[once, bare]]);
  replaceIn(join(app, 'src/main.ts'), [
    [
      /(NestFactory\.create\(AppModule\);\n)/,
      "$1  app.enableCors({ origin: 'https://app.example.com', credentials: true });\n",
    ],
  ]);
  add(app);
  match(
    read('src/app.module.ts'),
    /CorsModule\.forRoot\(\{ origin: 'https:\/\/app\.example\.com', credentials: true \}\)/,
  );
  strictEqual(read('src/main.ts').includes('enableCors'), false);
  run('npm', ['run', 'build'], app);

  run('npx', ['nest', 'generate', 'app', 'second'], app);
  const added2 = add(app, '--project', 'second');
  match(added2, /UPDATE apps\/second\/src\/second\.module\.ts/);
  run('npx', ['tsc', '--noEmit', '-p', 'apps/second/tsconfig.app.json'], app);
}

function add(app, ...options) {
  return run('npx', ['nest', 'add', 'nestjs-cors', '--skip-install', ...options], app);
}

/** Shows what a command printed only if it fails. */
function run(command, args, cwd) {
  const { status, output, stdout } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output.join('')}`);
  return stripVTControlCharacters(stdout);
}
