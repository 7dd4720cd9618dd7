/**
 * Packs what is built, installs the tarball next to each Nest version named, and runs the end-to-end
 * suite there against the installed package.
 *
 * node test/package/matrix.mjs 11 12 11.1.4 [--platform express|fastify]
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pack } from './pack.mjs';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(join(root, 'package.json'));
const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: 'inherit' });

const { positionals: versions, values } = parseArgs({
  allowPositionals: true,
  options: { platform: { type: 'string' } },
});
const tests = testsOf(values.platform);
const work = mkdtempSync(join(tmpdir(), 'nestjs-cors-'));
try {
  const tarball = pack(root, work);
  for (const version of versions) testAgainst(version, tarball);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function testAgainst(version, tarball) {
  console.log(`\n== Nest ${version}`);
  const app = join(work, `nest-${version}`);
  for (const folder of ['e2e', 'support']) {
    cpSync(join(root, 'test', folder), join(app, 'test', folder), {
      recursive: true,
      filter: runsInstalled,
    });
  }
  const packages = [
    'common',
    'core',
    'platform-express',
    'platform-fastify',
    'platform-socket.io',
    'testing',
    'websockets',
  ];
  writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "commonjs" }\n');
  run(
    'npm',
    [
      'install',
      '--no-audit',
      '--no-fund',
      '--silent',
      ...packages.map((name) => `@nestjs/${name}@${version}`),
      'reflect-metadata@0.2',
      'rxjs@7',
      'socket.io-client@4',
      'class-validator@0.15',
      'class-transformer@0.5',
      '@fastify/static@10',
      tarball,
    ],
    app,
  );
  writeFileSync(join(app, 'jest.config.json'), JSON.stringify(jestConfig(), null, 2));
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  run(process.execPath, [jest, '--config', 'jest.config.json', '--silent', ...tests], app);
}

/**
 * Whether a test can run against the installed package: not where it needs the source, or frameworks
 * (those of the command line) and packages of Nest that a bare application lacks.
 */
function runsInstalled(file) {
  if (/[\\/](?:cli-[^\\/]*|nest-packages)$/.test(file)) return false;
  return !file.endsWith('-spec.ts') || !/from '(?:\.\.\/)+lib\//.test(readFileSync(file, 'utf8'));
}

/** What names no platform is tested with either. */
function testsOf(platform) {
  if (platform === undefined) return [];
  const others = { express: 'fastify', fastify: 'express' };
  const other = others[platform];
  if (other === undefined) throw new Error(`Expected express or fastify, got ${platform}`);
  return ['--testNamePattern', `^(?!.*${other})`];
}

/** CommonJS throughout: Nest 11 is, and jest loads Nest 12 so on every version of Node. */
function jestConfig() {
  return {
    testEnvironment: 'node',
    testRegex: '\\.e2e-spec\\.ts$',
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    transform: {
      '^.+\\.[jt]s$': [
        require.resolve('@swc/jest'),
        {
          swcrc: false,
          jsc: {
            target: 'es2023',
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
          },
          module: { type: 'commonjs' },
        },
      ],
    },
    transformIgnorePatterns: [],
    maxWorkers: '100%',
  };
}
