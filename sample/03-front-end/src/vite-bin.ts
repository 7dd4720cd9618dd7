import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** The script behind the command `vite`, as the working directory has it installed. */
export function viteBin(): string {
  const manifest = createRequire(resolve('package.json')).resolve('vite/package.json');
  return join(dirname(manifest), 'bin/vite.js');
}
