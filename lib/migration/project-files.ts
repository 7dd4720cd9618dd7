import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type ts from 'typescript';
import type { TypeScript } from './typescript.js';

const SOURCE = /(?<!\.d)\.[cm]?tsx?$/;
/** What is built or installed, and no source. */
const NO_SOURCES = new Set(['node_modules', 'dist', 'build', 'coverage', 'out']);
/** The paths of all sources below a folder. */
export function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name).split(sep).join('/');
    if (entry.isDirectory()) {
      return entry.name.startsWith('.') || NO_SOURCES.has(entry.name) ? [] : sourcesBelow(path);
    }
    return entry.isFile() && SOURCE.test(entry.name) ? [path] : [];
  });
}

/** Only what concerns the resolution of names. */
export function compilerOptions(api: TypeScript, root: string): ts.CompilerOptions {
  const path = join(root, 'tsconfig.json');
  const config: unknown = existsSync(path)
    ? api.readConfigFile(path, (name) => readFileSync(name, 'utf8')).config
    : undefined;
  const host = { ...api.sys, readDirectory: () => [] };
  const { options } = api.parseJsonConfigFileContent(config ?? {}, host, root);
  return { ...options, noLib: true, types: [], allowJs: false, skipLibCheck: true };
}

/** A host that reads each file once, and no package. */
export function hostOf(
  api: TypeScript,
  root: string,
  options: ts.CompilerOptions,
  texts: ReadonlyMap<string, string>,
): ts.CompilerHost {
  const hasPaths = options.paths !== undefined || options.baseUrl !== undefined;
  const host: ts.CompilerHost = {
    getSourceFile: (name, languageVersion) => {
      const text = texts.get(name);
      return text === undefined
        ? undefined
        : api.createSourceFile(name, text, languageVersion, true);
    },
    getDefaultLibFileName: () => 'lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => texts.has(name) || (name.endsWith('package.json') && isFile(name)),
    readFile: (name) => texts.get(name) ?? (isFile(name) ? readFileSync(name, 'utf8') : undefined),
    directoryExists: (name) => statSync(name, { throwIfNoEntry: false })?.isDirectory() === true,
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map(({ text }) => {
        if (!text.startsWith('.') && !text.startsWith('#') && !hasPaths) return NOWHERE;
        const { resolvedModule } = api.resolveModuleName(text, containing, options, host);
        return resolvedModule !== undefined && texts.has(resolvedModule.resolvedFileName)
          ? { resolvedModule }
          : NOWHERE;
      }),
  };
  return host;
}

const NOWHERE: ts.ResolvedModuleWithFailedLookupLocations = { resolvedModule: undefined };

function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() === true;
}
