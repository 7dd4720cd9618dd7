import type ts from 'typescript';
import type { RootModule } from './applications.js';
import type { Edits } from './edits.js';
import { indented } from './module-call.js';
import type { Project } from './project.js';
import { indentOf } from './rewriting.js';
import { inStyle, styleOf } from './source-style.js';
import { propertyName } from './syntax.js';

/** Writes one more import into the metadata of a module, with comment lines above it. */
export function writeModuleImport(
  project: Project,
  { metadata }: RootModule,
  comments: readonly string[],
  call: string,
  edits: Edits,
): void {
  const { ts } = project;
  const file = metadata.getSourceFile();
  const style = styleOf(project, file);
  const unit = style.indent;
  const base = indentOf(metadata);
  const write = (at: number, text: string) => edits.insert(file, at, inStyle(text, style));
  const element = (indent: string) =>
    [...comments, call].map((one) => indented(one, indent)).join('\n');
  const isShort = comments.length === 0 && !call.includes('\n');
  const imports = metadata.properties.find((one) => propertyName(ts, one) === 'imports');
  if (imports === undefined) {
    const isLined = metadata.getText().includes('\n') || !isShort;
    const [first] = metadata.properties;
    const inner = base + unit;
    const list = isShort ? `[${call}]` : `[\n${element(inner + unit)},\n${inner}]`;
    if (first === undefined) {
      edits.replaceNode(metadata, inStyle(`{\n${inner}imports: ${list},\n${base}}`, style));
    } else {
      write(
        metadata.getStart() + 1,
        isLined ? `\n${inner}imports: ${list},` : ` imports: ${list},`,
      );
    }
    return;
  }
  if (!ts.isPropertyAssignment(imports)) {
    edits.replaceNode(
      imports,
      inStyle(`imports: [...imports,\n${element(base + unit + unit)}]`, style),
    );
    return;
  }
  const { initializer } = imports;
  if (!ts.isArrayLiteralExpression(initializer)) {
    write(initializer.getStart(), '[...');
    write(
      initializer.end,
      isShort
        ? `, ${call}]`
        : `,\n${element(`${indentOf(imports)}${unit}`)},\n${indentOf(imports)}]`,
    );
    return;
  }
  intoList(project, imports, initializer, { isShort, call, element, unit, write });
}

interface Writing {
  readonly isShort: boolean;
  readonly call: string;
  readonly element: (indent: string) => string;
  readonly unit: string;
  readonly write: (at: number, text: string) => void;
}

function intoList(
  _: Project,
  property: ts.Node,
  list: ts.ArrayLiteralExpression,
  { isShort, call, element, unit, write }: Writing,
): void {
  const last = list.elements.at(-1);
  const outer = indentOf(property);
  const inner = outer + unit;
  if (last === undefined) {
    write(list.getStart() + 1, isShort ? call : `\n${element(inner)},\n${outer}`);
    return;
  }
  const { text } = list.getSourceFile();
  const hasComma = list.elements.hasTrailingComma;
  const at = hasComma ? list.elements.end : last.end;
  const isLined = /\n[ \t]*$/.test(text.slice(0, last.getStart()));
  const comma = hasComma ? '' : ',';
  if (isLined) write(at, `${comma}\n${element(indentOf(last))}${hasComma ? ',' : ''}`);
  else if (isShort && !hasComma) write(at, `, ${call}`);
  else {
    for (const one of list.elements) write(one.getStart(), `\n${inner}`);
    write(at, `${comma}\n${element(inner)},\n${outer}`);
  }
}
