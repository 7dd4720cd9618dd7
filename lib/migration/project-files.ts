import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type ts from 'typescript';
import type { TypeScript } from './typescript.js';

const SOURCE = /(?<!\.d)\.[cm]?tsx?$/;
/** What is built or installed, not written. */
const NO_SOURCES = new Set(['node_modules', 'dist', 'build', 'coverage', 'out']);

/** The paths of all sources below a folder, each once; linked folders are left alone. */
export function sourcesBelow(folder: string): string[] {
  const { files, links } = entriesBelow(folder);
  const known = new Set(files.map((path) => realpathSync(path)));
  const linked = links.filter((path) => {
    if (!isFile(path) || known.has(realpathSync(path))) return false;
    known.add(realpathSync(path));
    return true;
  });
  return [...files, ...linked];
}

function entriesBelow(folder: string): { files: string[]; links: string[] } {
  const found: { files: string[]; links: string[] } = { files: [], links: [] };
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name).split(sep).join('/');
    if (entry.isDirectory()) {
      if (entry.name.startsWith('.') || NO_SOURCES.has(entry.name)) continue;
      const { files, links } = entriesBelow(path);
      found.files.push(...files);
      found.links.push(...links);
    } else if (SOURCE.test(entry.name)) {
      if (entry.isFile()) found.files.push(path);
      else if (entry.isSymbolicLink()) found.links.push(path);
    }
  }
  return found;
}

/** A project that `nest-cli.json` names, and its folder. */
export interface NestProject {
  readonly name: string;
  /** Relative to the root, with `/`. */
  readonly folder: string;
}

/** The projects of a monorepo, as `nest-cli.json` names them. */
export function nestProjects(root: string): readonly NestProject[] {
  const path = join(root, 'nest-cli.json');
  if (!isFile(path)) return [];
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The names are a help for readers; Nest's own command says what is wrong with the file.
    return [];
  }
  const projects = memberOf(config, 'projects');
  if (typeof projects !== 'object' || projects === null) return [];
  return Object.entries(projects).flatMap(([name, project]) => {
    const folder = memberOf(project, 'root') ?? memberOf(project, 'sourceRoot');
    return typeof folder === 'string' ? [{ name, folder: folder.replace(/^\.\/|\/+$/g, '') }] : [];
  });
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
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
