import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Generates an application as `nest new` does, with its questions answered here. */
export function generateBare({ name, nest, options }, folder) {
  const generator = ['--yes', '--loglevel=error', `--package=@nestjs/cli@${nest}`, '--'];
  const answers = [`--name=${name}`, '--language=ts', '--package-manager=npm', '--strict'];
  if (nest > 11) answers.push('--observe=false');
  execFileSync(
    'npm',
    ['exec', ...generator, 'schematics', '@nestjs/schematics:application', ...answers, ...options],
    { cwd: folder },
  );
  return join(folder, name);
}

/** The same, with CORS added to it. */
export function generate(starter, folder) {
  const { extension } = starter;
  const app = generateBare(starter, folder);
  replaceIn(join(app, 'src/app.module.ts'), [
    ['import { Module }', "import { CorsModule } from 'nestjs-cors';\nimport { Module }"],
    [
      'imports: []',
      "imports: [CorsModule.forRoot({ origin: 'https://app.example.com', credentials: true })]",
    ],
  ]);
  replaceIn(join(app, 'src/app.controller.ts'), [
    ['import { Controller, Get }', 'import { Controller, Get, Put }'],
    ['\n@Controller', "import { Cors } from 'nestjs-cors';\n\n@Controller"],
    [
      /}\s*$/,
      "\n  @Put('orders/:id')\n  @Cors({ maxAge: 60 })\n  update() {\n    return {};\n  }\n}\n",
    ],
  ]);
  writeFileSync(join(app, 'test/cors.e2e-spec.ts'), spec(extension));
  return app;
}

export function replaceIn(file, replacements) {
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of replacements) {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`Expected ${String(from)} in ${file}:\n${text}`);
    text = changed;
  }
  writeFileSync(file, text);
}

/** What a user of the package writes, in the test runner of the starter. */
const spec = (extension) => `import { Test } from '@nestjs/testing';
import { expectCors } from 'nestjs-cors/testing';
import { AppModule } from './../src/app.module${extension}';

it('allows a page, and no other', async () => {
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  const app = module.createNestApplication();
  await app.init();
  const put = { credentials: true, headers: { 'content-type': 'application/json' } };
  await expectCors(app).from('https://app.example.com').put('/orders/1', put).toBeAllowed();
  await expectCors(app).from('https://evil.example').put('/orders/1', put).toBeBlocked();
  await app.close();
});
`;
