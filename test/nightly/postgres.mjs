// A PostgreSQL server as Debian ships it, in a temporary directory, on a free port of the loopback
// address, owned by the user `postgres`: the server refuses to run as root.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.mjs';
import { installPackages } from './install-packages.mjs';

const VERSIONS = '/usr/lib/postgresql';
const USER = 'postgres';

/** Debian keeps the programs of each version in a directory of their own. */
function findPrograms() {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
  return versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(VERSIONS, version, 'bin'))
    .find((directory) => existsSync(join(directory, 'initdb')));
}

/** Made, but not started. */
export async function createPostgres() {
  if (findPrograms() === undefined) installPackages('postgresql');
  const bin = findPrograms();
  const home = mkdtempSync(join(tmpdir(), 'nestjs-cors-postgres-'));
  const data = join(home, 'data');
  const port = await freePort();
  const run = (program, args) => {
    const command = ['-u', USER, '--', join(bin, program), ...args];
    return execFileSync('runuser', command, {
      cwd: home,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  };
  execFileSync('chown', [USER, home]);
  run('initdb', ['-D', data, '-A', 'trust', '-U', USER, '--no-sync']);

  const settings = `-p ${port} -k ${home} -c listen_addresses=127.0.0.1 -c fsync=off`;
  const control = (...args) => {
    // The server would keep a pipe open for as long as it runs: its output goes to a file.
    run('pg_ctl', ['-D', data, '-w', '-s', '-l', join(home, 'log'), ...args]);
  };
  return {
    version: run('postgres', ['--version']).trim(),
    url: `postgresql://${USER}@127.0.0.1:${port}/${USER}`,
    start: () => control('-o', settings, 'start'),
    stop: () => control('-m', 'fast', 'stop'),
    sql: (statement) => {
      const args = ['-h', '127.0.0.1', '-p', String(port), '-qAt', '-c', statement];
      return run('psql', args).trim();
    },
    destroy: () => {
      if (existsSync(join(data, 'postmaster.pid'))) control('-m', 'immediate', 'stop');
      rmSync(home, { recursive: true, force: true });
    },
  };
}
