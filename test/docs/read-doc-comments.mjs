/**
 * Prints what the doc comments of lib/options/ say, as JSON: of every option, and of every reason
 * for which a configuration is refused. A process of its own: see compile-blocks.mjs.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');
const INTERFACES = [
  ['cors-policy-options.ts', 'CorsPolicyOptions'],
  ['cors-options.ts', 'CorsOptions'],
  ['cors-options.ts', 'CorsOverride'],
  ['cors-origin.ts', 'CorsResolverOptions'],
];

function statementsOf(file) {
  const path = join(root, file);
  const source = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  return { source, statements: source.statements };
}

function commentOf(source, node) {
  const ranges = ts.getLeadingCommentRanges(source.text, node.pos) ?? [];
  const doc = ranges.map(({ pos, end }) => source.text.slice(pos, end)).findLast(isDoc) ?? '';
  return doc
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}

function isDoc(text) {
  return text.startsWith('/**');
}

function readOptions(file, name) {
  const { source, statements } = statementsOf(`lib/options/${file}`);
  const declaration = statements.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === name,
  );
  return declaration.members.map((member) => {
    const [text, ...tags] = commentOf(source, member).split(/^@(?=\w+(?:\s|$))/m);
    return {
      of: name,
      file: `lib/options/${file}`,
      name: member.name.getText(source),
      required: member.questionToken === undefined,
      paragraphs: text
        .trim()
        .split(/\n\n+/)
        .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ')),
      tags: tags.map((tag) => {
        const [, key, rest] = /^(\w+)\s*([^]*)$/.exec(tag);
        return [key, rest.trim()];
      }),
    };
  });
}

/** The members of a union, those of the unions it names included, here or in another file. */
function readReasons(file, name) {
  const { source, statements } = statementsOf(file);
  const imports = new Map(
    statements
      .filter(ts.isImportDeclaration)
      .flatMap((node) =>
        node.importClause.namedBindings.elements.map((element) => [
          element.name.text,
          join(file, '..', node.moduleSpecifier.text.replace(/\.js$/, '.ts')),
        ]),
      ),
  );
  const { type } = statements.find(
    (node) => ts.isTypeAliasDeclaration(node) && node.name.text === name,
  );
  return type.types.flatMap((member) => {
    const text = member.getText(source);
    if (ts.isTypeReferenceNode(member)) return readReasons(imports.get(text) ?? file, text);
    return [{ reason: text.slice(1, -1), of: name, meaning: commentBefore(source, member) }];
  });
}

/** In a union, a comment stands before the `|`. */
function commentBefore(source, member) {
  const before = source.text
    .slice(0, member.getStart(source))
    .replace(/\|\s*$/, '')
    .trimEnd();
  if (!before.endsWith('*/')) return '';
  const comment = before.slice(before.lastIndexOf('/**') + 3, -2);
  return comment.replace(/\s*\n\s*\*\s*/g, ' ').trim();
}

const options = INTERFACES.flatMap(([file, name]) => readOptions(file, name));
const reasons = readReasons('lib/options/refusal/cors-config-reason.ts', 'CorsConfigReason');
process.stdout.write(JSON.stringify({ options, reasons }));
