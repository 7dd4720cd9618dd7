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
  const written: Written[] = [];
  try {
    for (const { path, name, before, after } of newPolicyFirst(changes)) {
      const to = realpathSync(path);
      const one = { from: `${to}.nestjs-cors-${process.pid}.tmp`, to, name, before };
      written.push(one);
      attempt(name, () => writeBeside(one, after));
    }
    putInPlace(written);
  } finally {
    for (const { from } of written) rmSync(from, { force: true });
  }
}

interface Written {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly before: string;
}

/**
 * What a crash leaves is then a policy beside an old layer, which the boot refuses, and no application
 * that has lost its CORS without a word.
 */
export function newPolicyFirst(changes: readonly FileChange[]): readonly FileChange[] {
  return changes.toSorted((a, b) => Number(bringsPolicy(b)) - Number(bringsPolicy(a)));
}

function bringsPolicy({ before, after }: FileChange): boolean {
  return after.includes('CorsModule.for') && !before.includes('CorsModule.for');
}

function writeBeside({ from, to }: Written, text: string): void {
  writeFileSync(from, text, { flag: 'wx' });
  chmodSync(from, statSync(to).mode);
}

/** All or none: where one cannot be replaced, those before it get their old text again. */
function putInPlace(written: readonly Written[]): void {
  const done: Written[] = [];
  try {
    for (const one of written) {
      attempt(one.name, () => renameSync(one.from, one.to));
      done.push(one);
    }
  } catch (error) {
    for (const one of done) {
      writeBeside(one, one.before);
      renameSync(one.from, one.to);
    }
    throw error;
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
