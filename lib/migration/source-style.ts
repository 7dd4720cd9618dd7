import { dirname, relative, sep } from 'node:path';
import type ts from 'typescript';
import type { Edits } from './edits.js';
import type { ImportedName, Project } from './project.js';

/** How a file is written, as far as new lines follow it. */
export interface SourceStyle {
  readonly quote: "'" | '"';
  readonly semicolon: ';' | '';
  readonly newline: '\r\n' | '\n';
  readonly indent: string;
  /** What imports of other files end in. */
  readonly extension: 'js' | 'ts' | '';
}

export function styleOf({ ts }: Project, file: ts.SourceFile): SourceStyle {
  const imports = file.statements.filter(ts.isImportDeclaration);
  const specifiers = imports.map(({ moduleSpecifier }) => moduleSpecifier.getText());
  const [extension] = specifiers.flatMap(
    (one) => /^.\.{1,2}\/.*\.[cm]?([jt]s).$/.exec(one)?.[1] ?? [],
  );
  const [, indent = '  '] = /\n([ \t]+)\S/.exec(file.text) ?? [];
  return {
    quote: specifiers.some((one) => one.startsWith('"')) ? '"' : "'",
    semicolon:
      imports.length === 0 || imports.some((one) => one.getText().endsWith(';')) ? ';' : '',
    newline: file.text.includes('\r\n') ? '\r\n' : '\n',
    indent,
    extension: extension === 'js' || extension === 'ts' ? extension : '',
  };
}

/** How one file imports another. */
export function specifierOf(from: string, to: string, { extension }: SourceStyle): string {
  const path = relative(dirname(from), to).split(sep).join('/');
  const bare = path.replace(/\.([cm]?)tsx?$/, '');
  const kind = /\.([cm]?)tsx?$/.exec(path)?.[1] ?? '';
  const end = extension === 'js' ? `.${kind}js` : extension === 'ts' ? `.${kind}ts` : '';
  return `${bare.startsWith('.') ? bare : `./${bare}`}${end}`;
}

/** Code is put together with single quotes, line feeds and two spaces. */
export function inStyle(text: string, style: SourceStyle): string {
  return text.replace(/\r?\n/g, style.newline);
}

/** An import to be written. */
export type NewImport = Pick<ImportedName, 'name' | 'local' | 'isTypeOnly' | 'specifier'>;

/** Adds imports to those of a file: to the braces of the same module, or below all of them. */
export function addImports(
  project: Project,
  file: ts.SourceFile,
  wanted: readonly NewImport[],
  edits: Edits,
): void {
  const { ts } = project;
  const style = styleOf(project, file);
  const lines: string[] = [];
  const braces = new Map<string, string[]>();
  for (const one of wanted) {
    const beside = braces.get(one.specifier);
    if (one.isTypeOnly && beside !== undefined) {
      beside.push(`type ${nameIn(one)}`);
      continue;
    }
    if (one.isTypeOnly || /^(?:default|\*|=)$/.test(one.name)) {
      lines.push(importLine(one, one.specifier, style));
      continue;
    }
    const last = lastNameOf(project, file, one.specifier);
    if (last !== undefined) edits.insert(file, last.end, `, ${nameIn(one)}`);
    else braces.set(one.specifier, [...(beside ?? []), nameIn(one)]);
  }
  for (const [specifier, names] of braces) {
    const from = `${style.quote}${specifier}${style.quote}`;
    lines.push(`import { ${names.join(', ')} } from ${from}${style.semicolon}`);
  }
  if (lines.length === 0) return;
  const last = file.statements.findLast(
    (one) => ts.isImportDeclaration(one) || ts.isImportEqualsDeclaration(one),
  );
  const text = lines.join(style.newline);
  if (last !== undefined) edits.insert(file, last.end, `${style.newline}${text}`);
  else edits.insert(file, file.statements[0]?.getStart() ?? 0, `${text}${style.newline}`);
}

/** As it stands in braces. */
function nameIn({ name, local }: Pick<NewImport, 'name' | 'local'>): string {
  return name === local ? local : `${name} as ${local}`;
}

/** The last name in the braces of an import of that module. */
function lastNameOf({ ts }: Project, file: ts.SourceFile, specifier: string): ts.Node | undefined {
  for (const one of file.statements) {
    if (!ts.isImportDeclaration(one) || one.importClause?.isTypeOnly !== false) continue;
    const bindings = one.importClause.namedBindings;
    const isSame = one.moduleSpecifier.getText().slice(1, -1) === specifier;
    if (isSame && bindings !== undefined && ts.isNamedImports(bindings))
      return bindings.elements.at(-1);
  }
  return undefined;
}

/** The line that imports a name. */
export function importLine(
  { name, local, isTypeOnly }: Omit<NewImport, 'specifier'>,
  specifier: string,
  { quote, semicolon }: SourceStyle,
): string {
  const from = `${quote}${specifier}${quote}`;
  const type = isTypeOnly ? 'type ' : '';
  if (name === '=') return `import ${type}${local} = require(${from})${semicolon}`;
  const named = `{ ${nameIn({ name, local })} }`;
  const bindings = name === 'default' ? local : name === '*' ? `* as ${local}` : named;
  return `import ${type}${bindings} from ${from}${semicolon}`;
}

/** Moves lines after the first from one depth to another; templates keep their text. */
export function reindent(text: string, from: string, to: string): string {
  if (/`[^`]*\n[^`]*`/.test(text)) return text;
  return text
    .split('\n')
    .map((line, index) =>
      index === 0 || line.trim() === ''
        ? line
        : to + (line.startsWith(from) ? line.slice(from.length) : line.trimStart()),
    )
    .join('\n');
}
