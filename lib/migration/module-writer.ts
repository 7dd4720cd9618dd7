import type ts from 'typescript';
import type { RootModule } from './applications.js';
import type { Edits } from './edits.js';
import { indented } from './module-call.js';
import type { Project } from './project.js';
import { indentOf, NotCarriedOver, short } from './rewriting.js';
import { inStyle, styleOf } from './source-style.js';
import { propertyOf } from './syntax.js';

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
  const imports = propertyOf(ts, metadata, 'imports');
  const after = imports === undefined ? 0 : metadata.properties.indexOf(imports);
  const spread = metadata.properties.slice(after).find(ts.isSpreadAssignment);
  if (spread !== undefined) {
    throw new NotCarriedOver(
      spread,
      `\`${short(spread)}\` may have the \`imports\` of the root module; add \`CorsModule\` there by hand`,
    );
  }
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
      inStyle(
        isShort
          ? `imports: [...imports, ${call}]`
          : `imports: [\n${base}${unit}${unit}...imports,\n${element(base + unit + unit)},\n${base}${unit}]`,
        style,
      ),
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
  intoList(imports, initializer, { isShort, call, element, unit, write });
}

interface Writing {
  readonly isShort: boolean;
  readonly call: string;
  readonly element: (indent: string) => string;
  readonly unit: string;
  readonly write: (at: number, text: string) => void;
}

function intoList(
  property: ts.Node,
  list: ts.ArrayLiteralExpression,
  { isShort, call, element, unit, write }: Writing,
): void {
  const last = list.elements.at(-1);
  const outer = indentOf(property);
  const inner = outer + unit;
  const { text } = list.getSourceFile();
  if (last === undefined) {
    // What an empty list has on its lines is a comment.
    const isOpen = list.getText().includes('\n');
    const lines = `\n${element(inner)},`;
    write(list.getStart() + 1, isOpen ? lines : isShort ? call : `${lines}\n${outer}`);
    return;
  }
  const hasComma = list.elements.hasTrailingComma;
  const at = hasComma ? list.elements.end : last.end;
  const isLined = /\n[ \t]*$/.test(text.slice(0, last.getStart()));
  const comma = hasComma ? '' : ',';
  if (isLined) {
    if (!hasComma) write(at, ',');
    // A comment behind it stays on its line.
    const comment = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*(?=\r?\n))/.exec(text.slice(at));
    const end = at + (comment?.[0].length ?? 0);
    write(end, `\n${element(indentOf(last))}${hasComma ? ',' : ''}`);
  } else if (isShort && !hasComma) write(at, `, ${call}`);
  else {
    for (const one of list.elements) write(one.getStart(), `\n${inner}`);
    write(at, `${comma}\n${element(inner)},\n${outer}`);
  }
}
