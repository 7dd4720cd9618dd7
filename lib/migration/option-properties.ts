import type ts from 'typescript';
import { changesIn } from './changes.js';
import { literalOf } from './created-layer.js';
import { type Draft, NotCarriedOver, short } from './rewriting.js';
import { bare, propertyName } from './syntax.js';

/**
 * The properties of options that count, those of spread constants among them, by their names.
 *
 * @throws NotCarriedOver where some are not known
 */
export function propertiesOf(
  draft: Draft,
  node: ts.ObjectLiteralExpression,
): Map<string, ts.ObjectLiteralElementLike> {
  const { ts } = draft.project;
  const all = new Map<string, ts.ObjectLiteralElementLike>();
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      for (const [name, one] of propertiesOf(draft, spread(draft, property))) all.set(name, one);
      continue;
    }
    const name = propertyName(ts, property);
    if (name === undefined) {
      throw new NotCarriedOver(
        property,
        `the name of the option \`${short(property)}\` is computed`,
        true,
      );
    }
    const earlier = all.get(name);
    if (earlier?.parent === node) draft.remove(earlier);
    all.set(name, property);
  }
  return all;
}

function spread(
  { project, edits }: Draft,
  property: ts.SpreadAssignment,
): ts.ObjectLiteralExpression {
  const { ts } = project;
  const inner = bare(ts, property.expression);
  const value = literalOf(project, inner);
  const declaration = ts.isIdentifier(inner) ? project.declarationOf(inner) : undefined;
  if (value !== undefined && declaration === undefined) return value;
  const isOwn = declaration?.getSourceFile() === property.getSourceFile();
  if (value && isOwn && changesIn(project, declaration).length === 0) {
    if (ts.isVariableDeclaration(declaration) && declaration.type !== undefined) {
      const { type, name } = declaration;
      edits.replace(type.getSourceFile(), name.end, type.end, '');
    }
    return value;
  }
  throw new NotCarriedOver(
    property,
    `which options \`${short(property)}\` adds is not known here`,
    true,
  );
}
