import type { Migration } from '../migration/plan-migration.js';
import type { Entry } from '../migration/project.js';
import type { NestProject } from '../migration/project-files.js';
import { diffText } from './render/diff.js';
import type { Terminal } from './terminal.js';

/** The options of `migrate` as `commander` gives them. */
export interface MigrateOptions {
  readonly write?: boolean;
  readonly force?: boolean;
}

const NOTHING_DONE = 2;

/**
 * The command `migrate`, with its exit code: 0 nothing is left to a person, 1 a TODO is, 2 nothing
 * could be done.
 */
export async function runMigrate(
  folder: string,
  options: MigrateOptions,
  terminal: Terminal,
): Promise<number> {
  // The project's compiler, and all that works with it, is needed by this command only.
  const [{ migrate }, { MigrationError }, { uncommitted, writeChanges }] = await Promise.all([
    import('../migration/migrate.js'),
    import('../migration/typescript.js'),
    import('../migration/write-changes.js'),
  ]);
  try {
    const migration = await migrate(folder, { whereNone: false });
    const { changes } = migration;
    if (options.write === true) {
      const dirty = options.force === true ? [] : uncommitted(changes);
      if (dirty.length > 0) {
        throw new MigrationError(
          `Expected the files to be committed, got changes in ${dirty.map((one) => `\`${one}\``).join(', ')}. Commit or stash them, so that the diff shows this migration alone, or add \`--force\`.`,
        );
      }
      writeChanges(changes);
    } else {
      for (const { name, before, after } of changes) {
        terminal.out(`${diffText(name, before, after, terminal)}\n`);
      }
    }
    terminal.out(reportText(migration, options.write === true));
    return migration.entries.some(({ kind }) => kind === 'todo') ? 1 : 0;
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    terminal.error(`${error.message}\n`);
    return NOTHING_DONE;
  }
}

const SIGNS = { moved: 'moved', note: 'note ', todo: 'TODO ' } as const;

function reportText({ changes, entries, projects }: Migration, isWritten: boolean): string {
  const lines = byProject(entries, projects).flatMap(([name, own]) => [
    ...(name === undefined ? [] : [`${name}:`]),
    ...own.map(({ place, kind, text }) => `${SIGNS[kind]}  ${place.file}:${place.line}  ${text}`),
  ]);
  const todos = entries.filter(({ kind }) => kind === 'todo').length;
  const files = changes.length === 1 ? '1 file' : `${changes.length} files`;
  const last = [
    changes.length === 0
      ? 'Nothing to change.'
      : isWritten
        ? `${files} written.`
        : `${files} would change; \`--write\` writes them.`,
    todos === 0
      ? 'Nothing is left to a person.'
      : `${todos} left to a person: search for TODO(nestjs-cors).`,
  ];
  return `${[...lines, last.join(' ')].join('\n')}\n`;
}

/** In a monorepo, what is said of each project stands below its name. */
function byProject(
  entries: readonly Entry[],
  projects: readonly NestProject[],
): readonly (readonly [string | undefined, readonly Entry[]])[] {
  const ownerOf = ({ place }: Entry) =>
    projects.find(({ folder }) => place.file.startsWith(`${folder}/`))?.name;
  if (projects.length < 2) return [[undefined, entries]];
  const named = projects.map(
    ({ name }) => [name, entries.filter((one) => ownerOf(one) === name)] as const,
  );
  const others = entries.filter((one) => ownerOf(one) === undefined);
  return [...named, ['elsewhere', others] as const].filter(([, own]) => own.length > 0);
}
