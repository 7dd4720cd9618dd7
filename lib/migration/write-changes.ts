import { execFileSync } from 'node:child_process';
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { FileChange } from './plan-migration.js';
import { MigrationError } from './typescript.js';

/** The files, of those named, that have changes git does not know; none outside of git. */
export function uncommitted(changes: readonly FileChange[]): readonly string[] {
  return changes.flatMap(({ path, name }) => (isChanged(realpathSync(path)) ? [name] : []));
}

/** Asked in the file's own folder, which may be one of a submodule. */
function isChanged(path: string): boolean {
  try {
    const status = execFileSync(
      'git',
      ['status', '--porcelain', '--untracked-files=all', '--', basename(path)],
      { cwd: dirname(path), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return status !== '';
  } catch {
    // Without git, or outside of it, nothing tells what was changed.
    return false;
  }
}

/**
 * Writes all files or none: each beside its old one first, so that a crash leaves no half of one.
 *
 * @throws MigrationError where a file may not be written
 */
export function writeChanges(changes: readonly FileChange[]): void {
  for (const { path, name } of changes) {
    if ((statSync(path).mode & 0o222) === 0) throw cannotWrite(name, 'it is read-only');
  }
  const written: { from: string; to: string; name: string }[] = [];
  try {
    for (const { path, name, after } of changes) {
      const to = realpathSync(path);
      const from = `${to}.nestjs-cors-${process.pid}.tmp`;
      written.push({ from, to, name });
      attempt(name, () => {
        writeFileSync(from, after, { flag: 'wx' });
        chmodSync(from, statSync(to).mode);
      });
    }
    for (const { from, to, name } of written) attempt(name, () => renameSync(from, to));
  } finally {
    for (const { from } of written) rmSync(from, { force: true });
  }
}

function attempt(name: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw cannotWrite(name, error instanceof Error ? error.message : String(error));
  }
}

function cannotWrite(name: string, why: string): MigrationError {
  return new MigrationError(
    `Expected \`${name}\` to be writable, got an error: ${why}. Make it writable, and run this again.`,
  );
}
