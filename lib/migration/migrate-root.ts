import type ts from 'typescript';
import type { Application, RootModule } from './applications.js';
import { Edits } from './edits.js';
import { refuseOtherTimes } from './environment.js';
import type { Layer } from './layers.js';
import type { LiteralCheck } from './literal-check.js';
import { isOneOf, joined, moduleCall, optionsText, type RewrittenLayer } from './module-call.js';
import { writeModuleImport } from './module-writer.js';
import { type Needs, NeedsFinder, statementOf } from './moved-code.js';
import { OptionsRewriter } from './options-rewriter.js';
import type { Entry, Project } from './project.js';
import { Removal } from './removal.js';
import { Draft, NotCarriedOver, TODO } from './rewriting.js';
import { addImports, type NewImport, styleOf } from './source-style.js';
import { isUndefined } from './syntax.js';
import { importOptionsType, isThere, targetImports } from './target-imports.js';

/** The layers that become the policy of one root module. */
export interface RootMigration {
  readonly project: Project;
  readonly check: LiteralCheck;
  readonly root: RootModule;
  /** All of the project, and those that have this root module. */
  readonly applications: readonly Application[];
  readonly members: readonly Application[];
  /** The layers of each member. */
  readonly all: readonly (readonly Layer[])[];
  readonly report: (entry: Entry) => void;
}

/**
 * Writes the policy of one root module, and takes the old layers out.
 *
 * @returns the edits, complete
 * @throws NotCarriedOver where everything has to stay as it is
 */
export function migrateRoot(migration: RootMigration): Edits {
  const { project, root, all, report } = migration;
  const draft = new Draft(project, migration.check);
  const entries: Entry[] = [];
  const comments: string[] = [];
  const layers = all.flatMap((one) => joined(one));
  const rewritten = layers
    .filter((layer) => !isOff(project, layer))
    .map((layer) => rewrite(layer, draft, entries, comments));
  const chosen = distinct(rewritten);
  const isOne = isOneOf(chosen.map(({ layer }) => layer));
  const edits = new Edits();
  const removal = new Removal(project, edits);
  for (const layer of layers) removal.layer(layer);
  const files = [...new Set(layers.map(({ node }) => node.getSourceFile()))];
  if (isOne) {
    writePolicy(migration, chosen, draft, comments, removal, edits);
    entries.push(...moved(project, layers, root));
  } else {
    const why = differing(chosen.map(({ layer }) => layer));
    entries.push({ place: placeOf(chosen), kind: 'todo', text: why });
    const old = layers.map(
      ({ title, options }) => `${title}: ${options?.getText() ?? 'every origin'}`,
    );
    const lines = [`// ${TODO}: ${why}`, ...old.flatMap((one) => before(one))];
    put(project, root, lines, "CorsModule.forRoot({ origin: 'TODO' })", edits);
    removal.unused(inlinedIn(project, draft), files);
  }
  for (const entry of entries) report(entry);
  return edits;
}

/** `cors: false` is not a layer. */
export function isOff({ ts }: Project, { kind, options }: Layer): boolean {
  if (kind !== 'create' || options === undefined) return false;
  return options.kind === ts.SyntaxKind.FalseKeyword || isUndefined(ts, options);
}

function inlinedIn(project: Project, draft: Draft): readonly ts.Statement[] {
  return draft.inlined.map((one) => statementOf(project, one));
}

function rewrite(layer: Layer, draft: Draft, entries: Entry[], comments: string[]): RewrittenLayer {
  const { node, ...said } = new OptionsRewriter(draft).rewrite(layer);
  const { place } = layer;
  for (const text of said.todos) {
    entries.push({ place, kind: 'todo', text });
    comments.push(`// ${TODO}: ${text} (${place.file}:${place.line})`);
  }
  comments.push(...said.remarks.map((text) => `// ${text}`));
  comments.push(...said.before.flatMap((text) => before(text)));
  for (const text of said.notes) entries.push({ place, kind: 'note', text });
  return { layer, node, draft };
}

/** Old code as a comment. */
function before(text: string): readonly string[] {
  return [`Before: ${text}`]
    .flatMap((one) => one.split(/\r?\n/))
    .map((line) => `// ${line}`.trimEnd());
}

/** Layers that say the same are one. */
function distinct(layers: readonly RewrittenLayer[]): readonly RewrittenLayer[] {
  const keyOf = (one: RewrittenLayer) =>
    JSON.stringify([
      optionsText(one).replace(/\s|,(?=\s*\})/g, ''),
      one.layer.branches.map(({ condition, holds }) => [condition.getText(), holds]),
    ]);
  return layers.filter(
    (one, index) => layers.findIndex((other) => keyOf(other) === keyOf(one)) === index,
  );
}

/** What each of two layers does: the later middleware writes over the earlier one's headers. */
function differing(layers: readonly Layer[]): string {
  const [first] = layers.filter(({ kind }) => kind !== 'create');
  const last = layers.find(({ kind }) => kind === 'create') ?? layers.at(-1);
  const at = (layer: Layer | undefined) =>
    layer === undefined
      ? 'a layer'
      : `\`${layer.title}\` (${layer.place.file}:${layer.place.line})`;
  return `two layers differ. On Express, ${at(first)} answered preflights, and ${at(last)} wrote the headers of all other responses; Fastify takes one only. Write the policy that is meant`;
}

function placeOf(layers: readonly RewrittenLayer[]): Entry['place'] {
  const layer = layers.find((one) => one.layer.kind !== 'create') ?? layers[0];
  return layer?.layer.place ?? { file: '', line: 1 };
}

function moved(project: Project, layers: readonly Layer[], root: RootModule): readonly Entry[] {
  const { file, line } = project.placeOf(root.call);
  return layers.map(({ place, title }) => ({
    place,
    kind: 'moved' as const,
    text: `${title} is \`CorsModule\` in ${root.name} now (${file}:${line})`,
  }));
}

function writePolicy(
  { project, root, applications, members }: RootMigration,
  layers: readonly RewrittenLayer[],
  draft: Draft,
  comments: readonly string[],
  removal: Removal,
  edits: Edits,
): void {
  const target = root.node.getSourceFile();
  const [first] = layers;
  if (first === undefined) return;
  const sources = [...new Set(layers.map(({ layer }) => layer.node.getSourceFile()))];
  const [source = target] = sources;
  if (sources.length > 1) {
    throw new NotCarriedOver(
      first.layer.node,
      'the layers of this application are in several files',
    );
  }
  const needs = needsOf(project, layers, draft, applications, target);
  if (new Set(needs.statements.map((one) => one.getSourceFile())).size > 1) {
    throw new NotCarriedOver(first.layer.node, 'what this needs is declared in several files');
  }
  refuseOtherTimes(project, readsOf(layers, needs, target), members);
  const { wanted, modules, prelude } = targetImports(project, root, needs);
  const style = styleOf(project, target);
  const call = moduleCall(layers, needs, modules, prelude, style.indent);
  // What moves is rewritten in its new place, constants of other files in theirs.
  edits.take(draft.edits, (file) => file === source);
  for (const file of draft.retyped) if (file !== source) importOptionsType(project, file, edits);
  put(project, root, comments, call, edits, wanted);
  const inlined = inlinedIn(project, draft);
  const held = layers.flatMap(({ layer }) => receivedFrom(project, layer));
  removal.unused([...needs.statements, ...needs.replaced, ...inlined, ...held], sources);
}

/** `const fastify = app.getHttpAdapter().getInstance();`, which may have been there for the layer alone. */
function receivedFrom(project: Project, { receiver }: Layer): readonly ts.Statement[] {
  const { ts } = project;
  if (receiver === undefined || !ts.isIdentifier(receiver)) return [];
  const declaration = project.declarationOf(receiver);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return [];
  const isInstance = /\.getInstance(?:<[^()]*>)?\(\)$/.test(
    declaration.initializer?.getText() ?? '',
  );
  return isInstance ? [statementOf(project, declaration)] : [];
}

/** The code that runs in the factory now, and elsewhere before. */
function readsOf(
  layers: readonly RewrittenLayer[],
  { statements }: Needs,
  target: ts.SourceFile,
): readonly ts.Node[] {
  const values = layers.flatMap(({ layer, node }) => [
    ...(node === undefined ? [] : [node]),
    ...layer.branches.map(({ condition }) => condition),
  ]);
  // A constant that stays where it is is read when it was.
  return [...values, ...statements.filter((one) => one.getSourceFile() !== target)];
}

function needsOf(
  project: Project,
  layers: readonly RewrittenLayer[],
  draft: Draft,
  applications: readonly Application[],
  target: ts.SourceFile,
): Needs {
  const finder = new NeedsFinder(project, draft, applications, target);
  const roots = layers.flatMap(({ layer, node }) => [
    ...(node === undefined ? [] : [node]),
    ...layer.branches.map(({ condition }) => condition),
  ]);
  // First what is written there as a whole, so that it is known to be there.
  for (const root of [...roots, ...draft.kept]) finder.add(root);
  return finder.needs;
}

/** Writes the call into the module, in the style of its file. */
function put(
  project: Project,
  root: RootModule,
  comments: readonly string[],
  call: string,
  edits: Edits,
  imports: readonly NewImport[] = [],
): void {
  const file = root.node.getSourceFile();
  const style = styleOf(project, file);
  const module = {
    name: 'CorsModule',
    local: 'CorsModule',
    isTypeOnly: false,
    specifier: 'nestjs-cors',
  };
  const isImported = isThere(project, file, module);
  addImports(project, file, [...(isImported ? [] : [module]), ...imports], edits);
  const quoted = style.quote === '"' ? call.replace(/'([\w*-]+)'/g, '"$1"') : call;
  const written = style.semicolon === '' ? quoted.replace(/;$/gm, '') : quoted;
  writeModuleImport(project, root, comments, written, edits);
}

/** A root module without any CORS: nobody is allowed, and an example says how to allow somebody. */
export function writeNothing(
  project: Project,
  root: RootModule,
  edits: Edits,
  report: (entry: Entry) => void,
): void {
  const example =
    "// List the origins of your pages: CorsModule.forRoot({ origin: ['https://app.example.com'], credentials: true })";
  put(project, root, [example], 'CorsModule.forRoot({ origin: false })', edits);
  report({
    place: project.placeOf(root.call),
    kind: 'moved',
    text: `${root.name} imports \`CorsModule\`, which allows nobody yet`,
  });
}
