import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nestAdd } from '../../lib/schematics/nest-add.js';

const MAIN = `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

void NestFactory.create(AppModule);
`;
const MODULE = `import { Module } from '@nestjs/common';

@Module({
  imports: [],
})
export class AppModule {}
`;

let root = '';
const home = process.cwd();
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'add-'));
  symlinkSync(join(home, 'node_modules'), join(root, 'node_modules'));
  process.chdir(root);
});
afterEach(() => {
  process.chdir(home);
  rmSync(root, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/** Runs the schematic as the generator does, with a tree that keeps what is written to it. */
async function add(sourceRoot?: string) {
  const written: Record<string, string> = {};
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const overwrite = (path: string, text: string) => void (written[path] = text);
  const options = sourceRoot === undefined ? {} : { sourceRoot };
  await nestAdd(options)({ overwrite }, { logger: { info: log, warn: log } });
  return { written, lines };
}

it('nest add: a root module without CORS allows nobody, with an example above', async () => {
  write({ 'src/main.ts': MAIN, 'src/app.module.ts': MODULE });
  const { written } = await add('src');
  expect(Object.keys(written)).toEqual(['/src/app.module.ts']);
  expect(written['/src/app.module.ts']).toBe(`import { Module } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';

@Module({
  imports: [
    // List the origins of your pages: CorsModule.forRoot({ origin: ['https://app.example.com'], credentials: true })
    CorsModule.forRoot({ origin: false }),
  ],
})
export class AppModule {}
`);
  // The generator writes, not the schematic: \`--dry-run\` changes nothing.
  expect(readFileSync(join(root, 'src/app.module.ts'), 'utf8')).toBe(MODULE);
});

it('nest add: in a monorepo, the project that was chosen, and no other', async () => {
  const files = { 'src/main.ts': MAIN, 'src/app.module.ts': MODULE };
  for (const name of ['one', 'two']) {
    for (const [file, text] of Object.entries(files)) write({ [`apps/${name}/${file}`]: text });
  }
  const { written } = await add('apps/two/src');
  expect(Object.keys(written)).toEqual(['/apps/two/src/app.module.ts']);
});

it('nest add: where no application is found, it says so and changes nothing', async () => {
  write({ 'src/index.ts': 'export const nothing = 1;\n' });
  const { written, lines } = await add('src');
  expect(written).toEqual({});
  expect(lines).toEqual([expect.stringMatching(/^Expected a Nest application.*migrate`\.$/s)]);
});
