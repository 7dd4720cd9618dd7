import type ts from 'typescript';
import type { Layer } from './layers.js';
import type { Project } from './project.js';
import { bare, isUndefined, propertyName, propertyOf, walk } from './syntax.js';

/** `cors` of the options that `create()` is given, in place or in a constant. */
export function createdLayer(project: Project, call: ts.CallExpression): Layer | undefined {
  const { ts } = project;
  for (const argument of call.arguments.slice(1)) {
    const options = literalOf(project, argument);
    const cors = options && propertyOf(ts, options, 'cors');
    if (cors === undefined) continue;
    if (!ts.isPropertyAssignment(cors) && !ts.isShorthandPropertyAssignment(cors)) continue;
    const value = ts.isPropertyAssignment(cors) ? cors.initializer : cors.name;
    const isObject = ts.isObjectLiteralExpression(bare(ts, value));
    return {
      kind: 'create',
      title: `NestFactory.create(…, { cors: ${isObject ? '{…}' : value.getText().slice(0, 30)} })`,
      place: project.placeOf(cors),
      node: cors,
      options: value,
      branches: [],
      receiver: undefined,
    };
  }
  return undefined;
}

/** An object that is written in place, or in a constant. */
export function literalOf(
  project: Project,
  node: ts.Expression,
): ts.ObjectLiteralExpression | undefined {
  const { ts } = project;
  const inner = bare(ts, node);
  if (ts.isObjectLiteralExpression(inner)) return inner;
  if (!ts.isIdentifier(inner)) return undefined;
  const initializer = project.initializerOf(inner);
  const value = initializer && bare(ts, initializer);
  return value && ts.isObjectLiteralExpression(value) ? value : undefined;
}

/** Where options of `create()` that are put together, by spreads or functions, have `cors` in them. */
export function hiddenCors(project: Project, call: ts.CallExpression): ts.Node | undefined {
  const seen = new Set<ts.Node>();
  for (const argument of call.arguments.slice(1)) {
    const found = corsWithin(project, argument, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

function corsWithin(project: Project, node: ts.Node, seen: Set<ts.Node>): ts.Node | undefined {
  if (seen.has(node)) return undefined;
  seen.add(node);
  const { ts } = project;
  let found: ts.Node | undefined;
  walk(ts, node, (one) => {
    // An adapter has options of its own.
    if (found !== undefined || ts.isNewExpression(one)) return false;
    if (ts.isObjectLiteralElementLike(one) && propertyName(ts, one) === 'cors') {
      const value = ts.isPropertyAssignment(one) ? one.initializer : undefined;
      const isNone =
        value !== undefined &&
        (value.kind === ts.SyntaxKind.FalseKeyword || isUndefined(ts, value));
      if (!isNone) found = one;
      return false;
    }
    const isMember =
      ts.isPropertyAccessExpression(one) && one.name.text === 'cors' && isAssigned(project, one);
    if (isMember) found = one;
    const declaration = ts.isIdentifier(one) ? project.declarationOf(one) : undefined;
    const isCode =
      declaration !== undefined &&
      (ts.isVariableDeclaration(declaration) || ts.isFunctionDeclaration(declaration));
    if (isCode) found ??= corsWithin(project, declaration, seen);
    return true;
  });
  return found;
}

function isAssigned({ ts }: Project, { parent }: ts.Node): boolean {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
