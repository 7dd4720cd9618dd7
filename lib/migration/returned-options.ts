import type ts from 'typescript';
import type { Project } from './project.js';
import { bare, walk } from './syntax.js';

/** A function of the project with a body: declared, or the value of a constant. */
export type OwnFunction = (ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression) & {
  readonly body: ts.ConciseBody;
};

/** The function of the project that a name stands for. */
export function functionOf(project: Project, name: ts.Identifier): OwnFunction | undefined {
  const { ts } = project;
  const declaration = project.declarationOf(name);
  if (declaration === undefined) return undefined;
  const value =
    ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
      ? bare(ts, declaration.initializer)
      : declaration;
  return isOwnFunction(project, value) ? value : undefined;
}

function isOwnFunction({ ts }: Project, node: ts.Node): node is OwnFunction {
  const isFunction =
    ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  return isFunction && node.body !== undefined;
}

/** Everything that a function may return; nothing where it may return nothing, or is a generator. */
export function returnedBy(
  { ts }: Project,
  { body, asteriskToken }: OwnFunction,
): readonly ts.Expression[] | undefined {
  if (asteriskToken !== undefined) return undefined;
  if (!ts.isBlock(body)) return [body];
  const last = body.statements.at(-1);
  if (last === undefined || !ts.isReturnStatement(last)) return undefined;
  const all: (ts.Expression | undefined)[] = [];
  walk(ts, body, (node) => {
    if (ts.isReturnStatement(node)) all.push(node.expression);
    return !ts.isFunctionLike(node);
  });
  const values = all.filter((one) => one !== undefined);
  return values.length === all.length ? values : undefined;
}
