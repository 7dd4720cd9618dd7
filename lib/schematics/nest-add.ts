import { relative, resolve, sep } from 'node:path';
import type { Entry } from '../migration/project.js';
import { migrate } from '../migration/migrate.js';
import { MigrationError } from '../migration/typescript.js';

/** What of the generator's tree of files is used. */
interface Tree {
  overwrite(path: string, content: string): void;
}

/** What of the generator's context is used. */
interface Context {
  readonly logger: {
    info(message: string): void;
    warn(message: string): void;
  };
}

/** What `nest add` passes: the source folder of the project that was chosen. */
interface Options {
  readonly sourceRoot?: string;
}

/**
 * The schematic of `nest add nestjs-cors`: the CORS options of the project move into `CorsModule`, and
 * a root module without any gets one that allows nobody, with an example above it.
 */
export function nestAdd({ sourceRoot }: Options = {}) {
  return async (tree: Tree, { logger }: Context): Promise<void> => {
    try {
      const root = resolve('.');
      const only = sourceRoot === undefined ? {} : { only: resolve(sourceRoot) };
      const { changes, entries } = await migrate(root, { whereNone: true, ...only });
      for (const { path, after } of changes) {
        tree.overwrite(`/${relative(root, path).split(sep).join('/')}`, after);
      }
      for (const entry of entries) {
        if (entry.kind === 'todo') logger.warn(lineOf(entry));
        else logger.info(lineOf(entry));
      }
    } catch (error) {
      // The package is installed all the same: nothing is lost by a sentence.
      if (!(error instanceof MigrationError)) throw error;
      logger.warn(`${error.message} Then run \`npx nestjs-cors migrate\`.`);
    }
  };
}

function lineOf({ place, kind, text }: Entry): string {
  return `${place.file}:${place.line}  ${kind === 'todo' ? 'TODO: ' : ''}${text}`;
}
