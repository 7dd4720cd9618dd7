/**
 * Packs what is built, and checks what is in the tarball: its files, their sizes, its entries, what
 * an import of it loads, its declarations with their doc comments, and its command.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkCommand } from './tarball/check-command.mjs';
import { checkContents } from './tarball/check-contents.mjs';
import { checkEntries } from './tarball/check-entries.mjs';
import { checkPolicy } from './tarball/check-policy.mjs';
import { checkSizes } from './tarball/check-sizes.mjs';
import { checkTypes } from './tarball/check-types.mjs';
import { checkWeight } from './tarball/check-weight.mjs';
import { unpack } from './tarball/unpack.mjs';

const root = resolve(import.meta.dirname, '../..');
const work = realpathSync(mkdtempSync(join(tmpdir(), 'nestjs-cors-')));
try {
  const unpacked = unpack(root, work);
  const faults = [
    ...checkContents(unpacked, root),
    ...checkSizes(unpacked),
    ...checkEntries(unpacked),
    ...checkWeight(unpacked),
    ...checkTypes(unpacked),
    ...(await checkCommand(unpacked)),
    ...(await checkPolicy(unpacked)),
  ];
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
