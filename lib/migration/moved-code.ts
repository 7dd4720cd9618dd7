import { dirname } from 'node:path';
import type ts from 'typescript';
import { type Application, applicationsOf } from './applications.js';
import { changesIn } from './changes.js';
import { type ImportedName, isUse, type Project } from './project.js';
import { type Draft, NotCarriedOver, short } from './rewriting.js';
import { ancestorsOf, called, isWithin, loaded, scopeOf, unwrapped } from './syntax.js';

/** A provider that the old code took from the application, `app.get(ConfigService)`. */
export interface Injected {
  readonly parameter: string;
  readonly token: ts.Identifier;
}

/** What code needs that moves to another file. */
export interface Needs {
  /** Statements that it needs from its old place, in their order. */
  readonly statements: readonly ts.Statement[];
  /** Statements of the old place that the factory's parameters replace. */
  readonly replaced: readonly ts.Statement[];
  readonly imports: ReadonlyMap<string, ImportedName>;
  readonly injected: readonly Injected[];
  readonly isAsync: boolean;
  /** Whether it is more than literals and imported constants, so that it matters when it runs. */
  readonly isComputed: boolean;
}

/** Finds what the kept code of some layers needs. */
export class NeedsFinder {
  private readonly statements = new Set<ts.Statement>();
  private readonly replaced = new Set<ts.Statement>();
  private readonly imports = new Map<string, ImportedName>();
  private readonly injected = new Map<string, Injected>();
  private readonly roots: ts.Node[] = [];
  private isAsync = false;
  private isComputed = false;

  constructor(
    private readonly project: Project,
    private readonly draft: Draft,
    private readonly applications: readonly Application[],
    /** The file that the code moves to. */
    private readonly target: ts.SourceFile,
  ) {}

  get needs(): Needs {
    return {
      statements: [...this.statements].toSorted((a, b) => a.pos - b.pos),
      replaced: [...this.replaced],
      imports: this.imports,
      injected: [...this.injected.values()],
      isAsync: this.isAsync,
      isComputed: this.isComputed,
    };
  }

  /** @throws NotCarriedOver where something cannot move */
  add(root: ts.Node): void {
    this.roots.push(root);
    this.visit(root, root);
  }

  private visit(node: ts.Node, root: ts.Node): void {
    const { ts } = this.project;
    if (this.draft.dropped.has(node)) return;
    if (ts.isCallExpression(node) && this.visitGet(node)) return;
    if (node.kind === ts.SyntaxKind.ThisKeyword && !isOwn(this.project, node, root)) {
      throw new NotCarriedOver(node, 'it reads `this`, which is not there in the module');
    }
    if (ts.isAwaitExpression(node) && !isOwn(this.project, node, root)) this.isAsync = true;
    if (isComputing(this.project, node) && !isOwn(this.project, node, root)) this.isComputed = true;
    if (ts.isIdentifier(node) && isUse(ts, node)) this.visitName(node);
    this.refuseFixed(node);
    ts.forEachChild(node, (child) => this.visit(child, root));
  }

  /** What means something else in another file. */
  private refuseFixed(node: ts.Node): void {
    const { ts } = this.project;
    const from = node.getSourceFile();
    if (from === this.target) return;
    const isSameFolder = dirname(from.fileName) === dirname(this.target.fileName);
    const isFile = ts.isMetaProperty(node) || (ts.isIdentifier(node) && node.text === '__filename');
    const isPath =
      (ts.isCallExpression(node) && loaded(ts, node)?.startsWith('.') === true) ||
      (ts.isIdentifier(node) && node.text === '__dirname');
    if (isFile || (isPath && !isSameFolder)) {
      throw new NotCarriedOver(
        node,
        `\`${short(node)}\` means something else in the file of the root module`,
      );
    }
  }

  /** `app.get(ConfigService)` becomes a parameter of the factory. */
  private visitGet(node: ts.CallExpression): boolean {
    const token = this.tokenOf(node);
    if (token === undefined) return false;
    const name = token.text.charAt(0).toLowerCase() + token.text.slice(1);
    this.inject(name, token);
    this.draft.edits.replaceNode(node, name);
    return true;
  }

  private tokenOf(node: ts.Expression): ts.Identifier | undefined {
    const { ts } = this.project;
    if (!ts.isCallExpression(node)) return undefined;
    const target = called(ts, node);
    const [token] = node.arguments;
    if (target?.name !== 'get' || token === undefined) return undefined;
    if (!this.isApplication(target.receiver)) return undefined;
    if (!ts.isIdentifier(token)) {
      throw new NotCarriedOver(
        node,
        'what it takes from the application has no class as its token',
      );
    }
    return token;
  }

  private isApplication(node: ts.Expression): boolean {
    return applicationsOf(this.project, node, this.applications).length > 0;
  }

  private inject(parameter: string, token: ts.Identifier): void {
    this.isComputed = true;
    this.injected.set(parameter, { parameter, token });
    this.visitName(token);
  }

  private visitName(name: ts.Identifier): void {
    const { ts } = this.project;
    const [declaration] = this.project.symbolOf(name)?.declarations ?? [];
    if (declaration === undefined || this.isHere(declaration)) return;
    const imported = this.project.importOf(name);
    if (imported !== undefined) {
      this.visitImport(name, imported);
      return;
    }
    const isModuleLevel = ts.isSourceFile(scopeOf(ts, declaration));
    if (isModuleLevel && declaration.getSourceFile() === this.target) {
      this.isComputed = true;
      return;
    }
    if (ts.isParameter(declaration)) this.visitParameter(name, declaration);
    else this.visitDeclaration(name, declaration);
  }

  private visitImport(name: ts.Identifier, imported: ImportedName): void {
    const declaration = this.project.declarationOf(name);
    // Declared where the code moves to: no import is needed, but it may be declared further below.
    if (declaration?.getSourceFile() === this.target) this.isComputed = true;
    this.refuseChanged(name, declaration);
    this.imports.set(imported.local, imported);
  }

  /** What is changed after its file was loaded would be read before that. */
  private refuseChanged(name: ts.Identifier, declaration: ts.Declaration | undefined): void {
    const { ts } = this.project;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return;
    const late = changesIn(this.project, declaration).find(
      (use) => scopeOf(ts, use) !== declaration.getSourceFile(),
    );
    if (late === undefined) return;
    const { file, line } = this.project.placeOf(late);
    throw new NotCarriedOver(name, `\`${name.text}\` is changed at ${file}:${line}`);
  }

  /** Inside the code that moves. */
  private isHere(declaration: ts.Node): boolean {
    const holder = [...this.roots, ...this.statements].find((root) => isWithin(declaration, root));
    if (holder === undefined) return false;
    for (const one of ancestorsOf(declaration)) {
      if (this.draft.dropped.has(one)) return false;
      if (one === holder) return true;
    }
    return true;
  }

  private visitParameter(name: ts.Identifier, declaration: ts.ParameterDeclaration): void {
    const { ts } = this.project;
    const { type } = declaration;
    const token = type && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName);
    if (
      token === true &&
      this.project.isImported(type.typeName, /^@nestjs\/config$/, 'ConfigService')
    ) {
      this.inject(name.text, type.typeName);
      return;
    }
    throw new NotCarriedOver(name, `\`${name.text}\` is known only to the function it is given to`);
  }

  private visitDeclaration(name: ts.Identifier, declaration: ts.Declaration): void {
    const { ts } = this.project;
    const variable = [declaration, ...ancestorsOf(declaration)].find(ts.isVariableDeclaration);
    if (variable?.initializer !== undefined && ts.isIdentifier(variable.name)) {
      const token = this.tokenOf(unwrapped(ts, variable.initializer));
      if (token !== undefined) {
        this.inject(variable.name.text, token);
        this.replaced.add(statementOf(this.project, variable));
        return;
      }
    }
    if (variable !== undefined && this.isApplication(name)) {
      throw new NotCarriedOver(
        name,
        'it uses the application itself, which is not there yet in the module',
      );
    }
    const statement = statementOf(this.project, variable ?? declaration);
    const isMovable = ts.isVariableStatement(statement) || ts.isFunctionDeclaration(statement);
    if (!isMovable) {
      throw new NotCarriedOver(
        name,
        `\`${name.text}\` is declared where it cannot be read from the module`,
      );
    }
    this.isComputed = true;
    this.move(statement);
    if (variable !== undefined) for (const one of changesOf(this.project, variable)) this.move(one);
  }

  private move(statement: ts.Statement): void {
    if (this.statements.has(statement)) return;
    this.statements.add(statement);
    this.visit(statement, statement);
  }
}

/** Within a function that moves as a whole, it is none of our business. */
function isOwn({ ts }: Project, node: ts.Node, root: ts.Node): boolean {
  if (node === root) return false;
  for (const one of ancestorsOf(node)) {
    if (one === root) return ts.isFunctionLike(one);
    if (ts.isFunctionLike(one)) return true;
  }
  return false;
}

function isComputing({ ts }: Project, node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isConditionalExpression(node)
  );
}

/** The statement of the block that a declaration is in. */
export function statementOf({ ts }: Project, node: ts.Node): ts.Statement {
  let child = node;
  for (const one of [node, ...ancestorsOf(node)]) {
    if ((ts.isBlock(one) || ts.isSourceFile(one)) && ts.isStatement(child)) return child;
    child = one;
  }
  throw new Error('A node outside of every statement.');
}

/** The statements that change what a variable holds: `list.push(…)`, `origin = …`. */
function changesOf(project: Project, variable: ts.VariableDeclaration): readonly ts.Statement[] {
  const { ts } = project;
  const home = statementOf(project, variable).parent;
  return changesIn(project, variable).flatMap((use) => {
    let child: ts.Node = use;
    for (const one of ancestorsOf(use)) {
      if (one === home) return ts.isStatement(child) ? [child] : [];
      if (ts.isFunctionLike(one)) break;
      child = one;
    }
    throw new NotCarriedOver(use, `\`${use.text}\` is changed in another function`);
  });
}
