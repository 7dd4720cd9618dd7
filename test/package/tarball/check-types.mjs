import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ENTRIES } from './entries.mjs';

/** In an application, names of policies are declared so; see `CorsPolicyNames`. */
const APPLICATION = `
import { Cors } from 'nestjs-cors';
declare module 'nestjs-cors' { interface CorsPolicyNames { public: true } }
Cors('public');
// @ts-expect-error It is not declared.
Cors('pubic');
`;

/**
 * Editors show the doc comments of the packed declarations: every export has one, and so has every
 * option that a user writes. The declarations compile on their own, and can be added to.
 */
export function checkTypes({ folder }) {
  const application = join(folder, 'application.ts');
  const files = ['esm', 'cjs'].flatMap((format) =>
    ENTRIES.map((entry) => join(folder, 'dist', format, `${entry}.d.ts`)),
  );
  const options = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    experimentalDecorators: true,
    strict: true,
    types: ['node'],
    noEmit: true,
  };
  writeFileSync(application, APPLICATION);
  const program = ts.createProgram([...files, application], options);
  const errors = [...files, application].flatMap((file) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)),
  );
  return [
    ...errors.map(({ file, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n', 1)[0];
      return `${file?.fileName.slice(folder.length + 1)}: ${text}`;
    }),
    ...undocumented(program, files, folder),
  ];
}

function undocumented(program, files, folder) {
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
      if (!/(?:Options|Environment)$/.test(symbol.name)) continue;
      for (const option of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))) {
        look(option, `${place}: ${symbol.name}.${option.name}`);
      }
    }
  }
  console.log(`${documented} doc comments in ${files.length} entries`);
  return bare.map((name) => `${name} has no doc comment.`);
}
