import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../pack.mjs';

/**
 * Packs what is built and unpacks it again, with the repository's dependencies beside it.
 *
 * @returns the folder of the unpacked package, its files, and the size of the tarball
 */
export function unpack(root, work) {
  const tarball = pack(root, work);
  execFileSync('tar', ['-xzf', tarball], { cwd: work });
  const folder = join(work, 'package');
  const files = readdirSync(folder, { recursive: true })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return { folder, files, packedSize: statSync(tarball).size };
}
