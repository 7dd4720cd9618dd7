import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Installs the newest Node of a major version, which npm has as a package per platform.
 *
 * @returns its version, and an environment in which `node`, `npm` and what npm runs are this Node
 */
export function installNode(major, folder) {
  mkdirSync(folder, { recursive: true });
  const name = `node-${process.platform}-${process.arch}`;
  const options = ['--prefix', folder, '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['install', ...options, `${name}@${major}`]);
  const bin = join(folder, 'node_modules', name, 'bin');
  const version = execFileSync(join(bin, 'node'), ['--version'], { encoding: 'utf8' }).trim();
  return { version, env: { ...process.env, PATH: bin + delimiter + process.env.PATH } };
}
