import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Packs what is built into a folder, and returns the path of the tarball. */
export function pack(root, folder) {
  if (!existsSync(join(root, 'dist/esm/index.js'))) {
    throw new Error('Expected a build in dist/. Run `npm run build`.');
  }
  const options = ['--silent', '--ignore-scripts', '--pack-destination', folder];
  const name = execFileSync('npm', ['pack', ...options], { cwd: root, encoding: 'utf8' });
  return join(folder, name.trim());
}
