import type ts from 'typescript';
import type { Edits } from './edits.js';
import type { Project } from './project.js';
import { loaded, walk } from './syntax.js';

interface Removing {
  /** Whether a node is in what was taken out. */
  readonly isGone: (node: ts.Node) => boolean;
  readonly remove: (statement: ts.Statement) => void;
}

/** Takes out of a file the imports that only what is gone used. */
export function removeUnusedImports(
  project: Project,
  edits: Edits,
  file: ts.SourceFile,
  { isGone, remove }: Removing,
): void {
  const { ts } = project;
  /** Used before, and only in what is gone. */
  const isUnused = (name: ts.Identifier): boolean => {
    const uses = usesInFile(project, name);
    return uses.length > 0 && uses.every((use) => isGone(use));
  };
  for (const statement of file.statements) {
    const names = namesIn(project, statement);
    const gone = names.filter((name) => isUnused(name));
    if (gone.length === 0) continue;
    if (gone.length === names.length) remove(statement);
    else if (ts.isImportDeclaration(statement)) withoutNames(project, edits, statement, gone);
  }
}

/** The names that a statement imports, also by `require()`. */
function namesIn({ ts }: Project, statement: ts.Statement): readonly ts.Identifier[] {
  if (ts.isImportEqualsDeclaration(statement)) return [statement.name];
  if (ts.isVariableStatement(statement)) {
    const [only, other] = statement.declarationList.declarations;
    const isLoading =
      only?.initializer !== undefined &&
      other === undefined &&
      loaded(ts, only.initializer) !== undefined;
    return isLoading && ts.isIdentifier(only.name) ? [only.name] : [];
  }
  if (!ts.isImportDeclaration(statement)) return [];
  const { name, namedBindings: bindings } = statement.importClause ?? {};
  const named =
    bindings === undefined
      ? []
      : ts.isNamedImports(bindings)
        ? bindings.elements.map((one) => one.name)
        : [bindings.name];
  return name === undefined ? named : [name, ...named];
}

function withoutNames(
  { ts }: Project,
  edits: Edits,
  declaration: ts.ImportDeclaration,
  gone: readonly ts.Identifier[],
): void {
  const bindings = declaration.importClause?.namedBindings;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return;
  const kept = bindings.elements.filter(({ name }) => !gone.includes(name));
  const last = kept.at(-1);
  if (last === undefined) return;
  const file = declaration.getSourceFile();
  for (const [index, one] of bindings.elements.entries()) {
    if (!gone.includes(one.name)) continue;
    const [before, next] = [bindings.elements[index - 1], bindings.elements[index + 1]];
    if (index > bindings.elements.indexOf(last)) {
      edits.replace(file, before?.end ?? one.pos, one.end, '');
    } else if (next !== undefined) edits.replace(file, one.getStart(), next.getStart(), '');
  }
}

function usesInFile(project: Project, name: ts.Identifier): readonly ts.Identifier[] {
  const { ts } = project;
  const symbol = project.symbolOf(name);
  const uses: ts.Identifier[] = [];
  walk(ts, name.getSourceFile(), (node) => {
    if (
      node !== name &&
      ts.isIdentifier(node) &&
      node.text === name.text &&
      project.symbolOf(node) === symbol
    ) {
      uses.push(node);
    }
    return !ts.isImportDeclaration(node) && !ts.isImportEqualsDeclaration(node);
  });
  return uses;
}
