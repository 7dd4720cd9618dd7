import type ts from 'typescript';
import type { Project } from './project.js';
import { bare, called, isAssignment } from './syntax.js';

/** Methods that change what they are called on. */
const CHANGES = /^(?:push|pop|shift|unshift|splice|fill|add|set|delete|clear|sort|reverse)$/;
/** Functions of packages and of the language that change what they are given first. */
const CHANGE_FIRST = /^(?:assign|merge|extend|defaults|define\w*|set\w*|unset)$/i;

/** The uses of a variable that may change what it holds, after it was declared. */
export function changesIn(
  project: Project,
  declaration: ts.Declaration,
  seen: ReadonlySet<ts.Declaration> = new Set(),
): readonly ts.Identifier[] {
  if (seen.has(declaration)) return [];
  const next = new Set([...seen, declaration]);
  return project.usesOf(declaration).filter((use) => isChange(project, use, declaration, next));
}

function isChange(
  project: Project,
  use: ts.Identifier,
  declaration: ts.Declaration,
  seen: ReadonlySet<ts.Declaration>,
): boolean {
  const { ts } = project;
  let member: ts.Expression = use;
  let { parent } = member;
  while (
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) &&
    parent.expression === member
  ) {
    member = parent;
    ({ parent } = member);
  }
  if (isAssignment(ts, parent)) return parent.left === member;
  if (ts.isDeleteExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    return /\+\+|--/.test(parent.getText());
  }
  if (!ts.isCallExpression(parent)) return false;
  if (parent.expression === member) return CHANGES.test(called(ts, parent)?.name ?? '');
  const isHanded = member === use && !isText(project, declaration);
  return isHanded && changesArgument(project, parent, parent.arguments.indexOf(use), seen);
}

/** Nobody can change a text or a number that is handed over. */
function isText({ ts }: Project, declaration: ts.Declaration): boolean {
  const initializer = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const value = initializer && bare(ts, initializer);
  return value !== undefined && (ts.isLiteralExpression(value) || ts.isTemplateExpression(value));
}

function changesArgument(
  project: Project,
  call: ts.CallExpression,
  index: number,
  seen: ReadonlySet<ts.Declaration>,
): boolean {
  const { ts } = project;
  const name = called(ts, call)?.name ?? call.expression.getText();
  const callee = ts.isIdentifier(call.expression)
    ? project.declarationOf(call.expression)
    : undefined;
  const value =
    callee !== undefined && ts.isVariableDeclaration(callee) ? callee.initializer : callee;
  if (value === undefined || !ts.isFunctionLike(value)) {
    return index === 0 && CHANGE_FIRST.test(name);
  }
  const parameter = value.parameters[index];
  return parameter !== undefined && changesIn(project, parameter, seen).length > 0;
}
