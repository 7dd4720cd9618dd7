import type ts from 'typescript';
import type { Edits } from './edits.js';
import type { Layer } from './layers.js';
import { statementOf } from './moved-code.js';
import type { Project } from './project.js';
import { ancestorsOf, isWithin } from './syntax.js';

/** Takes old layers out, and what only they needed. */
export class Removal {
  private readonly gone: ts.Node[] = [];

  constructor(
    private readonly project: Project,
    private readonly edits: Edits,
  ) {}

  layer({ node, kind }: Layer): void {
    const { ts } = this.project;
    this.gone.push(node);
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
    this.statement(this.outermost(statementAround(this.project, node)));
  }

  /** An `if` that has nothing else in it goes as a whole. */
  private outermost(statement: ts.Statement): ts.Statement {
    const { ts } = this.project;
    const isEmpty = (one: ts.Statement | undefined): boolean =>
      one === undefined ||
      this.isGone(one) ||
      (ts.isBlock(one) && one.statements.every((child) => isEmpty(child))) ||
      (ts.isIfStatement(one) && isEmpty(one.thenStatement) && isEmpty(one.elseStatement));
    this.gone.push(statement);
    let whole = statement;
    for (const one of ancestorsOf(statement)) {
      if (ts.isIfStatement(one) && isEmpty(one)) whole = one;
      else if (!ts.isBlock(one) && !ts.isIfStatement(one)) break;
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
    let end = statement.end;
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
    this.edits.replace(file, start, end, '');
  }

  /** What moved, and is used nowhere else, and imports that nothing uses any more. */
  unused(statements: readonly ts.Statement[], files: readonly ts.SourceFile[]): void {
    const { ts } = this.project;
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
    for (const file of files) {
      for (const one of file.statements.filter(ts.isImportDeclaration)) this.imports(one);
    }
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

  private imports(declaration: ts.ImportDeclaration): void {
    const { ts } = this.project;
    const clause = declaration.importClause;
    const bindings = clause?.namedBindings;
    const names = [
      clause?.name,
      ...(bindings === undefined
        ? []
        : ts.isNamedImports(bindings)
          ? bindings.elements.map(({ name }) => name)
          : [bindings.name]),
    ].filter((one) => one !== undefined);
    const gone = names.filter((name) => this.isUnused(name));
    if (gone.length === 0) return;
    if (gone.length === names.length) {
      this.statement(declaration);
      return;
    }
    if (bindings === undefined || !ts.isNamedImports(bindings)) return;
    const kept = bindings.elements.filter(({ name }) => !gone.includes(name));
    if (kept.length === 0) return;
    for (const one of bindings.elements) {
      if (!gone.includes(one.name)) continue;
      const next = bindings.elements[bindings.elements.indexOf(one) + 1];
      const isAfterKept =
        bindings.elements.indexOf(one) > bindings.elements.indexOf(kept[kept.length - 1] ?? one);
      const file = declaration.getSourceFile();
      if (isAfterKept)
        this.edits.replace(
          file,
          bindings.elements[bindings.elements.indexOf(one) - 1]?.end ?? one.pos,
          one.end,
          '',
        );
      else if (next !== undefined) this.edits.replace(file, one.getStart(), next.getStart(), '');
    }
  }

  /** Used before, and only in what is gone. */
  private isUnused(name: ts.Identifier): boolean {
    const uses = usesInFile(this.project, name);
    return uses.length > 0 && uses.every((use) => this.isInside(use));
  }
}

function usesInFile(project: Project, name: ts.Identifier): readonly ts.Identifier[] {
  const { ts } = project;
  const symbol = project.symbolOf(name);
  const uses: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && node.text === name.text && project.symbolOf(node) === symbol) {
      uses.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(name.getSourceFile());
  return uses;
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

function statementAround(project: Project, node: ts.Node): ts.Statement {
  const { ts } = project;
  for (const one of ancestorsOf(node)) if (ts.isExpressionStatement(one)) return one;
  return statementOf(project, node);
}
