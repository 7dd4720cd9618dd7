import { readFileSync } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { relative, sep } from 'node:path';
import type ts from 'typescript';
import { compilerOptions, hostOf, sourcesBelow } from './project-files.js';
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

/** Every file may have one of these, or be imported by one that has. */
const INTERESTING = /\bNestFactory\b|enableCors|fastify-cors|fastify\/cors|['"]cors['"]|\bcors\b/;

/**
 * The sources of a project, parsed, and their names resolved. Packages are not read: what a name means
 * inside the project is all that is asked.
 */
export class Project {
  readonly files: readonly ts.SourceFile[];
  /** Files that are not UTF-8, or do not parse. */
  readonly unreadable: readonly Place[];
  private readonly checker: ts.TypeChecker;
  private readonly options: ts.CompilerOptions;
  private identifiers: Map<string, ts.Identifier[]> | undefined;

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
      rootNames: Array.from(texts, ([path, text]) => (INTERESTING.test(text) ? path : '')).filter(
        (path) => path !== '',
      ),
      options,
      host: hostOf(ts, root, options, texts),
    });
    this.checker = program.getTypeChecker();
    this.files = program.getSourceFiles().filter(({ fileName }) => texts.has(fileName));
    for (const file of this.files) {
      const [fault] = program.getSyntacticDiagnostics(file);
      if (fault !== undefined) unreadable.push(this.placeAt(file, fault.start ?? 0));
    }
    this.unreadable = unreadable;
  }

  isReadable(file: ts.SourceFile): boolean {
    const name = this.nameOf(file.fileName);
    return !this.unreadable.some((place) => place.file === name);
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
    return this.files.find(({ fileName }) => fileName === resolvedModule?.resolvedFileName);
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
    const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
    return declaration !== undefined && this.files.includes(declaration.getSourceFile())
      ? declaration
      : undefined;
  }

  /** The import that a name stands for in its file, if it is one. */
  importOf(name: ts.Identifier): ImportedName | undefined {
    const [declaration] = this.symbolOf(name)?.declarations ?? [];
    return declaration && importedName(this.ts, declaration);
  }

  /** Whether a name is one that a package exports. */
  isImported(node: ts.Node, from: RegExp, name?: string): boolean {
    if (!this.ts.isIdentifier(node)) return false;
    const imported = this.importOf(node);
    return (
      imported !== undefined &&
      from.test(imported.specifier) &&
      (name === undefined || imported.name === name)
    );
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
    const { ts } = this;
    const name = ts.getNameOfDeclaration(declaration)?.getText();
    const locals = this.files.flatMap((file) =>
      file.statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
        const bindings = importClause?.namedBindings;
        const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
        return [importClause?.name, ...named.map((one) => one.name)].filter(
          (one) =>
            one !== undefined && one.text !== name && this.declarationOf(one) === declaration,
        );
      }),
    );
    const texts = new Set(locals.map((local) => local?.text ?? ''));
    return [...texts].flatMap((text) => this.named(text));
  }

  /** Identifiers of that name that are uses: no names of properties, imports or exports. */
  private named(name: string): readonly ts.Identifier[] {
    if (this.identifiers === undefined) {
      const all = new Map<string, ts.Identifier[]>();
      const visit = (node: ts.Node): void => {
        if (this.ts.isIdentifier(node) && isUse(this.ts, node)) {
          all.set(node.text, [...(all.get(node.text) ?? []), node]);
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
