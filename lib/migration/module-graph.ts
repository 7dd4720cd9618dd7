import type ts from 'typescript';
import { moduleOf, type RootModule } from './applications.js';
import type { Project } from './project.js';
import { walk } from './syntax.js';

/** Whether a root module, or a module that it imports, has `CorsModule` already. */
export function importsCorsModule(project: Project, root: RootModule): boolean {
  return hasCorsModule(project, root.node, new Set());
}

/** Looks at all that a class or a constant names: modules may be built by functions, too. */
function hasCorsModule(project: Project, node: ts.Node, seen: Set<ts.Node>): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  const { ts } = project;
  let isFound = false;
  walk(ts, node, (one) => {
    if (isFound || !ts.isIdentifier(one)) return !isFound;
    if (project.isImported(one, /^nestjs-cors$/, 'CorsModule')) {
      isFound = /^\.\s*forRoot/.test(one.getSourceFile().text.slice(one.end).trimStart());
      return false;
    }
    const declaration = project.declarationOf(one);
    if (declaration === undefined) return false;
    const isPart = ts.isClassDeclaration(declaration)
      ? moduleOf(project, declaration) !== undefined
      : ts.isVariableDeclaration(declaration);
    isFound = isPart && hasCorsModule(project, declaration, seen);
    return false;
  });
  return isFound;
}
