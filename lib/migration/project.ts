import { readFileSync } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { relative, sep } from 'node:path';
import type ts from 'typescript';
import { compilerOptions, hostOf, sourcesBelow } from './project-files.js';
import { loaded, unwrapped } from './syntax.js';
import type { TypeScript } from './typescript.js';

/** A name that a file imports. */
export interface ImportedName {
  readonly specifier: string;
  /** What the other module calls it; `default`, or `*` for all of it. */
  readonly name: string;
  readonly local: string;
  readonly isTypeOnly: boolean;
  readonly declaration: ts.ImportDeclaration | ts.ImportEqualsDeclaration;
}

/** A place that the report names. */
export interface Place {
  /** Relative to the project's folder, with `/`. */
  readonly file: string;
  readonly line: number;
}

/** One line of the report. */
export interface Entry {
  readonly place: Place;
  readonly kind: 'moved' | 'note' | 'todo';
  readonly text: string;
}

const TEST = /(?:^|\/)(?:tests?|__tests__|e2e)\/|[.-](?:spec|test)\.[cm]?tsx?$/;

/** Of a file without any of these, nobody needs to know that it does not parse. */
const INTERESTING = /\bNestFactory\b|enableCors|\bcors\b|@Module\b/;

/**
 * The sources of a project, parsed, and their names resolved. Packages are not read: what a name means
 * inside the project is all that is asked.
 */
export class Project {
  readonly files: readonly ts.SourceFile[];
  private readonly byPath: ReadonlyMap<string, ts.SourceFile>;
  /** Files that are not UTF-8, or do not parse. */
  readonly unreadable: readonly Place[];
  private readonly unreadableNames: ReadonlySet<string>;
  private readonly checker: ts.TypeChecker;
  private readonly options: ts.CompilerOptions;
  private identifiers: Map<string, ts.Identifier[]> | undefined;
  private aliases: Map<ts.Declaration, Set<string>> | undefined;

  constructor(
    readonly ts: TypeScript,
    readonly root: string,
  ) {
    const texts = new Map<string, string>();
    const unreadable: Place[] = [];
    for (const path of sourcesBelow(root)) {
      const bytes = readFileSync(path);
      if (isUtf8(bytes)) texts.set(path, bytes.toString('utf8'));
      else unreadable.push({ file: this.nameOf(path), line: 1 });
    }
    const options = compilerOptions(ts, root);
    this.options = options;
    const program = ts.createProgram({
      rootNames: [...texts.keys()],
      options,
      host: hostOf(ts, root, options, texts),
    });
    this.checker = program.getTypeChecker();
    this.files = program.getSourceFiles().filter(({ fileName }) => texts.has(fileName));
    this.byPath = new Map(this.files.map((file) => [file.fileName, file]));
    for (const file of this.files) {
      if (!INTERESTING.test(file.text)) continue;
      const [fault] = program.getSyntacticDiagnostics(file);
      if (fault !== undefined) unreadable.push(this.placeAt(file, fault.start ?? 0));
    }
    this.unreadable = unreadable;
    this.unreadableNames = new Set(unreadable.map(({ file }) => file));
  }

  isReadable(file: ts.SourceFile): boolean {
    return !this.unreadableNames.has(this.nameOf(file.fileName));
  }

  isTest(file: ts.SourceFile): boolean {
    return TEST.test(this.nameOf(file.fileName));
  }

  /** The file that a specifier names; none for packages. */
  fileOf(specifier: string, from: ts.SourceFile): ts.SourceFile | undefined {
    const { resolvedModule } = this.ts.resolveModuleName(
      specifier,
      from.fileName,
      this.options,
      this.ts.sys,
    );
    return this.byPath.get(resolvedModule?.resolvedFileName ?? '');
  }

  nameOf(path: string): string {
    return relative(this.root, path).split(sep).join('/');
  }

  placeOf(node: ts.Node): Place {
    return this.placeAt(node.getSourceFile(), node.getStart());
  }

  placeAt(file: ts.SourceFile, position: number): Place {
    const { line } = file.getLineAndCharacterOfPosition(position);
    return { file: this.nameOf(file.fileName), line: line + 1 };
  }

  /** What a name stands for in its own file: a declaration there, or an import. */
  symbolOf(name: ts.Identifier): ts.Symbol | undefined {
    const { parent } = name;
    return this.ts.isShorthandPropertyAssignment(parent)
      ? this.checker.getShorthandAssignmentValueSymbol(parent)
      : this.checker.getSymbolAtLocation(name);
  }

  /** Where a name is declared, through imports and re-exports; none for globals and packages. */
  declarationOf(name: ts.Identifier): ts.Declaration | undefined {
    let symbol = this.symbolOf(name);
    if (symbol === undefined) return undefined;
    if ((symbol.flags & this.ts.SymbolFlags.Alias) !== 0) {
      symbol = this.checker.getAliasedSymbol(symbol);
    }
    // Packages are not read, so that whatever is declared is declared in a file of the project.
    return symbol.valueDeclaration ?? symbol.declarations?.[0];
  }

  /** The value that a constant of the project is declared with. */
  initializerOf(name: ts.Identifier): ts.Expression | undefined {
    const declaration = this.declarationOf(name);
    return declaration !== undefined && this.ts.isVariableDeclaration(declaration)
      ? declaration.initializer
      : undefined;
  }

  /** The import that a name stands for in its file, if it is one. */
  importOf(name: ts.Identifier): ImportedName | undefined {
    const [declaration] = this.symbolOf(name)?.declarations ?? [];
    return declaration && importedName(this.ts, declaration);
  }

  /** What a name stands for that `require('…')` declares. */
  requireOf(name: ts.Identifier): Omit<ImportedName, 'declaration'> | undefined {
    const { ts } = this;
    const [declaration] = this.symbolOf(name)?.declarations ?? [];
    if (declaration === undefined) return undefined;
    const isElement = ts.isBindingElement(declaration);
    const variable = isElement ? declaration.parent.parent : declaration;
    if (!ts.isVariableDeclaration(variable) || variable.initializer === undefined) return undefined;
    const specifier = loaded(ts, unwrapped(ts, variable.initializer));
    if (specifier === undefined) return undefined;
    const imported = isElement ? (declaration.propertyName ?? declaration.name).getText() : '=';
    return { specifier, name: imported, local: name.text, isTypeOnly: false };
  }

  /** Whether a name, or a member of a namespace, is one that a package exports. */
  isImported(node: ts.Node, from: RegExp, name?: string): boolean {
    const { ts } = this;
    const isMember = ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression);
    const local = isMember ? node.expression : node;
    if (!ts.isIdentifier(local)) return false;
    const imported = this.importOf(local) ?? this.requireOf(local);
    if (imported === undefined || !from.test(imported.specifier)) return false;
    if (isMember) return /^[*=]$/.test(imported.name) && node.name.text === name;
    return name === undefined || imported.name === name;
  }

  /** Whether a file declares a name at its top level, other than by an import. */
  declares(file: ts.SourceFile, name: string): boolean {
    const declaration = this.checker
      .getSymbolsInScope(file, this.ts.SymbolFlags.Value)
      .find((symbol) => symbol.name === name)?.valueDeclaration;
    return declaration?.getSourceFile() === file;
  }

  /** Every use of a declaration, in whatever file, apart from the declaration and its imports. */
  usesOf(declaration: ts.Declaration): readonly ts.Identifier[] {
    const name = this.ts.getNameOfDeclaration(declaration);
    if (name === undefined || !this.ts.isIdentifier(name)) return [];
    const candidates = [...this.named(name.text), ...this.aliasesOf(declaration)];
    return candidates.filter((one) => one !== name && this.declarationOf(one) === declaration);
  }

  /** Names in other files under which something is imported. */
  private aliasesOf(declaration: ts.Declaration): readonly ts.Identifier[] {
    this.aliases ??= this.readAliases();
    return [...(this.aliases.get(declaration) ?? [])].flatMap((text) => this.named(text));
  }

  private readAliases(): Map<ts.Declaration, Set<string>> {
    const { ts } = this;
    const aliases = new Map<ts.Declaration, Set<string>>();
    for (const file of this.files) {
      for (const { importClause } of file.statements.filter(ts.isImportDeclaration)) {
        const bindings = importClause?.namedBindings;
        const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
        for (const local of [importClause?.name, ...named.map(({ name }) => name)]) {
          const declaration = local && this.declarationOf(local);
          if (local === undefined || declaration === undefined) continue;
          if (ts.getNameOfDeclaration(declaration)?.getText() === local.text) continue;
          const texts = aliases.get(declaration) ?? new Set();
          aliases.set(declaration, texts.add(local.text));
        }
      }
    }
    return aliases;
  }

  /** Identifiers of that name that are uses: no names of properties, imports or exports. */
  private named(name: string): readonly ts.Identifier[] {
    if (this.identifiers === undefined) {
      const all = new Map<string, ts.Identifier[]>();
      const visit = (node: ts.Node): void => {
        if (this.ts.isIdentifier(node) && isUse(this.ts, node)) {
          const same = all.get(node.text);
          if (same === undefined) all.set(node.text, [node]);
          else same.push(node);
        }
        this.ts.forEachChild(node, visit);
      };
      this.files.forEach(visit);
      this.identifiers = all;
    }
    return this.identifiers.get(name) ?? [];
  }
}

/** Whether an identifier stands for what it names, rather than being the name of a member. */
export function isUse(ts: TypeScript, node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isQualifiedName(parent)) return parent.right !== node;
  if (ts.isPropertyAssignment(parent)) return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) {
    return false;
  }
  if (ts.isExportSpecifier(parent)) return false;
  const isMember =
    ts.isMethodDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isGetAccessor(parent) ||
    ts.isSetAccessor(parent) ||
    ts.isEnumMember(parent);
  return !(isMember && parent.name === node);
}

function importedName(api: TypeScript, node: ts.Declaration): ImportedName | undefined {
  if (api.isImportEqualsDeclaration(node)) {
    const { moduleReference } = node;
    if (!api.isExternalModuleReference(moduleReference)) return undefined;
    const specifier = textOf(api, moduleReference.expression);
    return {
      specifier,
      name: '=',
      local: node.name.text,
      isTypeOnly: node.isTypeOnly,
      declaration: node,
    };
  }
  const clause = api.isImportClause(node)
    ? node
    : api.isNamespaceImport(node)
      ? node.parent
      : api.isImportSpecifier(node)
        ? node.parent.parent
        : undefined;
  if (clause === undefined || !api.isImportDeclaration(clause.parent)) return undefined;
  const specifier = textOf(api, clause.parent.moduleSpecifier);
  const declaration = clause.parent;
  const ofClause = clause.isTypeOnly;
  if (api.isImportSpecifier(node)) {
    const name = (node.propertyName ?? node.name).text;
    return {
      specifier,
      name,
      local: node.name.text,
      isTypeOnly: ofClause || node.isTypeOnly,
      declaration,
    };
  }
  const name = api.isNamespaceImport(node) ? '*' : 'default';
  const local = api.isNamespaceImport(node) ? node.name.text : (clause.name?.text ?? '');
  return { specifier, name, local, isTypeOnly: ofClause, declaration };
}

function textOf(api: TypeScript, node: ts.Node): string {
  return api.isStringLiteralLike(node) ? node.text : '';
}
