// Installs workerd into a folder of its own, since nobody else needs its 100 MB, and prints its path.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSION = '1.20261117.1';

const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-workerd-'));
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
execFileSync('npm', ['install', '--no-audit', '--no-fund', `workerd@${VERSION}`], {
  cwd: folder,
  stdio: ['ignore', 'ignore', 'inherit'],
});
process.stdout.write(`${join(folder, 'node_modules/.bin/workerd')}\n`);
