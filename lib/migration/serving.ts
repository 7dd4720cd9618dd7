import type ts from 'typescript';
import type { Application } from './applications.js';
import type { Project } from './project.js';
import { called, unwrapped } from './syntax.js';

/** Methods of an application after which it serves no request. */
const SERVES_NOBODY =
  /^(?:init|close|get|resolve|select|flushLogs|registerRequestByContextId|(?:use|set|enable|connect)[A-Z]\w*)$/;
/** Packages that read an application, and write a document about it. */
const READERS = /^@nestjs\/swagger$/;

/**
 * Whether an application may ever serve a request: a script that fills a database, or writes a
 * document, creates one and closes it.
 */
export function mayServe(project: Project, { call }: Application): boolean {
  const { ts } = project;
  let { parent }: ts.Node = call;
  while (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent))
    ({ parent } = parent);
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return true;
  return project.usesOf(parent).some((use) => serves(project, use));
}

function serves(project: Project, use: ts.Identifier): boolean {
  const { ts } = project;
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent)) return !SERVES_NOBODY.test(parent.name.text);
  if (!ts.isCallExpression(parent)) return true;
  const target = called(ts, parent);
  const isRead =
    target !== undefined && project.isImported(unwrapped(ts, target.receiver), READERS);
  return !isRead;
}
