import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../../lib/cli/run-cli.js';
import { recorder } from './recorder.js';

const MODULE = `import { Module } from '@nestjs/common';

@Module({ imports: [] })
export class AppModule {}
`;
const mainWith = (options: string) => `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.enableCors(${options});
  await app.listen(3000);
}
void bootstrap();
`;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'migrate-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'src'));
  write('app.module.ts', MODULE);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(root, 'src', name), text);
const read = (name: string) => readFileSync(join(root, 'src', name), 'utf8');
const git = (...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@a.example', ...args]);

async function run(...args: string[]) {
  const { terminal, out, error } = recorder();
  const exitCode = await runCli(['migrate', root, ...args], terminal);
  return { exitCode, out: out(), error: error() };
}

it('shows a diff and a report, and writes nothing', async () => {
  write('main.ts', mainWith("{ origin: 'https://a.example', credentials: true }"));
  const { exitCode, out } = await run();
  expect(out).toBe(`--- src/main.ts
+++ src/main.ts
@@ -3,7 +3,6 @@
 
 async function bootstrap() {
   const app = await NestFactory.create(AppModule);
-  app.enableCors({ origin: 'https://a.example', credentials: true });
   await app.listen(3000);
 }
 void bootstrap();

--- src/app.module.ts
+++ src/app.module.ts
@@ -1,4 +1,5 @@
 import { Module } from '@nestjs/common';
+import { CorsModule } from 'nestjs-cors';
 
-@Module({ imports: [] })
+@Module({ imports: [CorsModule.forRoot({ origin: 'https://a.example', credentials: true })] })
 export class AppModule {}

moved  src/main.ts:6  app.enableCors({…}) is \`CorsModule\` in AppModule now (src/app.module.ts:3)
2 files would change; \`--write\` writes them. Nothing is left to a person.
`);
  expect(exitCode).toBe(0);
  expect(read('app.module.ts')).toBe(MODULE);
});

it('exits with 1 where a TODO is left, in a dry run, when it writes, and ever after', async () => {
  write('main.ts', mainWith('{ origin: true, credentials: true }'));
  expect((await run()).exitCode).toBe(1);
  expect((await run('--write')).exitCode).toBe(1);
  const written = read('app.module.ts');
  expect(written).toContain(
    '// TODO(nestjs-cors): `origin: true` allowed every page, with credentials;',
  );
  expect(written).toContain("CorsModule.forRoot({ origin: 'TODO', credentials: true })");
  const again = await run('--write');
  expect([again.exitCode, read('app.module.ts')]).toEqual([1, written]);
  expect(again.out).toContain('Nothing to change. 1 left to a person');
});

it('exits with 2 where nothing can be done', async () => {
  write('main.ts', 'export const nothing = 1;\n');
  const none = await run();
  expect([none.exitCode, none.error]).toEqual([
    2,
    expect.stringContaining('Expected a Nest application'),
  ]);
  const { terminal, error } = recorder();
  expect(await runCli(['migrate', join(root, 'nowhere')], terminal)).toBe(2);
  expect(error()).toContain('nowhere`, which is not there.');
  const file = recorder();
  expect(await runCli(['migrate', join(root, 'src/main.ts')], file.terminal)).toBe(2);
  expect(file.error()).toContain('main.ts`, which is not a folder.');
});

it('writes no file with uncommitted changes, unless it is told to', async () => {
  write('main.ts', mainWith(''));
  git('init', '-q');
  git('add', 'src');
  git('commit', '-qm', 'A');
  writeFileSync(join(root, 'package.json'), '{}');
  write('main.ts', `${mainWith('')}// mine\n`);
  const refused = await run('--write');
  expect([refused.exitCode, refused.error]).toEqual([2, expect.stringContaining('`src/main.ts`')]);
  expect(read('app.module.ts')).toBe(MODULE);
  expect((await run('--write', '--force')).exitCode).toBe(0);
  expect(read('app.module.ts')).toContain("CorsModule.forRoot({ origin: '*' })");
  expect(readdirSync(join(root, 'src'))).toEqual(['app.module.ts', 'main.ts']);
});

it('writes no file with uncommitted changes of a repository within', async () => {
  write('main.ts', mainWith(''));
  git('init', '-q');
  execFileSync('git', ['-C', join(root, 'src'), 'init', '-q']);
  const refused = await run('--write');
  expect([refused.exitCode, refused.error]).toEqual([2, expect.stringContaining('`src/main.ts`')]);
});

it('writes nothing where one of the files is read-only, or does not parse', async () => {
  write('main.ts', mainWith(''));
  chmodSync(join(root, 'src/app.module.ts'), 0o444);
  const refused = await run('--write');
  expect([refused.exitCode, refused.error]).toEqual([
    2,
    'Expected `src/app.module.ts` to be writable, got an error: it is read-only. Make it writable, and run this again.\n',
  ]);
  expect(read('main.ts')).toBe(mainWith(''));
  write('main.ts', mainWith('{'));
  const broken = await run('--write');
  expect([broken.exitCode, broken.error]).toEqual([
    2,
    expect.stringMatching(/^Expected a Nest application.* `src\/main\.ts:\d+` could not be parsed/),
  ]);
});

it('writes through links to files, each file once', async () => {
  write('main.ts', mainWith(''));
  renameSync(join(root, 'src/app.module.ts'), join(root, 'module.txt'));
  symlinkSync('../module.txt', join(root, 'src/app.module.ts'));
  symlinkSync('main.ts', join(root, 'src/again.ts'));
  expect((await run('--write')).out).toContain('2 files written.');
  expect(readFileSync(join(root, 'module.txt'), 'utf8')).toContain('CorsModule.forRoot(');
  expect(lstatSync(join(root, 'src/app.module.ts')).isSymbolicLink()).toBe(true);
});

it('reports by the projects that nest-cli.json names', async () => {
  const projects = { api: { root: 'apps/api' }, admin: { root: './apps/admin/' } };
  writeFileSync(join(root, 'nest-cli.json'), JSON.stringify({ monorepo: true, projects }));
  rmSync(join(root, 'src'), { recursive: true });
  for (const name of ['api', 'admin']) {
    mkdirSync(join(root, `apps/${name}/src`), { recursive: true });
    writeFileSync(join(root, `apps/${name}/src/main.ts`), mainWith(''));
    writeFileSync(join(root, `apps/${name}/src/app.module.ts`), MODULE);
  }
  const { out } = await run('--write');
  expect(out).toBe(`api:
moved  apps/api/src/main.ts:6  app.enableCors() is \`CorsModule\` in AppModule now (apps/api/src/app.module.ts:3)
admin:
moved  apps/admin/src/main.ts:6  app.enableCors() is \`CorsModule\` in AppModule now (apps/admin/src/app.module.ts:3)
4 files written. Nothing is left to a person.
`);
});

it('asks for the compiler of the project', async () => {
  write('main.ts', mainWith(''));
  rmSync(join(root, 'node_modules'));
  const without = await run();
  expect([without.exitCode, without.error]).toEqual([
    2,
    expect.stringMatching(/^Expected the package `typescript` in .* got none/),
  ]);
});

it('asks for a compiler with an API', async () => {
  write('main.ts', mainWith(''));
  rmSync(join(root, 'node_modules'));
  mkdirSync(join(root, 'node_modules/typescript'), { recursive: true });
  writeFileSync(join(root, 'node_modules/typescript/index.js'), "exports.version = '7.1.0';");
  const native = await run();
  expect([native.exitCode, native.error]).toEqual([
    2,
    expect.stringContaining('got 7.1.0. Install one that has the API'),
  ]);
});
