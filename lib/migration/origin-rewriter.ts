import type ts from 'typescript';
import type { OriginFunctionNode } from './origin-answers.js';
import { convertOriginFunction } from './origin-function.js';
import { functionOf } from './returned-options.js';
import {
  type Credentials,
  type Draft,
  rejection,
  NotCarriedOver,
  REFUSED_VALUE,
  short,
} from './rewriting.js';
import { bare, called, chainStart, isOptional, isRead, walk } from './syntax.js';

/** Rewrites the value of `origin`: every value that it may come to, wherever it is written. */
export class OriginRewriter {
  private readonly mayHaveCredentials: boolean;
  private readonly seen = new Set<ts.Node>();

  constructor(
    private readonly draft: Draft,
    private readonly credentials: Credentials,
  ) {
    this.mayHaveCredentials = credentials !== 'never';
  }

  property(property: ts.ObjectLiteralElementLike): void {
    const { ts } = this.draft.project;
    if (ts.isPropertyAssignment(property)) this.value(property.initializer, property);
    else if (ts.isShorthandPropertyAssignment(property)) this.name(property.name, property);
    else if (ts.isMethodDeclaration(property)) this.ofFunction(property, property);
    else throw new NotCarriedOver(property, '`origin` is read by a getter');
  }

  /**
   * @param whole the property, where the value is all of it
   * @param isLast whether nothing stands in for it if it is undefined
   */
  private value(node: ts.Expression, whole?: ts.ObjectLiteralElementLike, isLast = true): void {
    const { ts } = this.draft.project;
    const inner = bare(ts, node);
    const { kind } = inner;
    if (kind === ts.SyntaxKind.TrueKeyword) {
      this.draft.edits.replaceNode(inner, this.draft.anyOrigin(this.credentials, '`origin: true`'));
    } else if (kind === ts.SyntaxKind.FalseKeyword) return;
    else if (kind === ts.SyntaxKind.NullKeyword || inner.getText() === 'undefined') {
      this.draft.edits.replaceNode(inner, 'false');
    } else if (ts.isStringLiteralLike(inner)) this.single(inner);
    else if (kind === ts.SyntaxKind.RegularExpressionLiteral) this.member(inner);
    else if (ts.isArrayLiteralExpression(inner)) this.list(inner);
    else if (ts.isConditionalExpression(inner)) {
      this.value(inner.whenTrue);
      this.value(inner.whenFalse);
    } else if (
      ts.isBinaryExpression(inner) &&
      /^(?:\?\?|\|\|)$/.test(inner.operatorToken.getText())
    ) {
      this.value(inner.left, undefined, false);
      this.value(inner.right, undefined, isLast);
    } else if (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) {
      this.ofFunction(inner, whole);
    } else if (ts.isIdentifier(inner)) this.name(inner, whole, isLast);
    else this.computed(inner, isLast);
  }

  /** One string: `'*'`, or an origin that is sent to everyone. */
  private single(node: ts.StringLiteralLike): void {
    if (node.text !== '*') this.member(node);
    else if (this.mayHaveCredentials) {
      this.draft.edits.replaceNode(node, this.draft.anyOrigin(this.credentials, "`origin: '*'`"));
    }
  }

  private list(node: ts.ArrayLiteralExpression): void {
    const { ts } = this.draft.project;
    for (const element of node.elements) {
      const inner = bare(ts, ts.isSpreadElement(element) ? element.expression : element);
      if (inner.kind === ts.SyntaxKind.TrueKeyword) {
        this.draft.anyOrigin('maybe', '`true` in the list');
        this.draft.edits.replaceNode(inner, REFUSED_VALUE);
      } else if (ts.isSpreadElement(element)) this.listIn(inner);
      else this.member(inner);
    }
  }

  /** A literal in a list, or a choice between some, must be one that the boot accepts. */
  private member(node: ts.Expression): void {
    const { ts } = this.draft.project;
    const inner = bare(ts, node);
    if (ts.isConditionalExpression(inner)) {
      this.member(inner.whenTrue);
      this.member(inner.whenFalse);
    } else if (ts.isBinaryExpression(inner)) {
      this.member(inner.left);
      this.member(inner.right);
    } else if (ts.isStringLiteralLike(inner)) this.accept(inner.text, inner);
    else if (ts.isRegularExpressionLiteral(inner)) {
      const end = inner.text.lastIndexOf('/');
      this.accept(new RegExp(inner.text.slice(1, end), inner.text.slice(end + 1)), inner);
    }
  }

  private accept(origin: string | RegExp, node: ts.Expression): void {
    if (origin === '*' && !this.mayHaveCredentials) {
      this.draft.todos.push("'*' in a list: write `origin: '*'` for every page, or take it out");
      return;
    }
    const issue = this.draft.check.originIssue(origin, this.mayHaveCredentials);
    if (issue === undefined) return;
    this.draft.todos.push(
      `\`${short(node)}\` is refused: ${issue.message.replaceAll('forRoot().', '')}`,
    );
  }

  /** Literals within what makes a list: `[…].filter(Boolean)`, `'a,b'.split(',')`. */
  private listIn(node: ts.Expression): void {
    const { ts } = this.draft.project;
    const inner = bare(ts, node);
    if (ts.isArrayLiteralExpression(inner)) this.list(inner);
    else if (ts.isConditionalExpression(inner)) {
      this.listIn(inner.whenTrue);
      this.listIn(inner.whenFalse);
    } else if (ts.isBinaryExpression(inner)) {
      this.listIn(inner.left);
      this.listIn(inner.right);
    } else if (ts.isIdentifier(inner)) this.name(inner);
    else this.computed(inner, false);
  }

  /** Where the value is written: a constant, or a function, of the project. */
  private name(name: ts.Identifier, whole?: ts.ObjectLiteralElementLike, isLast = true): void {
    const { project } = this.draft;
    const { ts } = project;
    const declaration = project.declarationOf(name);
    if (declaration === undefined || this.seen.has(declaration)) return;
    this.seen.add(declaration);
    if (ts.isFunctionDeclaration(declaration)) {
      this.ofNamedFunction(name, declaration, whole);
    } else if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
      const { initializer } = declaration;
      const value = bare(ts, initializer);
      if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) {
        this.ofNamedFunction(name, value, whole);
        return;
      }
      this.value(initializer, undefined, isLast);
      this.untype(declaration);
      this.draft.ownedElsewhere(name, declaration);
    } else if (ts.isVariableDeclaration(declaration)) {
      this.assignments(declaration);
    }
  }

  /** `let origin; if (…) origin = …` */
  private assignments(declaration: ts.VariableDeclaration): void {
    const { project } = this.draft;
    for (const { parent } of project.usesOf(declaration)) {
      if (!project.ts.isBinaryExpression(parent)) continue;
      if (parent.operatorToken.getText() === '=') this.value(parent.right);
    }
    this.untype(declaration);
  }

  /** What it may be has changed. */
  private untype({ name, type }: ts.VariableDeclaration): void {
    if (type === undefined || !/\b(?:boolean|CorsOptions|undefined)\b/.test(type.getText())) return;
    this.draft.edits.replace(type.getSourceFile(), name.end, type.end, '');
  }

  /** A function by its name is written in its place, unless it is of another file. */
  private ofNamedFunction(
    name: ts.Identifier,
    node: OriginFunctionNode,
    whole: ts.ObjectLiteralElementLike | undefined,
  ): void {
    if (node.getSourceFile() !== name.getSourceFile()) {
      throw new NotCarriedOver(
        name,
        `the function \`${name.text}\` is to return its answer, \`(origin) => boolean\``,
      );
    }
    const { edits, dropped, kept } = this.draft;
    const ends = this.convert(node);
    dropped.add(name);
    if (ends === undefined) return this.draft.refuseOrigin(whole ?? name, node);
    if (ends.text === undefined) kept.push(node);
    const text = ends.text ?? edits.textOf(node).replace(/^export\s+/, '');
    this.write(whole, name, text, ends.rejects);
  }

  private ofFunction(
    node: OriginFunctionNode,
    whole: ts.ObjectLiteralElementLike | undefined,
  ): void {
    const ends = this.convert(node);
    if (ends === undefined) {
      this.draft.dropped.add(node);
      this.draft.refuseOrigin(whole ?? node);
      return;
    }
    if (ends.text !== undefined) {
      this.draft.dropped.add(node);
      this.write(whole, node, ends.text, ends.rejects);
    } else if (ends.rejects && whole !== undefined) {
      const file = whole.getSourceFile();
      this.draft.edits.insert(file, whole.end, rejection(whole));
    }
  }

  /** The text of a list, or none if the function stays one; undefined if a person has to decide. */
  private convert(
    node: OriginFunctionNode,
  ): { readonly text?: string; readonly rejects: boolean } | undefined {
    const { project, edits, todos, kept } = this.draft;
    const verdict = convertOriginFunction(project, node, this.mayHaveCredentials, edits);
    if (verdict.kind === 'person') {
      todos.push(verdict.why);
      return undefined;
    }
    if (verdict.kind === 'any') return { text: "'*'", rejects: false };
    if (verdict.refusesNone) {
      todos.push(
        'requests without `Origin` were refused by an error; they are served now. A guard can refuse them',
      );
      return undefined;
    }
    if (verdict.kind === 'predicate') return { rejects: verdict.refusesByError };
    for (const one of verdict.kept) this.listIn(one);
    for (const one of verdict.kept) this.member(one);
    kept.push(...verdict.kept, ...verdict.guards);
    return { text: verdict.text, rejects: verdict.refusesByError };
  }

  private write(
    whole: ts.ObjectLiteralElementLike | undefined,
    node: ts.Node,
    text: string,
    rejects: boolean,
  ): void {
    const { edits } = this.draft;
    if (whole === undefined) edits.replaceNode(node, text);
    else edits.replaceNode(whole, `origin: ${text}${rejects ? rejection(whole) : ''}`);
  }

  /** What is read or called: if nothing is there, there was no CORS. */
  private computed(node: ts.Expression, isLast: boolean): void {
    const { project, edits } = this.draft;
    const { ts } = project;
    if (ts.isCallExpression(node)) {
      const target = called(ts, node);
      if (ts.isIdentifier(node.expression)) this.helper(node.expression);
      else if (target !== undefined && /^(?:filter|concat)$/.test(target.name)) {
        this.listIn(target.receiver);
      } else if (target !== undefined) this.literalsOf(node);
    }
    if (!isLast) return;
    const isVariable = /^process\.env\b[^()]*$/.test(node.getText());
    if (isVariable) edits.insert(node.getSourceFile(), node.end, ' || false');
    else if (isOptional(ts, node) || isRead(ts, node)) {
      edits.insert(node.getSourceFile(), node.end, ' ?? false');
    }
  }

  /** The defaults of what is split: `(process.env.ORIGINS ?? 'https://a.example').split(',')`. */
  private literalsOf(node: ts.CallExpression): void {
    const { ts } = this.draft.project;
    if (!/\.split\(/.test(node.getText())) return;
    const base = chainStart(ts, node);
    if (!ts.isBinaryExpression(base) || !ts.isStringLiteralLike(base.right)) return;
    const { right } = base;
    for (const piece of right.text.split(','))
      if (piece.trim() !== '') this.accept(piece.trim(), right);
  }

  /** What a function of the project returns. */
  private helper(name: ts.Identifier): void {
    const { project, edits } = this.draft;
    const { ts } = project;
    const declaration = project.declarationOf(name);
    if (declaration === undefined) {
      throw new NotCarriedOver(name, `what \`${name.text}()\` returns is not known here`, true);
    }
    const node = functionOf(project, name);
    if (node === undefined) return;
    const before = edits.count;
    if (!ts.isBlock(node.body)) this.value(node.body);
    else {
      walk(ts, node.body, (one) => {
        if (ts.isReturnStatement(one) && one.expression !== undefined) this.value(one.expression);
        return !ts.isFunctionLike(one);
      });
    }
    if (edits.count === before) return;
    this.draft.ownedElsewhere(name, declaration);
    if (node.type !== undefined)
      edits.replace(node.getSourceFile(), node.type.pos - 1, node.type.end, '');
  }
}
