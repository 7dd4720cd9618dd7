import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CorsPolicyFile } from '../policy-file/policy-file.js';
import { readPolicyFile } from '../policy-file/read-policy-file.js';
import { printable, shortened } from '../text/escape.js';
import { decoded } from './read-all.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Ten times what 10,000 routes take. */
const MAX_BYTES = 100_000_000;

/**
 * The policy file at a path, or on standard input where that is `-`.
 *
 * @throws UsageError when there is none, PolicyFileError for one that cannot be read
 */
export async function policyFileAt(path: string, terminal: Terminal): Promise<CorsPolicyFile> {
  return readPolicyFile(await policyTextAt(path, terminal), nameOfPolicyFile(path));
}

/** How messages call it. */
export function nameOfPolicyFile(path: string): string {
  return path === '-' ? 'standard input' : `\`${path}\``;
}

/**
 * Its text.
 *
 * @throws UsageError when there is none
 */
export async function policyTextAt(path: string, terminal: Terminal): Promise<string> {
  if (path !== '-') return textAt(path);
  const text = await terminal.readInput?.(MAX_BYTES, tooLarge);
  if (text === undefined || text.trim() === '') {
    throw new UsageError(
      'Expected a policy file on standard input, got nothing. Write for example ' +
        '`git show main:cors.policy.json | npx nestjs-cors diff - cors.policy.json`.',
    );
  }
  return text;
}

function tooLarge(bytes: number): UsageError {
  return new UsageError(
    `Expected a policy file of up to ${MAX_BYTES / 1e6} MB, got ${Math.ceil(bytes / 1e6)} MB or more. Write it again with \`npx nestjs-cors policy\`.`,
  );
}

/**
 * The text of a file, as an editor or a shell has written it.
 *
 * @throws UsageError when it cannot be read
 */
export async function textAt(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw tooLarge(size);
    return decoded(await readFile(path));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const hasCode = typeof error === 'object' && error !== null && 'code' in error;
    const reason = hasCode ? String(error.code) : String(error);
    throw new UsageError(
      `Expected a policy file at \`${printable(shortened(path, 300))}\`, which cannot be read (${reason}). ` +
        'Write one with `npx nestjs-cors policy --app dist/create-app.js#createApp --out cors.policy.json`.',
    );
  }
}

/** Writes a file whole or not at all: beside the old one first. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.nestjs-cors-${process.pid}.tmp`;
  try {
    await writeFile(beside, text, { flag: 'wx' });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `${printable(shortened(path, 300))} could not be written: ${printable(reason)}`,
    );
  }
}

/** Relative to the root of the repository, where the command runs; `file:` for what is elsewhere. */
export function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  const parts = normalize(path).split(sep);
  return parts.map((part) => encodeURIComponent(part)).join('/');
}
