import type ts from 'typescript';
import type { Edits } from './edits.js';
import { type Condition, mentions } from './origin-answers.js';
import type { Project } from './project.js';
import { bare, called } from './syntax.js';

/** What one condition of a function allows. */
export interface Rule {
  readonly kind:
    /** Requests without `Origin`, which such a function is not asked about any more. */
    | 'no origin'
    /** Origins that are listed: `list.includes(origin)`, `/^…$/.test(origin)`. */
    | 'members'
    /** Whether what is computed from the origin is listed. */
    | 'derived'
    /** Parts of the origin are compared. */
    | 'text'
    /** Any origin, under a condition; or always. */
    | 'open'
    | 'always';
  readonly node?: ts.Expression | undefined;
  readonly negated?: boolean;
  readonly members?: Members;
}

/** `...list`, or one member; only where `guards` hold. */
interface Members {
  readonly node: ts.Expression;
  readonly isList: boolean;
  readonly guards: readonly ts.Expression[];
}

export function ruleOf(
  project: Project,
  { node, negated }: Condition,
  subject: readonly ts.Declaration[],
): Rule {
  const { ts } = project;
  if (node === undefined || (node.kind === ts.SyntaxKind.TrueKeyword && !negated))
    return { kind: 'always' };
  const [origin] = subject;
  const isOrigin = (one: ts.Expression): boolean => {
    const inner = bare(ts, one);
    return (
      ts.isIdentifier(inner) && origin !== undefined && project.declarationOf(inner) === origin
    );
  };
  if (!mentions(project, node, subject)) return { kind: 'open', node, negated };
  if (isNoOrigin(project, node, negated, isOrigin)) return { kind: 'no origin', node };
  if (!negated && ts.isBinaryExpression(node) && node.operatorToken.getText() === '&&') {
    return guarded(project, node, subject);
  }
  const member = memberOf(project, node, negated, isOrigin);
  if (member !== undefined) return { kind: 'members', node, members: { ...member, guards: [] } };
  const isKnown = (one: ts.Expression): boolean => {
    const inner = bare(ts, one);
    const declaration = ts.isIdentifier(inner) && project.declarationOf(inner);
    return declaration !== false && declaration !== undefined && subject.includes(declaration);
  };
  const isDerived = memberOf(project, node, negated, isKnown)?.isList === true;
  return { kind: isDerived ? 'derived' : 'text', node };
}

/** `isDevelopment && list.includes(origin)` */
function guarded(
  project: Project,
  node: ts.BinaryExpression,
  subject: readonly ts.Declaration[],
): Rule {
  const isAbout = (one: ts.Expression) => mentions(project, one, subject);
  const [guard, rest] = isAbout(node.left) ? [node.right, node.left] : [node.left, node.right];
  const rule = ruleOf(project, { node: bare(project.ts, rest), negated: false }, subject);
  if (isAbout(guard)) {
    const both = [guard, rest].map((one) =>
      ruleOf(project, { node: bare(project.ts, one), negated: false }, subject),
    );
    // `origin && list.includes(origin)`: both must hold, so the list says it all.
    return both.find(({ kind }) => kind === 'members') ?? { kind: 'text', node };
  }
  if (rule.members === undefined) return { ...rule, node };
  const { members } = rule;
  return { kind: 'members', node, members: { ...members, guards: [guard, ...members.guards] } };
}

function isNoOrigin(
  { ts }: Project,
  node: ts.Expression,
  negated: boolean,
  isOrigin: (node: ts.Expression) => boolean,
): boolean {
  if (negated) return isOrigin(node);
  if (ts.isPrefixUnaryExpression(node)) return isOrigin(node.operand);
  if (!ts.isBinaryExpression(node) || !isOrigin(node.left)) return false;
  return (
    /^===?$/.test(node.operatorToken.getText()) &&
    /^(?:undefined|null|''|"")$/.test(node.right.getText())
  );
}

function memberOf(
  project: Project,
  node: ts.Expression,
  negated: boolean,
  isOrigin: (node: ts.Expression) => boolean,
): Omit<Members, 'guards'> | undefined {
  const { ts } = project;
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.getText();
    const index = indexOf(project, node.left, isOrigin);
    const rule = `${operator}${node.right.getText().replace(/\s/g, '')}`;
    if (index !== undefined) {
      const isIn = negated ? /^(?:===?-1|<0)$/ : /^(?:!==?-1|>-1|>=0)$/;
      return isIn.test(rule) ? { node: index, isList: true } : undefined;
    }
    if (!(negated ? /^!==?$/ : /^===?$/).test(operator)) return undefined;
    if (isOrigin(node.left)) return { node: node.right, isList: false };
    return isOrigin(node.right) ? { node: node.left, isList: false } : undefined;
  }
  if (negated || !ts.isCallExpression(node)) return undefined;
  const target = called(ts, node);
  const [argument] = node.arguments;
  if (target === undefined || argument === undefined || node.arguments.length !== 1)
    return undefined;
  const { receiver, name } = target;
  if (isOrigin(receiver)) return undefined;
  if (name === 'includes' && isOrigin(argument)) return { node: receiver, isList: true };
  if (name === 'has' && isOrigin(argument)) return { node: receiver, isList: true };
  const isRegExp = bare(ts, receiver).kind === ts.SyntaxKind.RegularExpressionLiteral;
  if (name === 'test' && isRegExp && isOrigin(argument)) return { node: receiver, isList: false };
  return name === 'some' ? ofSome(project, receiver, argument, isOrigin) : undefined;
}

/** `list.some((one) => one === origin)`, `patterns.some((one) => one.test(origin))` */
function ofSome(
  project: Project,
  list: ts.Expression,
  test: ts.Expression,
  isOrigin: (node: ts.Expression) => boolean,
): Omit<Members, 'guards'> | undefined {
  const { ts } = project;
  if (!ts.isArrowFunction(test) || test.parameters.length !== 1) return undefined;
  const [one] = test.parameters;
  const body = ts.isBlock(test.body) ? undefined : bare(ts, test.body);
  if (one === undefined || body === undefined) return undefined;
  const isOne = (node: ts.Expression) => node.getText() === one.name.getText();
  const isEqual =
    ts.isBinaryExpression(body) &&
    /^===?$/.test(body.operatorToken.getText()) &&
    ((isOne(body.left) && isOrigin(body.right)) || (isOrigin(body.left) && isOne(body.right)));
  const target = ts.isCallExpression(body) ? called(ts, body) : undefined;
  const [argument] = ts.isCallExpression(body) ? body.arguments : [];
  const isTest =
    target?.name === 'test' &&
    isOne(target.receiver) &&
    argument !== undefined &&
    isOrigin(argument);
  return isEqual || isTest ? { node: list, isList: true } : undefined;
}

function indexOf(
  { ts }: Project,
  node: ts.Expression,
  isOrigin: (node: ts.Expression) => boolean,
): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const target = called(ts, node);
  const [argument] = node.arguments;
  const isSearch = target?.name === 'indexOf' && argument !== undefined && isOrigin(argument);
  return isSearch && !isOrigin(target.receiver) ? target.receiver : undefined;
}

/** One list of all that is allowed. */
export function membersOf(
  rules: readonly Rule[],
  edits: Edits,
): { text: string; kept: readonly ts.Expression[]; guards: readonly ts.Expression[] } {
  const all = rules.flatMap(({ members }) => members ?? []);
  const kept = all.map(({ node }) => node);
  const guards = all.flatMap((one) => one.guards);
  const [only] = all;
  if (all.length === 1 && only?.isList === true && only.guards.length === 0) {
    const text = edits.textOf(only.node);
    return { text: /^new Set\b/.test(text) ? `[...${text}]` : text, kept, guards };
  }
  const parts = all.map(({ node, isList, guards: conditions }) => {
    const text = edits.textOf(node);
    if (conditions.length > 0) {
      const guard = conditions.map((one) => edits.textOf(one)).join(' && ');
      return `...(${guard} ? ${isList ? text : `[${text}]`} : [])`;
    }
    return isList ? `...${text}` : text;
  });
  return { text: `[${parts.join(', ')}]`, kept, guards };
}
