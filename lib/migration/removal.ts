import type ts from 'typescript';
import type { Edits } from './edits.js';
import type { Layer } from './layers.js';
import { statementOf } from './moved-code.js';
import type { Project } from './project.js';
import { ancestorsOf, isExport, isWithin, scopeOf } from './syntax.js';
import { removeUnusedImports } from './unused-imports.js';

/** Takes old layers out, and what only they needed. */
export class Removal {
  private readonly gone: ts.Node[] = [];
  private readonly layers: ts.Node[] = [];

  constructor(
    private readonly project: Project,
    private readonly edits: Edits,
  ) {}

  layer({ node, kind }: Layer): void {
    const { ts } = this.project;
    this.gone.push(node);
    this.layers.push(node);
    if (kind === 'create') {
      this.createOption(node);
      return;
    }
    if (!ts.isCallExpression(node)) return;
    const { expression } = node;
    // `app.useGlobalPipes(…).enableCors()`
    if (ts.isPropertyAccessExpression(expression) && ts.isCallExpression(expression.expression)) {
      const inner = expression.expression;
      if (!inner.expression.getText().endsWith('NestFactory.create')) {
        this.edits.replace(node.getSourceFile(), inner.end, node.end, '');
        return;
      }
    }
    const holder = holderOf(this.project, node);
    if (ts.isArrowFunction(holder)) {
      this.gone.push(holder.body);
      this.edits.replaceNode(holder.body, '{}');
      this.unusedParameters(holder);
    } else this.statement(this.outermost(holder));
  }

  private unusedParameters({ modifiers, parameters, ...arrow }: ts.ArrowFunction): void {
    const [first] = parameters;
    const isUsed = parameters.some((one) =>
      this.project.usesOf(one).some((use) => !this.isInside(use)),
    );
    if (first === undefined || isUsed) return;
    const file = first.getSourceFile();
    const start = modifiers?.end ?? arrow.pos;
    const space = /^\s*/.exec(file.text.slice(start))?.[0].length ?? 0;
    this.edits.replace(file, start + space, arrow.equalsGreaterThanToken.getStart(), '() ');
  }

  /** An `if` or a `try` that has nothing else in it goes as a whole. */
  private outermost(statement: ts.Statement): ts.Statement {
    const { ts } = this.project;
    const isEmpty = (one: ts.Statement | undefined): boolean =>
      one === undefined ||
      this.isGone(one) ||
      (ts.isBlock(one) && one.statements.every((child) => isEmpty(child))) ||
      (ts.isIfStatement(one) && isEmpty(one.thenStatement) && isEmpty(one.elseStatement)) ||
      // Nothing is left to be caught.
      (ts.isTryStatement(one) && isEmpty(one.tryBlock) && isEmpty(one.finallyBlock));
    this.gone.push(statement);
    let whole = statement;
    for (const one of ancestorsOf(statement)) {
      if (!ts.isBlock(one) && !ts.isIfStatement(one) && !ts.isTryStatement(one)) break;
      if (!ts.isBlock(one) && isEmpty(one)) whole = one;
    }
    const { parent } = whole;
    // What an `if` without braces consists of.
    if (ts.isIfStatement(parent)) this.edits.replaceNode(whole, '{}');
    return whole;
  }

  private isGone(node: ts.Node): boolean {
    return this.gone.includes(node);
  }

  private createOption(node: ts.Node): void {
    const { ts } = this.project;
    const { parent } = node;
    if (!ts.isObjectLiteralExpression(parent)) return;
    const file = node.getSourceFile();
    const call = parent.parent;
    if (parent.properties.length === 1 && ts.isCallExpression(call)) {
      const index = call.arguments.indexOf(parent);
      const before = call.arguments[index - 1];
      if (before !== undefined) this.edits.replace(file, before.end, parent.end, '');
      return;
    }
    this.listed(parent.properties, node);
  }

  /** A member of a list that goes on without it. */
  private listed(all: ts.NodeArray<ts.Node>, node: ts.Node): void {
    const index = all.indexOf(node);
    const [before, after] = [all[index - 1], all[index + 1]];
    const file = node.getSourceFile();
    if (after !== undefined) this.edits.replace(file, node.getStart(), after.getStart(), '');
    else if (before !== undefined) this.edits.replace(file, before.end, node.end, '');
  }

  /** Takes out a whole statement with its line, and a comment above it that speaks of CORS. */
  statement(statement: ts.Statement): void {
    this.gone.push(statement);
    const file = statement.getSourceFile();
    const { text } = file;
    let start = statement.getStart();
    // Without semicolons, one on the next line belongs to what follows: `;[1].map(…)`.
    let end = statement.end - (/\r?\n\s*;$/.exec(statement.getText())?.[0].length ?? 0);
    const { ts } = this.project;
    if (start === 0) end += /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
    if (ts.isIfStatement(statement.parent)) return;
    for (const comment of (ts.getLeadingCommentRanges(text, statement.pos) ?? []).toReversed()) {
      const between = text.slice(comment.end, start);
      const isAbout = /cors|cross.?origin|origins?\b/i.test(text.slice(comment.pos, comment.end));
      if (!isAbout || !/^\s*$/.test(between) || between.split('\n').length > 2) break;
      start = comment.pos;
    }
    const before = /\n[ \t]*$/.exec(text.slice(0, start))?.[0];
    const after = /^[ \t]*(?:\/\/[^\n\r]*)?(?=\r?\n|$)/.exec(text.slice(end))?.[0];
    if (after !== undefined) end += after.length;
    if (before !== undefined && after !== undefined) {
      start -= before.length;
      if (text[start - 1] === '\r') start -= 1;
      // One blank line of two.
      const blank =
        /\n[ \t]*\r?$/.test(text.slice(0, start)) && /^\r?\n[ \t]*\r?\n/.exec(text.slice(end));
      if (blank) end += /^\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
    }
    if (after === undefined) end += /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
    this.edits.replace(file, start, end, '');
  }

  /** What moved, and is used nowhere else, and imports that nothing uses any more. */
  unused(statements: readonly ts.Statement[], files: readonly ts.SourceFile[]): void {
    let isChanged = true;
    const rest = new Set(statements);
    while (isChanged) {
      isChanged = false;
      for (const one of rest) {
        const declared = declaredIn(this.project, one);
        const isUsed = declared.some((declaration) =>
          this.project
            .usesOf(declaration)
            .some((use) => !this.isInside(use) && !isWithin(use, one) && !this.isChange(use, rest)),
        );
        if (declared.length === 0 || isUsed) continue;
        rest.delete(one);
        this.statement(one);
        isChanged = true;
        for (const other of rest) {
          if (declaredIn(this.project, other).length === 0 && this.onlyConcerns(other, declared)) {
            rest.delete(other);
            this.statement(other);
          }
        }
      }
    }
    const others = this.emptied();
    for (const file of new Set([...files, ...others])) {
      removeUnusedImports(this.project, this.edits, file, {
        isGone: (node) => this.isInside(node),
        remove: (statement) => this.statement(statement),
      });
    }
  }

  /** Functions that have nothing else in them go, with their calls; the files of those. */
  private emptied(): readonly ts.SourceFile[] {
    const { ts } = this.project;
    return this.layers.flatMap((node) => {
      const around = scopeOf(ts, node);
      if (ts.isSourceFile(around)) return [];
      const declaration = ts.isFunctionDeclaration(around) ? around : around.parent;
      if (!ts.isFunctionDeclaration(declaration) && !ts.isVariableDeclaration(declaration))
        return [];
      const isFunction = ts.isFunctionDeclaration(around) || ts.isArrowFunction(around);
      const body = isFunction || ts.isFunctionExpression(around) ? around.body : undefined;
      if (body === undefined || !this.isEmpty(body) || this.isGone(declaration)) return [];
      if (isExportedBySpecifier(this.project, declaration)) return [];
      const uses = this.project.usesOf(declaration);
      const calls = uses.map((use) => plainCallOf(this.project, use));
      const statements = calls.filter((one) => one !== undefined);
      const whole = statementOf(this.project, declaration);
      const isShared =
        ts.isVariableStatement(whole) && whole.declarationList.declarations.length > 1;
      if (statements.length < uses.length || isShared) return [];
      for (const one of statements) this.statement(this.outermost(one));
      for (const one of uses) this.argumentsOf(one);
      this.gone.push(declaration);
      const file = whole.getSourceFile();
      // What nothing is exported from is not a module, and somebody may import it.
      const isLast = file.statements.filter((one) => isExport(ts, one)).length === 1;
      if (isLast && isExport(ts, whole)) this.edits.replaceNode(whole, 'export {};');
      else this.statement(whole);
      return [whole, ...statements].map((one) => one.getSourceFile());
    });
  }

  private isEmpty(body: ts.Node): boolean {
    const { ts } = this.project;
    if (this.isGone(body)) return true;
    return ts.isBlock(body) && body.statements.every((one) => this.doesNothing(one));
  }

  /** `const config = app.get(ConfigService);`, which the call alone was given. */
  private argumentsOf({ parent }: ts.Identifier): void {
    const { ts } = this.project;
    for (const one of ts.isCallExpression(parent) ? parent.arguments : []) {
      const declaration = ts.isIdentifier(one) ? this.project.declarationOf(one) : undefined;
      if (declaration === undefined || !ts.isVariableDeclaration(declaration)) continue;
      const isTaken = /\.get\(\w+\)$/.test(declaration.initializer?.getText() ?? '');
      const isUsed = this.project.usesOf(declaration).some((use) => !this.isInside(use));
      if (isTaken && !isUsed) this.statement(statementOf(this.project, declaration));
    }
  }

  /** Also `if (…) return;`, of which nothing is left to return from. */
  private doesNothing(statement: ts.Statement): boolean {
    const { ts } = this.project;
    if (this.isGone(statement)) return true;
    if (!ts.isIfStatement(statement) || statement.elseStatement !== undefined) return false;
    const { thenStatement: then } = statement;
    const [only, other] = ts.isBlock(then) ? then.statements : [then];
    const isReturn =
      other === undefined &&
      only !== undefined &&
      ts.isReturnStatement(only) &&
      only.expression === undefined;
    return isReturn && !/[()]/.test(statement.expression.getText());
  }

  private isChange(use: ts.Node, rest: ReadonlySet<ts.Statement>): boolean {
    return [...rest].some(
      (one) => declaredIn(this.project, one).length === 0 && isWithin(use, one),
    );
  }

  private onlyConcerns(statement: ts.Statement, declared: readonly ts.Declaration[]): boolean {
    return declared.some((one) => this.project.usesOf(one).some((use) => isWithin(use, statement)));
  }

  private isInside(node: ts.Node): boolean {
    return this.gone.some((one) => isWithin(node, one));
  }
}

/** The statement that is a call, and nothing else: what it is given has no effects. */
function plainCallOf({ ts }: Project, use: ts.Identifier): ts.ExpressionStatement | undefined {
  const call = use.parent;
  if (!ts.isCallExpression(call) || call.expression !== use) return undefined;
  const isPlain = call.arguments.every(
    (one) => ts.isIdentifier(one) || ts.isLiteralExpression(one),
  );
  if (!isPlain) return undefined;
  let { parent }: ts.Node = call;
  while (ts.isAwaitExpression(parent) || ts.isVoidExpression(parent)) ({ parent } = parent);
  return ts.isExpressionStatement(parent) ? parent : undefined;
}

/** `export { setupCors } from './setup'` */
function isExportedBySpecifier({ ts, files }: Project, declaration: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(declaration)?.getText();
  return files.some((file) =>
    file.statements.some((one) => {
      if (!ts.isExportDeclaration(one) || one.exportClause === undefined) return false;
      if (!ts.isNamedExports(one.exportClause)) return false;
      return one.exportClause.elements.some(
        (each) => (each.propertyName ?? each.name).text === name,
      );
    }),
  );
}

function declaredIn({ ts }: Project, statement: ts.Statement): readonly ts.Declaration[] {
  if (ts.isFunctionDeclaration(statement)) return [statement];
  if (!ts.isVariableStatement(statement)) return [];
  const declarations: ts.Declaration[] = [];
  for (const one of statement.declarationList.declarations) {
    if (ts.isIdentifier(one.name)) declarations.push(one);
    else
      for (const element of one.name.elements)
        if (ts.isBindingElement(element)) declarations.push(element);
  }
  return declarations;
}

/** The statement that a call is, or the function whose whole body it is. */
function holderOf(project: Project, node: ts.Node): ts.Statement | ts.ArrowFunction {
  const { ts } = project;
  for (const one of ancestorsOf(node)) {
    if (ts.isExpressionStatement(one) || ts.isArrowFunction(one)) return one;
  }
  return statementOf(project, node);
}
