import { join } from 'node:path';
import ts from 'typescript';

const ENTRIES = ['index.d.ts', 'browser/index.d.ts', 'testing/index.d.ts'];

/**
 * Editors show the doc comments of the packed declarations: every export has one, and so has every
 * option that a user writes.
 */
export function checkDocComments({ folder }) {
  const files = ['esm', 'cjs'].flatMap((format) =>
    ENTRIES.map((entry) => join(folder, 'dist', format, entry)),
  );
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    types: ['node'],
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const bare = [];
  let documented = 0;
  const look = (symbol, name) => {
    const text = symbol.getDocumentationComment(checker);
    if (text.length > 0 || symbol.getJsDocTags(checker).length > 0) documented += 1;
    else bare.push(name);
  };

  for (const file of files) {
    const source = program.getSourceFile(file);
    const place = file.slice(folder.length + 1);
    for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(source))) {
      const symbol =
        exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      look(symbol, `${place}: ${symbol.name}`);
      if (!symbol.name.endsWith('Options')) continue;
      for (const option of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))) {
        look(option, `${place}: ${symbol.name}.${option.name}`);
      }
    }
  }
  console.log(`${documented} doc comments in ${files.length} entries`);
  return bare.map((name) => `${name} has no doc comment.`);
}
