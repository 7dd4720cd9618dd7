import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * Builds the inspector's page from the sources as they are, to where the package has it. Specs may do
 * so at the same time: the file is there whole, or not at all.
 */
export async function buildPage(): Promise<string> {
  const root = resolve('.');
  const built = join(root, 'dist', 'inspector.html');
  await mkdir(join(root, 'dist'), { recursive: true });
  const folder = await mkdtemp(join(root, 'dist', '.inspector-'));
  try {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const options = ['--config', 'lib/inspector/page/vite.config.mjs', '--outDir', folder];
    await promisify(execFile)(process.execPath, [vite, 'build', ...options], { cwd: root });
    await rename(join(folder, 'inspector.html'), built);
    return built;
  } finally {
    await rm(folder, { recursive: true });
  }
}
