import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const APPLICATION = resolve(import.meta.dirname, 'application');

/** The newest Nest, as an application has it. */
const NEST = {
  '@nestjs/common': '^12.0.0',
  '@nestjs/core': '^12.0.0',
  '@nestjs/platform-express': '^12.0.0',
  '@nestjs/platform-fastify': '^12.0.0',
  'reflect-metadata': '^0.2.0',
  rxjs: '^7.8.0',
};

export const PLATFORMS = ['express', 'fastify'];

/** Writes a project with the application and the packed module, and installs nothing. */
export function createProject(folder, tarball, dependencies = {}) {
  mkdirSync(folder, { recursive: true });
  cpSync(APPLICATION, folder, { recursive: true });
  const description = {
    name: 'application',
    private: true,
    type: 'module',
    dependencies: { ...NEST, 'nestjs-cors': `file:${tarball}`, ...dependencies },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
}

export function choosePlatform(folder, platform) {
  cpSync(join(folder, `adapter-${platform}.mjs`), join(folder, 'adapter.mjs'));
}

export function npmInstall(folder, ...packages) {
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** @returns the version of an installed package */
export function versionOf(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'))
    .version;
}

/** Shows what a command printed only if it fails. */
export function run(command, args, cwd, env = process.env) {
  const { status, output } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output?.join('')}`);
}
