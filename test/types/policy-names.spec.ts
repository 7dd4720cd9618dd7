import { dirname, join } from 'node:path';
import ts from 'typescript';

const HEAD = `
import { Cors, CorsModule, CorsService, type CorsOriginResolver, type CorsOverride } from 'nestjs-cors';
declare const service: CorsService;
declare class Resolver implements CorsOriginResolver { isAllowed(origin: string): boolean }
declare class NoResolver { isAllowed(origin: string): string }
void [Cors, CorsModule, service, Resolver, NoResolver, {} as CorsOverride];
`;
const NAMES = `
declare module 'nestjs-cors' { interface CorsPolicyNames { public: true; partner: true } }
`;

/** What the compiler says of each statement, one program for all: the errors' texts by statement. */
function compile(head: string, statements: readonly string[]): string[][] {
  const root = process.cwd();
  const file = join(root, 'test/types/virtual.ts');
  const lines = head.split('\n').length;
  const source = [head, ...statements].join('\n');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  );
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2023)
      : getSourceFile.call(host, name, ...rest);
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  host.readFile = (name) => (name === file ? source : readFile.call(host, name));
  host.getCurrentDirectory = () => dirname(join(root, 'package.json'));
  const program = ts.createProgram([file], { ...options, noEmit: true }, host);
  const errors: string[][] = statements.map(() => []);
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const position = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n').split('\n', 1)[0];
    const place = diagnostic.file?.fileName === file ? (position?.line ?? 0) - lines : -1;
    const own = errors[place];
    if (own === undefined) throw new Error(`${diagnostic.file?.fileName}: ${text}`);
    own.push(text ?? '');
  }
  return errors;
}

const ANY_NAME = [
  "Cors('whatever');",
  "Cors({ policy: 'whatever', maxAge: 5 });",
  "CorsModule.forRoot({ origin: 'https://a.example', policies: { x: {} }, paths: { '/a': 'y' } });",
  "void service.update('whatever', { maxAge: 5 });",
  "service.forget('whatever', 'scope');",
  'service.forget(Resolver);',
  'CorsModule.forRoot({ origin: Resolver });',
  'Cors({ origin: Resolver });',
  'void service.update({ origin: Resolver });',
];

it('takes any name until some are declared', () => {
  expect(compile(HEAD, ANY_NAME)).toEqual(ANY_NAME.map(() => []));
}, 120_000);

const DECLARED: readonly [statement: string, ...errors: string[]][] = [
  ["Cors('public');"],
  ["Cors({ policy: 'partner', maxAge: 5 });"],
  [
    "CorsModule.forRoot({ origin: 'https://a.example', policies: { public: {}, partner: {} }, paths: { '/a': 'public', '/b': false } });",
  ],
  ["void service.update('partner', { maxAge: 5 });"],
  ["service.trustedOrigins('partner');"],
  [
    "Cors('pubic');",
    `Argument of type '"pubic"' is not assignable to parameter of type 'false | keyof CorsPolicyNames | CorsOverride | undefined'.`,
  ],
  [
    "Cors({ policy: 'pubic' });",
    `Type '"pubic"' is not assignable to type 'keyof CorsPolicyNames | undefined'. Did you mean '"public"'?`,
  ],
  [
    "void service.update('pubic', {});",
    `Argument of type '"pubic"' is not assignable to parameter of type 'keyof CorsPolicyNames'.`,
  ],
  [
    "CorsModule.forRoot({ origin: 'https://a.example', paths: { '/a': 'pubic' } });",
    `Type '"pubic"' is not assignable to type 'false | keyof CorsPolicyNames | CorsOverride'. Did you mean '"public"'?`,
  ],
  [
    "CorsModule.forRoot({ origin: 'https://a.example', policies: { public: {} } });",
    `Property 'partner' is missing in type '{ public: {}; }' but required in type 'Readonly<Record<keyof CorsPolicyNames, Omit<CorsOverride, "policy" | "passThrough">>>'.`,
  ],
  [
    'Cors({ origin: NoResolver });',
    "Type 'typeof NoResolver' is not assignable to type 'CorsOrigin | undefined'.",
  ],
];

it('takes the declared names alone', () => {
  const statements = DECLARED.map(([statement]) => statement);
  expect(compile(HEAD + NAMES, statements)).toEqual(DECLARED.map(([, ...errors]) => errors));
}, 120_000);
