import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../starters/run-application.mjs';
import {
  choosePlatform,
  createProject,
  npmInstall,
  PLATFORMS,
  run,
  versionOf,
} from './project.mjs';

/** Installed by a package manager that hides what a package does not declare. */
const MANAGERS = {
  pnpm: {
    title: 'pnpm',
    package: 'pnpm',
    program: 'node_modules/pnpm/bin/pnpm.mjs',
    prepare: () => {},
    install: ['install', '--no-frozen-lockfile'],
    start: ['exec', 'node', 'main.mjs'],
  },
  yarn: {
    title: 'Yarn, Plug’n’Play',
    package: '@yarnpkg/cli-dist',
    program: 'node_modules/@yarnpkg/cli-dist/bin/yarn.js',
    prepare: prepareYarn,
    install: ['install', '--no-immutable'],
    start: ['node', 'main.mjs'],
  },
};

export async function tryManager(name, folder, tarball) {
  const manager = MANAGERS[name];
  const tools = join(folder, 'tools');
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'package.json'), '{ "private": true }\n');
  npmInstall(tools, manager.package);
  const app = join(folder, 'application');
  createProject(app, tarball);
  manager.prepare(app);
  const program = join(tools, manager.program);
  const env = { ...process.env, CI: '1', COREPACK_ENABLE_STRICT: '0', YARN_ENABLE_TELEMETRY: '0' };
  run(process.execPath, [program, ...manager.install], app, env);
  for (const platform of PLATFORMS) {
    choosePlatform(app, platform);
    await runCommand(process.execPath, [program, ...manager.start], app, env);
  }
  const version = versionOf(tools, manager.package);
  return { group: 'Package manager', subject: manager.title, version };
}

/** Its own lockfile marks the root of a project; the registry is the one that npm uses. */
function prepareYarn(app) {
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  writeFileSync(join(app, 'yarn.lock'), '');
  const settings = [
    'nodeLinker: pnp',
    'enableGlobalCache: false',
    `npmRegistryServer: ${JSON.stringify(registry)}`,
    `unsafeHttpWhitelist: [${JSON.stringify(new URL(registry).hostname)}]`,
  ];
  writeFileSync(join(app, '.yarnrc.yml'), `${settings.join('\n')}\n`);
}
