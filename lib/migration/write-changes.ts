import { execFileSync } from 'node:child_process';
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { FileChange } from './plan-migration.js';

/** The files, of those named, that have changes git does not know; none outside of git. */
export function uncommitted(root: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  try {
    const status = execFileSync(
      'git',
      ['-C', root, 'status', '--porcelain', '--untracked-files=all', '--', ...paths],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return status.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(3)]));
  } catch {
    // Without git, or outside of it, nothing tells what was changed.
    return [];
  }
}

/** Writes all files or none: each beside its old one first, so that a crash leaves no half of one. */
export function writeChanges(changes: readonly FileChange[]): void {
  const written: { from: string; to: string }[] = [];
  try {
    for (const { path, after } of changes) {
      const to = realpathSync(path);
      const from = `${to}.nestjs-cors-${process.pid}.tmp`;
      written.push({ from, to });
      writeFileSync(from, after, { flag: 'wx' });
      chmodSync(from, statSync(to).mode);
    }
    for (const { from, to } of written) renameSync(from, to);
  } finally {
    for (const { from } of written) rmSync(from, { force: true });
  }
}
