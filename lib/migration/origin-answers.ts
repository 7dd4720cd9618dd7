import type ts from 'typescript';
import type { Project } from './project.js';
import { ancestorsOf, bare, isWithin } from './syntax.js';

/** A function as `origin`. */
export type OriginFunctionNode =
  ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration | ts.FunctionDeclaration;

/** One call of the callback. */
export interface Answer {
  readonly call: ts.CallExpression;
  /** What is answered; none for a refusal. */
  readonly value: ts.Expression | undefined;
  readonly refusal: 'error' | 'false' | undefined;
  /** The statement that the call, or the choice it is in, consists of. */
  readonly statement: ts.ExpressionStatement | undefined;
}

/** A condition under which an origin is allowed; `undefined`: always. */
export interface Condition {
  readonly node: ts.Expression | undefined;
  readonly negated: boolean;
}

export interface Answers {
  readonly all: readonly Answer[];
  readonly refusals: readonly ('error' | 'false')[];
  /** Any of these allows; undefined if the way through the function is not plain. */
  readonly conditions: readonly Condition[] | undefined;
  /** The parameter, and what is computed from it. */
  readonly subject: readonly ts.Declaration[];
  /** It does more than to answer, such as to log. */
  readonly hasEffects: boolean;
}

/** Reads how a function answers; a sentence if that cannot be read. */
export function answersOf(project: Project, node: OriginFunctionNode): Answers | string {
  const { ts } = project;
  const [origin, callback] = node.parameters;
  const { body } = node;
  if (body === undefined || origin === undefined || !ts.isIdentifier(origin.name)) {
    return 'this function is to return whether an origin is allowed';
  }
  if (node.parameters.length > 2) return 'this function takes the request as well';
  if (callback !== undefined && !ts.isIdentifier(callback.name)) return 'its callback has no name';
  const calls =
    callback === undefined
      ? []
      : callback.name.kind === ts.SyntaxKind.Identifier
        ? project.usesOf(callback)
        : [];
  const all: Answer[] = [];
  for (const use of calls) {
    const answer = readAnswer(project, node, use);
    if (answer === undefined) {
      return 'it calls its callback in a way that has no equal: return the answer, `true` or `false`';
    }
    all.push(answer);
  }
  if (callback !== undefined && all.length === 0) return 'it never calls its callback';
  const subject = subjectOf(project, origin, body);
  const reader = new FlowReader(project, all);
  const conditions = ts.isBlock(body)
    ? reader.ofStatements(body.statements)
    : reader.ofAnswer(body);
  return {
    all,
    refusals: all.flatMap(({ refusal }) => refusal ?? []),
    conditions,
    subject,
    hasEffects: reader.hasEffects,
  };
}

function readAnswer(
  project: Project,
  node: OriginFunctionNode,
  use: ts.Identifier,
): Answer | undefined {
  const { ts } = project;
  const call = use.parent;
  if (!ts.isCallExpression(call) || call.expression !== use) return undefined;
  const [error, value] = call.arguments;
  const isNone =
    error === undefined ||
    error.kind === ts.SyntaxKind.NullKeyword ||
    error.getText() === 'undefined';
  if (!isNone && !ts.isNewExpression(bare(ts, error))) return undefined;
  const refuses = value === undefined || value.kind === ts.SyntaxKind.FalseKeyword;
  if (isNone && !refuses && !isBoolean(project, value)) return undefined;
  let child: ts.Node = call;
  for (const parent of ancestorsOf(call)) {
    const isChoice = ts.isConditionalExpression(parent) && child !== parent.condition;
    if (parent === node || ts.isReturnStatement(parent) || ts.isExpressionStatement(parent)) {
      return {
        call,
        value: isNone && !refuses ? value : undefined,
        refusal: isNone ? (refuses ? 'false' : undefined) : 'error',
        statement: ts.isExpressionStatement(parent) ? parent : undefined,
      };
    }
    if (!isChoice && !ts.isParenthesizedExpression(parent)) return undefined;
    child = parent;
  }
  return undefined;
}

/** Whether an expression is plainly `true` or `false`. */
export function isBoolean(project: Project, node: ts.Expression): boolean {
  const { ts } = project;
  const inner = bare(ts, node);
  const { kind } = inner;
  if (kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword) return true;
  if (ts.isPrefixUnaryExpression(inner)) return inner.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isBinaryExpression(inner)) {
    const isJoint = /^(?:&&|\|\||\?\?)$/.test(inner.operatorToken.getText());
    if (isJoint) return isBoolean(project, inner.left) && isBoolean(project, inner.right);
    return /^(?:[!=]==?|[<>]=?|in|instanceof)$/.test(inner.operatorToken.getText());
  }
  if (ts.isConditionalExpression(inner)) {
    return isBoolean(project, inner.whenTrue) && isBoolean(project, inner.whenFalse);
  }
  if (ts.isIdentifier(inner)) {
    const declaration = project.declarationOf(inner);
    const isConst = declaration !== undefined && ts.isVariableDeclaration(declaration);
    return (
      isConst &&
      declaration.initializer !== undefined &&
      isBoolean(project, declaration.initializer)
    );
  }
  if (!ts.isCallExpression(inner)) return false;
  const { expression } = inner;
  return ts.isPropertyAccessExpression(expression)
    ? /^(?:includes|some|every|test|has|startsWith|endsWith|isArray)$/.test(expression.name.text)
    : expression.getText() === 'Boolean';
}

/** The parameter and the constants that are computed from it. */
function subjectOf(
  project: Project,
  origin: ts.ParameterDeclaration,
  body: ts.Node,
): readonly ts.Declaration[] {
  const { ts } = project;
  const subject: ts.Declaration[] = [origin];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
      if (mentions(project, node.initializer, subject)) subject.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return subject;
}

export function mentions(
  project: Project,
  node: ts.Node,
  declarations: readonly ts.Declaration[],
): boolean {
  return declarations.some((one) => project.usesOf(one).some((use) => isWithin(use, node)));
}

/** Follows a function from its first statement, as long as that is plain. */
class FlowReader {
  hasEffects = false;

  constructor(
    private readonly project: Project,
    private readonly answers: readonly Answer[],
  ) {}

  ofStatements(statements: readonly ts.Statement[]): readonly Condition[] | undefined {
    const { ts } = this.project;
    const [first, ...rest] = statements;
    if (first === undefined) return [];
    if (ts.isVariableStatement(first)) return this.ofStatements(rest);
    if (ts.isIfStatement(first)) return this.ofIf(first, rest);
    if (ts.isBlock(first)) return this.ofStatements([...first.statements, ...rest]);
    if (ts.isReturnStatement(first)) {
      return first.expression === undefined ? [] : this.ofAnswer(first.expression);
    }
    if (!ts.isExpressionStatement(first)) return undefined;
    if (this.isAnswer(first.expression)) return this.ofAnswer(first.expression);
    this.hasEffects = true;
    return this.ofStatements(rest);
  }

  private ofIf(
    { expression, thenStatement, elseStatement }: ts.IfStatement,
    rest: readonly ts.Statement[],
  ): readonly Condition[] | undefined {
    const otherwise = elseStatement === undefined ? rest : [elseStatement, ...rest];
    const then = this.ofStatements([thenStatement]);
    const other = this.ofStatements(otherwise);
    if (then === undefined || other === undefined) return undefined;
    if (!this.ends(thenStatement)) return undefined;
    const isAlways = (conditions: readonly Condition[]) =>
      conditions.length === 1 && conditions[0]?.node === undefined;
    // Allowed there, or by what follows.
    if (isAlways(then)) return [...this.split({ node: expression, negated: false }), ...other];
    // Refused there, and allowed by what follows.
    if (then.length === 0 && isAlways(other))
      return this.split({ node: expression, negated: true });
    return then.length === 0 && other.length === 0 ? [] : undefined;
  }

  /** Whether nothing after it is reached. */
  private ends(node: ts.Statement): boolean {
    const { ts } = this.project;
    if (ts.isReturnStatement(node)) return true;
    if (ts.isBlock(node)) return node.statements.some((one) => this.ends(one));
    return ts.isExpressionStatement(node) && this.isAnswer(node.expression);
  }

  private isAnswer(node: ts.Expression): boolean {
    return this.answers.some(({ call }) => isWithin(call, node));
  }

  ofAnswer(node: ts.Expression): readonly Condition[] | undefined {
    const { ts } = this.project;
    const inner = bare(ts, node);
    if (ts.isConditionalExpression(inner)) {
      const [yes, no] = [this.ofAnswer(inner.whenTrue), this.ofAnswer(inner.whenFalse)];
      const [first] = yes ?? [];
      const isPlain = yes?.length === 1 && first?.node === undefined && no?.length === 0;
      const isReverse = no?.length === 1 && no[0]?.node === undefined && yes?.length === 0;
      if (isPlain) return this.split({ node: inner.condition, negated: false });
      return isReverse ? this.split({ node: inner.condition, negated: true }) : undefined;
    }
    const answer = this.answers.find(({ call }) => call === inner);
    if (answer?.refusal !== undefined) return [];
    const value = answer?.value ?? (this.answers.length === 0 ? inner : undefined);
    if (value === undefined) return undefined;
    if (value.kind === ts.SyntaxKind.FalseKeyword) return [];
    if (value.kind === ts.SyntaxKind.TrueKeyword) return [{ node: undefined, negated: false }];
    return this.split({ node: value, negated: false });
  }

  /** `a || b`, and `!(a && b)`, are two conditions. */
  private split({ node, negated }: Condition): readonly Condition[] {
    const { ts } = this.project;
    if (node === undefined) return [{ node, negated }];
    const inner = bare(ts, node);
    if (ts.isPrefixUnaryExpression(inner) && inner.operator === ts.SyntaxKind.ExclamationToken) {
      const operand = bare(ts, inner.operand);
      const isName = ts.isIdentifier(operand);
      if (!isName) return this.split({ node: operand, negated: !negated });
    }
    if (ts.isBinaryExpression(inner)) {
      const joint = negated ? '&&' : '||';
      if (inner.operatorToken.getText() === joint) {
        return [inner.left, inner.right].flatMap((one) => this.split({ node: one, negated }));
      }
    }
    return [{ node: inner, negated }];
  }
}
