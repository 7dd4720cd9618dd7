/**
 * Compiles code blocks, given as JSON on standard input (`{ [file]: code }`), with the options of
 * this repository's tsconfig. Prints their errors and, as CommonJS, their JavaScript.
 *
 * A process of its own: inside jest, the compiler would itself be compiled first.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'test/docs/blocks');
const blocks = new Map(
  Object.entries(JSON.parse(readFileSync(0, 'utf8'))).map(([file, code]) => [
    join(folder, file),
    code,
  ]),
);

const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) =>
  readFileSync(file, 'utf8'),
);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
// A block shows what is worth showing: what it declares may be used elsewhere.
Object.assign(options, { noUnusedLocals: false, noUnusedParameters: false });
options.moduleDetection = ts.ModuleDetectionKind.Force;
// Some blocks run in a browser or in front of one.
options.lib = [...(options.lib ?? []), 'lib.dom.d.ts'];

const files = ts.createCompilerHost(options);
const parsed = new Map();
const host = {
  ...files,
  fileExists: (file) => blocks.has(file) || files.fileExists(file),
  readFile: (file) => blocks.get(file) ?? files.readFile(file),
  directoryExists: (name) => name.startsWith(folder) || ts.sys.directoryExists(name),
  getSourceFile: (file, languageOptions, ...rest) => {
    if (!parsed.has(file)) {
      const code = blocks.get(file);
      parsed.set(
        file,
        code === undefined
          ? files.getSourceFile(file, languageOptions, ...rest)
          : ts.createSourceFile(file, code, languageOptions, true),
      );
    }
    return parsed.get(file);
  },
};

// What a block declares of a module would hold for all blocks.
const names = [...blocks.keys()];
const declaring = names.filter((file) => /^declare module/m.test(blocks.get(file)));
const others = names.filter((file) => !declaring.includes(file));
const programs = [others, ...declaring.map((file) => [file])].map((roots) =>
  ts.createProgram(roots, options, host),
);
const errors = programs
  .flatMap((program) => ts.getPreEmitDiagnostics(program))
  .map(({ file, start = 0, messageText }) => ({
    file: file === undefined ? '' : file.fileName.slice(folder.length + 1),
    line: file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line,
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));

const outputs = Object.fromEntries(
  Array.from(blocks, ([file, code]) => [
    file.slice(folder.length + 1),
    ts.transpileModule(code, {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.CommonJS,
        esModuleInterop: false,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
      },
    }).outputText,
  ]),
);

process.stdout.write(JSON.stringify({ errors, outputs }));
