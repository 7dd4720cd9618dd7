import { copyFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { dts } from 'rollup-plugin-dts';
import ts from 'typescript';

/**
 * Bundles what the compiler wrote to dist/compiled: read from the sources, a bundler would lose the
 * types in the metadata of decorators, which Nest's injection needs.
 *
 * Entries of one format share chunks, so that `CorsConfigError` is one class whatever imports it.
 * Code that only an `import()` reaches is in a chunk of its own, loaded when it is needed.
 */
const ENTRIES = {
  index: 'index',
  browser: 'browser/index',
  testing: 'testing/index',
  'class-validator': 'neighbours/class-validator/index',
  inspector: 'inspector/application/index',
};
/** What runs on its own: the command, and what `nest add` runs. */
const TOOLS = { cli: 'cli/main', schematics: 'schematics/nest-add' };
/** Development dependencies that the command brings with it. */
const BUNDLED = ['magic-string', '@jridgewell/sourcemap-codec'];

export default [
  {
    ...inputs(ENTRIES, 'js'),
    output: { ...shared('esm'), plugins: [withoutComments(), latin1(), schema()] },
  },
  {
    // Apart, so that what an application imports is not cut up by what the tools share with it.
    ...inputs(TOOLS, 'js'),
    output: {
      ...output('esm', 'js', 'tools'),
      plugins: [withoutComments(), latin1(), collection()],
    },
  },
  {
    ...inputs(ENTRIES, 'js'),
    output: {
      ...shared('cjs'),
      format: 'cjs',
      interop: 'auto',
      // `require()` in a promise: as lazy, and Jest runs it without a flag.
      dynamicImportInCjs: false,
      plugins: [withoutComments(), latin1(), commonJsFolder()],
    },
  },
  {
    ...inputs(ENTRIES, 'd.ts'),
    plugins: [dts()],
    output: ['esm', 'cjs'].map((format) => output(format, 'd.ts')),
  },
];

function inputs(entries, extension) {
  const files = Object.entries(entries).map(([name, path]) => [
    name,
    `dist/compiled/${path}.${extension}`,
  ]);
  return {
    input: Object.fromEntries(files),
    external: (id) => !BUNDLED.includes(id) && !/^(?:\.|\/|[A-Za-z]:)/.test(id),
    plugins: [bundled()],
    onwarn,
  };
}

/** Where a package to be bundled is, as Node finds it from the one that imports it. */
function bundled() {
  return {
    name: 'bundled',
    resolveId(id, importer) {
      if (!BUNDLED.includes(id) || importer === undefined) return null;
      return fileURLToPath(import.meta.resolve(id, pathToFileURL(importer)));
    },
  };
}

function output(format, extension, folder = 'shared') {
  return {
    dir: `dist/${format}`,
    entryFileNames: `[name].${extension}`,
    chunkFileNames: (chunk) => `${folder}/${nameOf(chunk)}.${extension}`,
    generatedCode: 'es2015',
    hoistTransitiveImports: false,
    // Loading a file costs more than its bytes; not of declarations, which nothing loads.
    experimentalMinChunkSize: extension === 'js' ? 20_000 : 1,
  };
}

/** Loaded when an application starts. */
const PATH_TABLES = ['express', 'fastify'].map((name) => `platform/${name}/${name}-path-table`);

/**
 * What the main entry loads at once is in three files, since each file more costs every application: what
 * browsers load as well, what is loaded without Nest as well, and the rest. An `import()` of a file that
 * imports the rest would visit each of Nest's hundreds of files once more.
 */
function shared(format) {
  const loaded = new Map();
  return {
    ...output(format, 'js'),
    manualChunks(id, { getModuleInfo }) {
      const loads = (entry) => {
        const path = compiled(ENTRIES[entry] ?? entry);
        if (!loaded.has(path)) loaded.set(path, loadedAtOnce(path, getModuleInfo));
        return loaded.get(path).has(id);
      };
      if (!loads('index')) return undefined;
      if (loads('browser')) return 'core';
      return ['testing', 'class-validator', ...PATH_TABLES].some(loads) ? 'options' : 'nestjs-cors';
    },
  };
}

/** An entry, and whatever it imports other than by `import()`. */
function loadedAtOnce(entry, getModuleInfo, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const id of getModuleInfo(entry)?.importedIds ?? []) loadedAtOnce(id, getModuleInfo, found);
  return found;
}

function compiled(path) {
  return fileURLToPath(new URL(`dist/compiled/${path}.js`, import.meta.url));
}

/** Chunks are named after their last module: an `index` after its folder, without the `.d` of types. */
function nameOf({ name, moduleIds }) {
  const [folder, file] = moduleIds.at(-1).split(/[\\/]/).slice(-2);
  if (!/^index\b/.test(file)) return name.replace(/\.d$/, '');
  return folder === 'compiled' ? 'nestjs-cors' : folder;
}

/** A warning is a fault of the build, but for the `this` in the decorators' helpers. */
function onwarn(warning) {
  if (warning.code !== 'THIS_IS_UNDEFINED') throw new Error(warning.message);
}

/** Comments are in the declarations, where editors show them; here they are a third of each file. */
function withoutComments() {
  const compilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    removeComments: true,
  };
  return {
    name: 'without-comments',
    renderChunk: (code) => withTabs(ts.transpileModule(code, { compilerOptions }).outputText),
  };
}

/** The compiler indents by four spaces: as tabs, a tenth of what V8 keeps of each file is not there. */
function withTabs(code) {
  const texts = [];
  const visit = (node) => {
    const isText =
      node.kind >= ts.SyntaxKind.FirstTemplateToken && node.kind <= ts.SyntaxKind.LastTemplateToken;
    if (isText) texts.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('chunk.js', code, ts.ScriptTarget.ESNext));
  return code.replace(/^(?: {4})+/gm, (spaces, at) =>
    texts.some(({ pos, end }) => pos < at && at < end) ? spaces : '\t'.repeat(spaces.length / 4),
  );
}

/** V8 keeps a whole file at two bytes a character as soon as one is beyond Latin-1: escape these. */
function latin1() {
  const escape = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return {
    name: 'latin1',
    renderChunk: (code) => code.replace(/[^\0-\xff]/g, escape),
  };
}

/** What Nest's generator reads to find the schematics. */
function collection() {
  return {
    name: 'collection',
    generateBundle() {
      const source = {
        schematics: {
          'nest-add': {
            description: 'Move the CORS options of the application into CorsModule, or add it.',
            factory: './schematics.js#nestAdd',
          },
        },
      };
      const text = `${JSON.stringify(source, null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'collection.json', source: text });
    },
  };
}

/** Of policy files, for editors. */
function schema() {
  return {
    name: 'schema',
    writeBundle() {
      copyFileSync('lib/policy-file/policy.schema.json', 'dist/policy.schema.json');
    },
  };
}

/** The package is a module; this folder of it is not. */
function commonJsFolder() {
  return {
    name: 'commonjs-folder',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{"type":"commonjs"}\n' });
    },
  };
}
