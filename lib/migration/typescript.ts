import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ts from 'typescript';
import { printable } from '../text/escape.js';

/** The compiler's API, as the project has it installed. */
export type TypeScript = typeof ts;

/** Nothing could be done; the message says why, and what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const OLDEST = 5;

/** What of the API is used; a native compiler has a package of the same name without it. */
const NEEDED = [
  'createProgram',
  'createSourceFile',
  'forEachChild',
  'getDecorators',
  'resolveModuleName',
] as const;

/**
 * Loads the project's own compiler: it reads the syntax that the project is written in.
 *
 * @throws MigrationError when there is none, or one without the API
 */
export function loadTypeScript(folder: string): TypeScript {
  const require = createRequire(join(folder, 'package.json'));
  let path: string;
  try {
    path = require.resolve('typescript');
  } catch {
    throw new MigrationError(
      `Expected the package \`typescript\` in \`${printable(folder)}\`, got none. ` +
        "Your project's own compiler reads the files: run `npm install`, or add it by `npm install --save-dev typescript`.",
    );
  }
  const api: unknown = require(path);
  if (isTypeScript(api)) return api;
  const version = versionOf(api);
  const remedy =
    Number.parseInt(version, 10) < OLDEST
      ? `Update it: \`npm install --save-dev typescript@${OLDEST}\`, or later.`
      : 'Install one that has the API beside it for this run: `npm install --no-save typescript@6`.';
  throw new MigrationError(
    `Expected a \`typescript\` with the compiler API of ${OLDEST}.0 or later, got ${printable(version)}. ${remedy}`,
  );
}

function isTypeScript(api: unknown): api is TypeScript {
  if (typeof api !== 'object' || api === null) return false;
  const isNew = Number.parseInt(versionOf(api), 10) >= OLDEST;
  return isNew && NEEDED.every((name) => typeof Reflect.get(api, name) === 'function');
}

function versionOf(api: unknown): string {
  const version: unknown =
    typeof api === 'object' && api !== null ? Reflect.get(api, 'version') : undefined;
  return typeof version === 'string' ? version : 'an unknown version';
}
