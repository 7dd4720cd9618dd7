import type ts from 'typescript';
import { type Application, findApplications, ownersOf, type RootModule } from './applications.js';
import { Edits } from './edits.js';
import { findLayers, type Layer, type LeftOver } from './layers.js';
import type { LiteralCheck } from './literal-check.js';
import { isOff, migrateRoot, writeNothing } from './migrate-root.js';
import { importsCorsModule } from './module-graph.js';
import { statementOf } from './moved-code.js';
import type { Entry, Place, Project } from './project.js';
import { nestProjects, type NestProject } from './project-files.js';
import { indentOf, NotCarriedOver, TODO } from './rewriting.js';
import { mayServe } from './serving.js';
import { inStyle, styleOf } from './source-style.js';
import { MigrationError } from './typescript.js';

/** The text of a file before and after. */
export interface FileChange {
  readonly path: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export interface Migration {
  readonly changes: readonly FileChange[];
  readonly entries: readonly Entry[];
  /** Those of a monorepo, by their names in `nest-cli.json`. */
  readonly projects: readonly NestProject[];
}

export interface MigrationOptions {
  /** Whether root modules without any CORS get a policy that allows nobody. */
  readonly whereNone: boolean;
  /** The folder of the applications that are meant, of several in the project. */
  readonly only?: string;
}

/**
 * Plans the whole migration of a project; nothing is written.
 *
 * @throws MigrationError when there is no application
 */
export function planMigration(
  project: Project,
  check: LiteralCheck,
  { whereNone, only }: MigrationOptions,
): Migration {
  const all = findApplications(project);
  const applications = only === undefined ? all : inFolder(project, all, only);
  const entries: Entry[] = project.unreadable.map((place) => ({
    place,
    kind: 'todo',
    text: 'this file does not parse; it stays as it is',
  }));
  if (applications.length === 0) throw new MigrationError(noApplication(project));
  const edits = new Edits();
  const { layers, leftOver } = findLayers(project);
  const left = (one: LeftOver): void => {
    entries.push({ place: one.place, kind: one.at === undefined ? 'note' : 'todo', text: one.why });
    if (one.at !== undefined) comment(project, one.at, one.why, edits);
  };
  for (const { hidden, call, place } of applications) {
    if (hidden === undefined) continue;
    const { file, line } = project.placeOf(hidden);
    const why = `the \`cors\` of these options (${file}:${line}) is put together; write it into \`CorsModule.forRoot()\`, and take it out`;
    left({ place, at: call, why });
  }
  const isMeant = isBelow(project, applications.length === all.length ? undefined : only);
  for (const one of leftOver) if (isMeant(one.place)) left(one);
  const own = layers.filter(({ place }) => isMeant(place));
  const owned = owners(project, own, all, left, entries);
  for (const { root, members } of byRoot(applications)) {
    const ofMembers = members.map((one) => [
      ...(one.created === undefined ? [] : [one.created]),
      ...(owned.get(one) ?? []),
    ]);
    const report = (entry: Entry): void => void entries.push(entry);
    if (root === undefined) {
      for (const one of members) {
        const isNeeded = whereNone || ofMembers.flat().length > 0;
        if (isNeeded)
          report({
            place: one.place,
            kind: 'todo',
            text: `${one.why}; import \`CorsModule\` there by hand`,
          });
      }
    } else if (!project.isReadable(root.node.getSourceFile())) {
      // Said already.
      continue;
    } else if (importsCorsModule(project, root)) {
      for (const layer of ofMembers.flat()) {
        if (!isOff(project, layer))
          left({
            place: layer.place,
            at: layer.node,
            why: 'this layer beside `CorsModule` is refused at boot; move what it still says there, and remove it',
          });
      }
    } else if (ofMembers.flat().every((one) => isOff(project, one))) {
      if (whereNone) writeNothing(project, root, edits, report);
    } else {
      try {
        refuseSharing(project, members, ofMembers);
        const migration = {
          project,
          check,
          root,
          applications: all,
          members,
          all: ofMembers,
          report,
        };
        edits.take(migrateRoot(migration), () => false);
      } catch (error) {
        if (!(error instanceof NotCarriedOver)) throw error;
        const [first] = ofMembers.flat();
        const place = first?.place ?? project.placeOf(error.node);
        report({ place, kind: 'todo', text: `${error.why}; it stays as it is` });
        if (!error.isUnknown && first !== undefined) comment(project, first.node, error.why, edits);
      }
    }
  }
  return {
    changes: changesOf(project, edits),
    entries: withOldTodos(project, entries, edits),
    projects: nestProjects(project.root),
  };
}

function noApplication({ root, unreadable }: Project): string {
  const got = `Expected a Nest application, \`NestFactory.create(…)\`, got none in \`${root}\``;
  if (unreadable.length === 0) {
    return `${got}. Only TypeScript is read. Name its folder: \`nestjs-cors migrate path/to/project\`.`;
  }
  const places = unreadable.map(({ file, line }) => `\`${file}:${line}\``).join(', ');
  return `${got}, and ${places} could not be parsed. Mend that, and run this again.`;
}

/** A policy of the root module would hold in an application that has none today. */
function refuseSharing(
  project: Project,
  members: readonly Application[],
  ofMembers: readonly (readonly Layer[])[],
): void {
  const installed = ofMembers.map((own) => own.filter((layer) => !isOff(project, layer)));
  const without = members.find(
    (one, index) => installed[index]?.length === 0 && mayServe(project, one),
  );
  const [first, other] = installed.flatMap(([layer]) => layer ?? []);
  if (first === undefined) return;
  if (other !== undefined && !haveSame(installed)) {
    throw new NotCarriedOver(
      first.node,
      `the application of \`${other.title}\` (${other.place.file}:${other.place.line}) has the same root module and another policy; give each a root module of its own`,
    );
  }
  if (without === undefined) return;
  const { file, line } = without.place;
  throw new NotCarriedOver(
    first.node,
    `the application at ${file}:${line} has no CORS, and would get this policy with the root module that both have; give each a root module of its own`,
  );
}

/** Whether several applications have the same layers, or the same text in each of them. */
function haveSame(installed: readonly (readonly Layer[])[]): boolean {
  const texts = installed
    .filter((own) => own.length > 0)
    .map((own) =>
      own.map(({ node, branches }) => [
        node.getText().replace(/\s/g, ''),
        branches.map(({ condition, holds }) => [condition.getText(), holds]),
      ]),
    );
  return new Set(texts.map((one) => JSON.stringify(one))).size <= 1;
}

function isBelow(project: Project, folder: string | undefined): (place: Place) => boolean {
  return ({ file }) => folder === undefined || file.startsWith(`${project.nameOf(folder)}/`);
}

/** Those below a folder; all of them where it has none, such as a library's. */
function inFolder(
  project: Project,
  all: readonly Application[],
  folder: string,
): readonly Application[] {
  const inside = all.filter(({ place }) => isBelow(project, folder)(place));
  return inside.length > 0 ? inside : all;
}

function owners(
  project: Project,
  layers: readonly Layer[],
  applications: readonly Application[],
  left: (one: LeftOver) => void,
  entries: Entry[],
): ReadonlyMap<Application, readonly Layer[]> {
  const owned = new Map<Application, readonly Layer[]>();
  for (const layer of layers) {
    if (project.isTest(layer.node.getSourceFile())) {
      const text = `${layer.title} in a test: the root module has the policy now; remove it`;
      entries.push({ place: layer.place, kind: 'todo', text });
      continue;
    }
    const all = ownersOf(project, layer, applications);
    if (all.length === 0) {
      left({
        place: layer.place,
        at: layer.node,
        why: 'which application this belongs to is not plain; move it into the `CorsModule.forRoot()` of its root module',
      });
    }
    for (const one of all) owned.set(one, [...(owned.get(one) ?? []), layer]);
  }
  return owned;
}

/** Applications by their root modules: two may share one. */
function byRoot(
  applications: readonly Application[],
): readonly { root: RootModule | undefined; members: readonly Application[] }[] {
  const groups = new Map<ts.Node, Application[]>();
  for (const one of applications) {
    const key = one.root?.node ?? one.call;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((members) => ({ root: members[0]?.root, members }));
}

/** A TODO on the line above, once. */
function comment(project: Project, node: ts.Node, why: string, edits: Edits): void {
  const file = node.getSourceFile();
  let statement = statementOf(project, node);
  const isFirst = () => /(?:^|\n)[ \t]*$/.test(file.text.slice(0, statement.getStart()));
  while (!isFirst()) statement = statementOf(project, statement.parent);
  const start = statement.getStart();
  const above = file.text.slice(0, start).trimEnd().split('\n').at(-1) ?? '';
  if (above.includes(TODO)) return;
  const text = `// ${TODO}: ${why}\n${indentOf(statement)}`;
  edits.insertOnce(file, start, inStyle(text, styleOf(project, file)));
}

function changesOf(project: Project, edits: Edits): readonly FileChange[] {
  return edits.files.flatMap((file) => {
    const after = edits.render(file);
    if (after === file.text) return [];
    const name = project.nameOf(file.fileName);
    const { diagnostics = [] } = project.ts.transpileModule(after, {
      reportDiagnostics: true,
      fileName: file.fileName,
    });
    if (diagnostics.length > 0) {
      const [{ messageText } = { messageText: '' }] = diagnostics;
      throw new MigrationError(
        `\`${name}\` could not be rewritten: what came out does not parse (${project.ts.flattenDiagnosticMessageText(messageText, ' ')}). Nothing was changed; move its CORS options by hand.`,
      );
    }
    return [{ path: file.fileName, name, before: file.text, after }];
  });
}

/** What an earlier run has left to a person is still to be done. */
function withOldTodos(project: Project, entries: readonly Entry[], edits: Edits): readonly Entry[] {
  const old = project.files.flatMap((file) => {
    if (edits.files.includes(file)) return [];
    return Array.from(
      file.text.matchAll(/\/\/ TODO\(nestjs-cors\): (.*)/g),
      ({ index, 1: text = '' }) => ({
        place: project.placeAt(file, index),
        kind: 'todo' as const,
        text,
      }),
    );
  });
  const all = [...entries, ...old.filter(({ text }) => !entries.some((one) => one.text === text))];
  return all.toSorted(
    (a, b) => a.place.file.localeCompare(b.place.file) || a.place.line - b.place.line,
  );
}
