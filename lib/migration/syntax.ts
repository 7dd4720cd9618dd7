import type ts from 'typescript';
import type { TypeScript } from './typescript.js';

/** A call of a method: on what, and by which name. */
export interface Called {
  readonly receiver: ts.Expression;
  readonly name: string;
  /** The name, where the report says that the call is. */
  readonly at: ts.Node;
}

export function called(api: TypeScript, node: ts.CallExpression): Called | undefined {
  const { expression } = node;
  if (api.isElementAccessExpression(expression)) {
    const { argumentExpression: at } = expression;
    return api.isStringLiteralLike(at)
      ? { receiver: expression.expression, name: at.text, at }
      : undefined;
  }
  if (!api.isPropertyAccessExpression(expression)) return undefined;
  return { receiver: expression.expression, name: expression.name.text, at: expression.name };
}

/** The module that `require('…')` or `import('…')` loads. */
export function loaded(api: TypeScript, node: ts.Expression): string | undefined {
  if (!api.isCallExpression(node)) return undefined;
  const [name] = node.arguments;
  const isLoading =
    node.expression.kind === api.SyntaxKind.ImportKeyword ||
    (api.isIdentifier(node.expression) && node.expression.text === 'require');
  return isLoading && name !== undefined && api.isStringLiteralLike(name) ? name.text : undefined;
}

/** The nodes around a node, from the innermost. */
export function* ancestorsOf(node: ts.Node): Generator<ts.Node, void> {
  for (let one = parentOf(node); one !== undefined; one = parentOf(one)) yield one;
}

/** The root has none, whatever the type says. */
function parentOf(node: ts.Node): ts.Node | undefined {
  return node.parent;
}

/** The expression within parentheses, assertions of types and `await`. */
export function unwrapped(api: TypeScript, node: ts.Expression): ts.Expression {
  let inner = bare(api, node);
  while (api.isAwaitExpression(inner)) inner = bare(api, inner.expression);
  return inner;
}

/** The same without a look behind `await`. */
export function bare(api: TypeScript, node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    api.isParenthesizedExpression(inner) ||
    api.isAsExpression(inner) ||
    api.isTypeAssertionExpression(inner) ||
    api.isSatisfiesExpression(inner) ||
    api.isNonNullExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

/** The function that a node is in, or the file. */
export function scopeOf(api: TypeScript, node: ts.Node): ts.Node {
  for (const one of ancestorsOf(node)) {
    if (api.isFunctionLike(one) || api.isSourceFile(one)) return one;
  }
  return node.getSourceFile();
}

export function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return (
    node === outer ||
    (node.getSourceFile() === outer.getSourceFile() &&
      node.pos >= outer.pos &&
      node.end <= outer.end)
  );
}

/** Visits a node and what is in it, except inside nodes for which the function returns false. */
export function walk(api: TypeScript, node: ts.Node, visit: (node: ts.Node) => boolean): void {
  if (!visit(node)) return;
  api.forEachChild(node, (child) => walk(api, child, visit));
}

/** A static name of a property; none for a computed one. */
export function propertyName(
  api: TypeScript,
  node: ts.ObjectLiteralElementLike,
): string | undefined {
  const { name } = node;
  if (name === undefined) return undefined;
  if (api.isIdentifier(name) || api.isStringLiteralLike(name)) return name.text;
  return api.isComputedPropertyName(name) && api.isStringLiteralLike(name.expression)
    ? name.expression.text
    : undefined;
}

/** The member of an object literal that has this name. */
export function propertyOf(
  api: TypeScript,
  { properties }: ts.ObjectLiteralExpression,
  name: string,
): ts.ObjectLiteralElementLike | undefined {
  return properties.find((one) => propertyName(api, one) === name);
}

/** `a = b`, `a += b`, `a ??= b`, but no comparison. */
export function isAssignment(api: TypeScript, node: ts.Node): node is ts.BinaryExpression {
  return api.isBinaryExpression(node) && /^[^=!<>]*=$/.test(node.operatorToken.getText());
}

/** Whether it is undefined where what it begins with is: `text?.split(',')`. */
export function isOptional(api: TypeScript, node: ts.Expression): boolean {
  return (node.flags & api.NodeFlags.OptionalChain) !== 0;
}

/** `config.get('ORIGIN')` may have found nothing. */
export function isRead(api: TypeScript, node: ts.Expression): boolean {
  if (!api.isCallExpression(node) || node.arguments.length !== 1) return false;
  return called(api, node)?.name === 'get';
}

/** What a chain of calls begins with: `process.env.A ?? ''` in `(process.env.A ?? '').split(',')`. */
export function chainStart(api: TypeScript, node: ts.Expression): ts.Expression {
  const target = api.isCallExpression(node) ? called(api, node) : undefined;
  if (target === undefined || target.name === 'get') return node;
  return chainStart(api, bare(api, target.receiver));
}

/** `undefined`, or what else is nothing: `void 0`. */
export function isUndefined(api: TypeScript, node: ts.Node): boolean {
  return api.isVoidExpression(node) || (api.isIdentifier(node) && node.text === 'undefined');
}

/** Whether a statement exports something. */
export function isExport(api: TypeScript, statement: ts.Statement): boolean {
  if (api.isExportDeclaration(statement) || api.isExportAssignment(statement)) return true;
  const modifiers = api.canHaveModifiers(statement) ? api.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === api.SyntaxKind.ExportKeyword) ?? false;
}
