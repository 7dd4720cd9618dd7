import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { CorsPolicyFile } from '../policy-file/policy-file.js';
import { readPolicyFile } from '../policy-file/read-policy-file.js';
import { printable, shortened } from '../text/escape.js';
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
  const text = path === '-' ? await terminal.readInput?.(MAX_BYTES) : await textAt(path);
  if (text === undefined || text.trim() === '') {
    throw new UsageError(
      'Expected a policy file on standard input, got nothing. Write for example ' +
        '`git show main:cors.policy.json | npx nestjs-cors diff - cors.policy.json`.',
    );
  }
  return text;
}

async function textAt(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
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
