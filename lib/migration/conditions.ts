import type ts from 'typescript';
import type { Project } from './project.js';
import { ancestorsOf, called, isWithin, scopeOf, unwrapped, walk } from './syntax.js';

/** A branch that is taken where a condition holds, or does not. */
export interface Branch {
  readonly statement: ts.Node;
  readonly condition: ts.Expression;
  readonly holds: boolean;
}

/** Whether this is `NestFactory.create(…)`. */
export function isFactoryCall(project: Project, node: ts.Node): node is ts.CallExpression {
  const { ts } = project;
  const target = ts.isCallExpression(node) ? called(ts, node) : undefined;
  return (
    target?.name === 'create' &&
    project.isImported(target.receiver, /^@nestjs\/core$/, 'NestFactory')
  );
}

const NO_CONDITION = 'where this layer is installed, no condition can be read';

/**
 * Under which conditions a call runs, once there is an application: the branches around it and those
 * around the calls of its function, from the outermost. A sentence where that is not plain.
 *
 * @param receiver what it is called on
 */
export function conditionsOf(
  project: Project,
  call: ts.Node,
  receiver: ts.Expression,
): readonly Branch[] | string {
  const { ts } = project;
  const around = scopeOf(ts, call);
  const since = madeIn(project, around, receiver);
  const own = branchesOf(project, call, since ?? 0);
  if (own === undefined) return NO_CONDITION;
  if (since !== undefined || ts.isSourceFile(around)) return own;
  return ofCallers(project, around, own, new Set());
}

function ofCallers(
  project: Project,
  around: ts.Node,
  own: readonly Branch[],
  seen: Set<ts.Node>,
): readonly Branch[] | string {
  const { ts } = project;
  if (seen.has(around)) return 'the function that this is in calls itself';
  seen.add(around);
  const callers = callersOf(project, around);
  if (callers === undefined) {
    return 'when the function that this is in runs, cannot be read';
  }
  const all = callers.map((caller): readonly Branch[] | string => {
    const outer = scopeOf(ts, caller);
    const since = createdIn(project, outer);
    const branches = branchesOf(project, caller, since ?? 0, true);
    if (branches === undefined) return NO_CONDITION;
    const isWhole = since !== undefined || ts.isSourceFile(outer);
    return isWhole ? branches : ofCallers(project, outer, branches, seen);
  });
  const [first] = all;
  if (first === undefined) return 'nothing in this project calls the function that this is in';
  if (all.length === 1) return typeof first === 'string' ? first : [...first, ...own];
  const isAlways = all.every((one) => one.length === 0);
  return isAlways ? own : 'the function that this is in is called in several places';
}

/** Where an application is made in a function: what returns earlier returns without one. */
function createdIn(project: Project, around: ts.Node): number | undefined {
  let at: number | undefined;
  walk(project.ts, around, (node) => {
    if (at === undefined && isFactoryCall(project, node)) at = node.pos;
    return at === undefined;
  });
  return at;
}

/** The same, also for a variable that holds what another function made. */
function madeIn(
  project: Project,
  around: ts.Node,
  receiver: ts.Expression | undefined,
): number | undefined {
  const created = createdIn(project, around);
  if (created !== undefined || receiver === undefined) return created;
  const { ts } = project;
  const base = baseOf(project, receiver);
  // `create()` of the project, or `new …`.
  if (ts.isCallExpression(base) || ts.isNewExpression(base)) return base.pos;
  if (!ts.isIdentifier(base)) return undefined;
  const [declaration] = project.symbolOf(base)?.declarations ?? [];
  if (declaration === undefined || !isWithin(declaration, around)) return undefined;
  const variable = [declaration, ...ancestorsOf(declaration)].find(
    (one) => ts.isVariableDeclaration(one) || ts.isFunctionLike(one),
  );
  if (variable === undefined || !ts.isVariableDeclaration(variable)) return undefined;
  if (variable.initializer === undefined) return variable.pos;
  return isWithin(receiver, variable) ? undefined : madeIn(project, around, variable.initializer);
}

/** What a chain of members and methods begins with. */
function baseOf({ ts }: Project, expression: ts.Expression): ts.Expression {
  let inner = unwrapped(ts, expression);
  for (;;) {
    const callee = ts.isCallExpression(inner) ? inner.expression : inner;
    if (!ts.isPropertyAccessExpression(callee) && !ts.isElementAccessExpression(callee)) {
      return inner;
    }
    inner = unwrapped(ts, callee.expression);
  }
}

/** The calls of a function, tests apart; none can be told where it is used as a value. */
function callersOf(project: Project, around: ts.Node): readonly ts.CallExpression[] | undefined {
  const { ts } = project;
  const handed = handedTo(project, around);
  if (handed !== undefined) return [handed];
  const declaration = declarationOf(project, around);
  if (declaration === undefined) return undefined;
  const uses = project
    .usesOf(declaration)
    .filter((use) => !project.isTest(use.getSourceFile()) && !ts.isTypeQueryNode(use.parent));
  const calls = uses.flatMap(({ parent }, index) =>
    ts.isCallExpression(parent) && parent.expression === uses[index] ? [parent] : [],
  );
  return calls.length === uses.length ? calls : undefined;
}

/** The call that runs a function where it stands: `(() => …)()`, or `promise.then((app) => …)`. */
function handedTo({ ts }: Project, around: ts.Node): ts.CallExpression | undefined {
  if (!ts.isArrowFunction(around) && !ts.isFunctionExpression(around)) return undefined;
  let node: ts.Node = around;
  while (ts.isParenthesizedExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (!ts.isCallExpression(parent)) return undefined;
  if (parent.expression === node) return parent;
  return called(ts, parent)?.name === 'then' && parent.arguments[0] === node ? parent : undefined;
}

function declarationOf({ ts }: Project, node: ts.Node): ts.Declaration | undefined {
  if (ts.isFunctionDeclaration(node)) return node;
  return ts.isVariableDeclaration(node.parent) ? node.parent : undefined;
}

/** The calls of a function by its name. */
export function callsOf(project: Project, node: ts.Node): readonly ts.CallExpression[] {
  const { ts } = project;
  const handed = handedTo(project, node);
  if (handed !== undefined) return [handed];
  const declaration = declarationOf(project, node);
  if (declaration === undefined) return [];
  return project.usesOf(declaration).flatMap((use) => {
    const { parent } = use;
    return ts.isCallExpression(parent) && parent.expression === use ? [parent] : [];
  });
}

/** The branches around a call, up to the function it is in; none if something else decides. */
function branchesOf(
  project: Project,
  call: ts.Node,
  since: number,
  isCaller = false,
): readonly Branch[] | undefined {
  const { ts } = project;
  const branches: Branch[] = [];
  let child: ts.Node = call;
  for (const node of ancestorsOf(call)) {
    // What is around both decides whether there is an application at all.
    if (since > 0 && since >= child.pos && since < child.end) return branches;
    if (ts.isBlock(node) || ts.isSourceFile(node)) {
      const above = earlyReturns(project, node, child, since);
      if (above === undefined) return undefined;
      branches.unshift(...above);
    }
    if (ts.isFunctionLike(node) || ts.isSourceFile(node)) return branches;
    const branch = branchAt(project, node, child);
    if (branch !== undefined) branches.unshift(branch);
    else if (ts.isTryStatement(node) ? child !== node.tryBlock : !passes(project, node, isCaller)) {
      return undefined;
    }
    child = node;
  }
  return branches;
}

function branchAt({ ts }: Project, node: ts.Node, child: ts.Node): Branch | undefined {
  if (ts.isIfStatement(node) && child !== node.expression) {
    const holds = child === node.thenStatement;
    return { statement: node, condition: node.expression, holds };
  }
  if (ts.isBinaryExpression(node) && child === node.right) {
    const operator = node.operatorToken.getText();
    if (operator === '&&' || operator === '||') {
      return { statement: node, condition: node.left, holds: operator === '&&' };
    }
  }
  return undefined;
}

/** `if (…) return;` above a call is a condition of it. */
function earlyReturns(
  { ts }: Project,
  { statements }: ts.Block | ts.SourceFile,
  child: ts.Node,
  since: number,
): readonly Branch[] | undefined {
  const branches: Branch[] = [];
  for (const one of statements) {
    if (one.pos >= child.pos) break;
    if (one.end <= since || !returns(ts, one)) continue;
    const isPlain = ts.isIfStatement(one) && one.elseStatement === undefined;
    if (!isPlain || !endsInReturn(ts, one.thenStatement)) return undefined;
    branches.push({ statement: one, condition: one.expression, holds: false });
  }
  return branches;
}

function returns(api: Project['ts'], statement: ts.Statement): boolean {
  let isFound = false;
  walk(api, statement, (node) => {
    if (api.isReturnStatement(node)) isFound = true;
    return !isFound && !api.isFunctionLike(node);
  });
  return isFound;
}

function endsInReturn(api: Project['ts'], node: ts.Statement): boolean {
  const last = api.isBlock(node) ? node.statements.at(-1) : node;
  return last !== undefined && api.isReturnStatement(last);
}

/** What a call may stand in without a condition. */
function passes({ ts }: Project, node: ts.Node, isCaller: boolean): boolean {
  const isPlain =
    ts.isBlock(node) ||
    ts.isExpressionStatement(node) ||
    ts.isAwaitExpression(node) ||
    ts.isVoidExpression(node) ||
    ts.isParenthesizedExpression(node);
  if (isPlain || !isCaller) return isPlain;
  return (
    ts.isReturnStatement(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isVariableDeclarationList(node) ||
    ts.isVariableStatement(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isCallExpression(node)
  );
}
