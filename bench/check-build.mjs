import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LIB = join(import.meta.dirname, '../lib');
const BUILT = join(import.meta.dirname, '../dist/esm/index.js');

/** What is measured is the package as it is published: it must be there, and of today's source. */
export function checkBuild() {
  const built = statSync(BUILT, { throwIfNoEntry: false });
  if (built === undefined) throw new Error('Expected a build in dist/esm. Run `npm run build`.');
  const files = readdirSync(LIB, { recursive: true, encoding: 'utf8' });
  const newer = files.find(
    (name) => name.endsWith('.ts') && statSync(join(LIB, name)).mtimeMs > built.mtimeMs,
  );
  if (newer !== undefined) {
    throw new Error(
      `Expected a build of today's source, lib/${newer} is newer. Run \`npm run build\`.`,
    );
  }
}
