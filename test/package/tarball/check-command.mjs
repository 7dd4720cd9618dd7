import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The command runs as packed: it knows its version, and bears a reader that has seen enough. */
export async function checkCommand({ folder }) {
  const { version, bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const command = join(folder, bin['nestjs-cors']);
  const shown = await run([command, '--version']);
  const cut = await run([command, 'check', '--help'], (child) => child.stdout.destroy());
  return [
    ...(shown.stdout === `${version}\n` ? [] : [`--version prints ${JSON.stringify(shown)}.`]),
    ...(cut.code === 0 && cut.stderr === '' ? [] : [`A closed pipe: ${JSON.stringify(cut)}.`]),
  ];
}

function run(argv, onSpawn = () => undefined) {
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  onSpawn(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (output.stdout += data));
  child.stderr.on('data', (data) => (output.stderr += data));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, ...output }));
  });
}
