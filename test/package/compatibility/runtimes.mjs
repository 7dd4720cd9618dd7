import { join } from 'node:path';
import { installNode } from '../starters/install-node.mjs';
import { runCommand } from '../starters/run-application.mjs';
import { choosePlatform, createProject, npmInstall, PLATFORMS, versionOf } from './project.mjs';

/** The application, started by the newest Node of `node-20.19` or `node-22`. */
export async function tryNode(name, folder, tarball) {
  const wanted = name.replace('node-', '');
  const { version, env } = installNode(wanted, join(folder, 'node'));
  createProject(folder, tarball);
  npmInstall(folder);
  for (const platform of PLATFORMS) {
    choosePlatform(folder, platform);
    await runCommand('node', ['main.mjs'], folder, env);
  }
  return { group: 'Runtime', subject: `Node ${wanted}`, version: version.replace('v', '') };
}

/** The same by a runtime other than Node. */
const RUNTIMES = {
  bun: { title: 'Bun', args: ['main.mjs'] },
  // Deno asks before it reads or listens, and takes packages from node_modules if told so.
  deno: { title: 'Deno', args: ['run', '--allow-all', '--node-modules-dir=manual', 'main.mjs'] },
};

export async function tryRuntime(name, folder, tarball) {
  const { title, args } = RUNTIMES[name];
  createProject(folder, tarball);
  npmInstall(folder, name);
  for (const platform of PLATFORMS) {
    choosePlatform(folder, platform);
    await runCommand(join(folder, 'node_modules/.bin', name), args, folder, {
      ...process.env,
      DENO_NO_UPDATE_CHECK: '1',
    });
  }
  return { group: 'Runtime', subject: title, version: versionOf(folder, name) };
}
