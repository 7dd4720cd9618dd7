import { resolve } from 'node:path';
import { statSync } from 'node:fs';
import { printable } from '../text/escape.js';
import { LiteralCheck } from './literal-check.js';
import { type Migration, type MigrationOptions, planMigration } from './plan-migration.js';
import { Project } from './project.js';
import { loadTypeScript, MigrationError } from './typescript.js';

/**
 * Reads a project and plans its migration.
 *
 * @throws MigrationError when nothing can be done
 */
export async function migrate(folder: string, options: MigrationOptions): Promise<Migration> {
  const root = resolve(folder);
  const found = statSync(root, { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) {
    const what = found === undefined ? 'which is not there' : 'which is not a folder';
    throw new MigrationError(
      `Expected the folder of a project, got \`${printable(folder)}\`, ${what}. Write for example \`nestjs-cors migrate .\`.`,
    );
  }
  const project = new Project(loadTypeScript(root), root);
  return planMigration(project, await LiteralCheck.load(), options);
}
