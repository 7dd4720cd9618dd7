import { dirname, relative, resolve, sep } from 'node:path';
import type ts from 'typescript';
import { moduleOf, type RootModule } from './applications.js';
import type { Edits } from './edits.js';
import type { Injected, Needs } from './moved-code.js';
import type { ImportedName, Project } from './project.js';
import { NotCarriedOver } from './rewriting.js';
import { addImports, importLine, type NewImport, specifierOf, styleOf } from './source-style.js';
import { called, propertyName, propertyOf, walk } from './syntax.js';

/** What the call in the root module needs besides its text. */
export interface TargetImports {
  /** What is to be imported there. */
  readonly wanted: readonly Wanted[];
  /** Modules that the factory's own parameters come from. */
  readonly modules: readonly string[];
  /** Imports that are to happen as late as before, within the factory. */
  readonly prelude: readonly string[];
}

/** Finds how the file of the root module gets at every name. */
export function targetImports(project: Project, root: RootModule, needs: Needs): TargetImports {
  const file = root.node.getSourceFile();
  const imports: Wanted[] = [];
  const prelude: string[] = [];
  const wanted = [...needs.imports.values()].flatMap((one) => retargeted(project, one, file));
  const modules = needs.injected.flatMap((one) => providerOf(project, one, file, wanted));
  for (const one of wanted) {
    if (isThere(project, file, one)) continue;
    if (one.isLate) {
      prelude.push(`const { ${one.local} } = await import('${one.specifier}');`);
    } else imports.push(one);
  }
  return { wanted: imports, modules: [...new Set(modules)], prelude };
}

export interface Wanted extends NewImport {
  readonly isLate: boolean;
}

/** The same import, seen from the other file. */
function retargeted(
  project: Project,
  imported: ImportedName,
  file: ts.SourceFile,
): readonly Wanted[] {
  const { specifier, declaration } = imported;
  const from = declaration.getSourceFile();
  if (from === file) return [];
  const source = project.fileOf(specifier, from);
  if (source === file) return [];
  if (!specifier.startsWith('.')) return [{ ...imported, isLate: false }];
  if (source === undefined) {
    const path = resolve(dirname(from.fileName), specifier);
    const own = relative(dirname(file.fileName), path).split(sep).join('/');
    return [{ ...imported, specifier: own.startsWith('.') ? own : `./${own}`, isLate: false }];
  }
  const own = specifierOf(file.fileName, source.fileName, styleOf(project, from));
  const isLate =
    imported.name === imported.local && isReadLater(project, source, declaration, file);
  return [{ ...imported, specifier: own, isLate }];
}

/**
 * Whether a file reads the environment as it is loaded, and was loaded after the root module, which may
 * load `.env`: it must not be read earlier now.
 */
function isReadLater(
  { ts }: Project,
  source: ts.SourceFile,
  declaration: ts.Node,
  root: ts.SourceFile,
): boolean {
  if (!/process\.env/.test(source.text)) return false;
  const from = declaration.getSourceFile();
  const stem = root.fileName.replace(/^.*\//, '').replace(/\.[cm]?tsx?$/, '');
  const ofRoot = from.statements.find(
    (one) => ts.isImportDeclaration(one) && one.moduleSpecifier.getText().includes(stem),
  );
  return ofRoot !== undefined && ofRoot.pos < declaration.pos;
}

/** Whether the file imports the same thing by the same name; another one of that name is in the way. */
export function isThere(project: Project, file: ts.SourceFile, wanted: NewImport): boolean {
  const { ts } = project;
  for (const one of file.statements.filter(ts.isImportDeclaration)) {
    const clause = one.importClause;
    const bindings = clause?.namedBindings;
    const names = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
    const same = names.find(({ name }) => name.text === wanted.local);
    const isDefault = clause?.name?.text === wanted.local;
    if (same === undefined && !isDefault) continue;
    const specifier = one.moduleSpecifier.getText().slice(1, -1);
    const isSame = isDefault
      ? wanted.name === 'default'
      : (same?.propertyName ?? same?.name)?.text === wanted.name;
    const isTypeOnly = clause?.isTypeOnly === true || same?.isTypeOnly === true;
    if (isSame && specifier === wanted.specifier && !isTypeOnly) return true;
    throw new NotCarriedOver(
      one,
      `\`${wanted.local}\` is the name of something else in the file of the root module`,
    );
  }
  const isDeclared = project.declares(file, wanted.local);
  if (isDeclared)
    throw new NotCarriedOver(
      file,
      `\`${wanted.local}\` is declared in the file of the root module`,
    );
  return false;
}

/** The module that a factory's parameter comes from, unless it is global. */
function providerOf(
  project: Project,
  { token }: Injected,
  file: ts.SourceFile,
  wanted: Wanted[],
): readonly string[] {
  const { ts } = project;
  if (project.isImported(token, /^@nestjs\/config$/, 'ConfigService')) {
    const options = configOptions(project);
    if (options.has('isGlobal')) return [];
    if (options.has('load')) {
      throw new NotCarriedOver(
        token,
        '`ConfigModule` is not global and loads values by functions, so the policy might be made before them; add `isGlobal: true` to `ConfigModule.forRoot()`, and run this again',
      );
    }
    wanted.push({
      name: 'ConfigModule',
      local: 'ConfigModule',
      isTypeOnly: false,
      specifier: '@nestjs/config',
      isLate: false,
    });
    return ['ConfigModule'];
  }
  const provider = project.declarationOf(token);
  const exporting = project.files.flatMap((one) =>
    one.statements.filter(ts.isClassDeclaration).filter((node) => {
      const metadata = moduleOf(project, node)?.metadata;
      const list = metadata && propertyOf(ts, metadata, 'exports');
      return (
        list !== undefined &&
        ts.isPropertyAssignment(list) &&
        ts.isArrayLiteralExpression(list.initializer) &&
        list.initializer.elements.some(
          (element) => ts.isIdentifier(element) && project.declarationOf(element) === provider,
        )
      );
    }),
  );
  const [module] = exporting;
  if (provider === undefined || module?.name === undefined || exporting.length > 1) {
    throw new NotCarriedOver(
      token,
      `which module exports \`${token.text}\` is not plain; the root module would have to import it`,
    );
  }
  const isGlobal = (ts.getDecorators(module) ?? []).some((one) => /^@Global\b/.test(one.getText()));
  if (isGlobal) return [];
  const source = module.getSourceFile();
  if (source !== file) {
    const specifier = specifierOf(file.fileName, source.fileName, styleOf(project, file));
    wanted.push({
      name: module.name.text,
      local: module.name.text,
      isTypeOnly: false,
      specifier,
      isLate: false,
    });
  }
  return [module.name.text];
}

/** The options that `ConfigModule.forRoot()` has, as far as they are written as objects. */
function configOptions(project: Project): ReadonlySet<string> {
  const { ts } = project;
  const options = new Set<string>();
  for (const file of project.files) {
    walk(ts, file, (node) => {
      const target = ts.isCallExpression(node) ? called(ts, node) : undefined;
      if (target?.name !== 'forRoot' || !ts.isCallExpression(node)) return true;
      if (!project.isImported(target.receiver, /^@nestjs\/config$/, 'ConfigModule')) return true;
      const [given] = node.arguments;
      if (given === undefined || !ts.isObjectLiteralExpression(given)) return true;
      for (const property of given.properties) {
        const isOff =
          ts.isPropertyAssignment(property) && property.initializer.getText() === 'false';
        const name = propertyName(ts, property);
        if (name !== undefined && !isOff) options.add(name);
      }
      return true;
    });
  }
  return options;
}

/** Constants that hold options have this module's type now. */
export function importOptionsType(project: Project, file: ts.SourceFile, edits: Edits): void {
  const { ts } = project;
  const style = styleOf(project, file);
  const line = importLine(
    { name: 'CorsOptions', local: 'CorsOptions', isTypeOnly: true },
    'nestjs-cors',
    style,
  );
  for (const one of file.statements.filter(ts.isImportDeclaration)) {
    const bindings = one.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const old = bindings.elements.find(({ name }) => name.text === 'CorsOptions');
    if (old === undefined) continue;
    const rest = bindings.elements.filter((element) => element !== old);
    if (rest.length === 0 && one.importClause?.name === undefined) {
      edits.replaceNode(one, line);
      return;
    }
    edits.replaceNode(bindings, `{ ${rest.map((element) => element.getText()).join(', ')} }`);
  }
  const wanted = { name: 'CorsOptions', local: 'CorsOptions', isTypeOnly: true };
  addImports(project, file, [{ ...wanted, specifier: 'nestjs-cors' }], edits);
}
