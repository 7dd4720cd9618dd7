import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../lib/migration/migrate.js';
import { writeChanges } from '../../lib/migration/write-changes.js';
import { send } from '../support/send.js';

const MAIN = `import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

export async function bootstrap() {
  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
  const config = app.get(ConfigService);
  app.enableCors({ origin: config.get<string>('cors.origin'), credentials: true });
  await app.listen(0, '127.0.0.1');
  return app;
}
`;
const moduleWith = (options: string) => `import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';

@Module({
  imports: [ConfigModule.forRoot({ ${options} })],
})
export class AppModule {}
`;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'config-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }\n');
  mkdirSync(join(root, 'src'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it.each([
  [
    'loads late, globally',
    "isGlobal: true, load: [() => new Promise((done) => setTimeout(done, 30, { cors: { origin: 'https://loaded.example' } }))]",
  ],
  ['is not global, and reads the environment', ''],
])('what a ConfigModule has reaches the policy where it %s', async (_, options) => {
  process.env['cors.origin'] = 'https://loaded.example';
  writeFileSync(join(root, 'src/main.ts'), MAIN);
  writeFileSync(join(root, 'src/app.module.ts'), moduleWith(options));
  const { changes } = await migrate(root, { whereNone: false });
  writeChanges(changes);
  const { bootstrap } = await import(join(root, 'src/main.ts'));
  const app = await bootstrap();
  try {
    const { port } = app.getHttpServer().address();
    const { cors } = await send(port, 'GET', '/', { origin: 'https://loaded.example' });
    expect(cors).toEqual({
      'access-control-allow-origin': 'https://loaded.example',
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
  } finally {
    Reflect.deleteProperty(process.env, 'cors.origin');
    await app.close();
  }
});

it('a ConfigModule that is not global and loads values is left to a person', async () => {
  writeFileSync(join(root, 'src/main.ts'), MAIN);
  writeFileSync(
    join(root, 'src/app.module.ts'),
    moduleWith("load: [() => ({ cors: { origin: 'https://a.example' } })]"),
  );
  const { changes, entries } = await migrate(root, { whereNone: false });
  expect(entries).toEqual([
    {
      kind: 'todo',
      place: { file: 'src/main.ts', line: 8 },
      text: expect.stringContaining('add `isGlobal: true`'),
    },
  ]);
  expect(changes.map(({ name }) => name)).toEqual(['src/main.ts']);
});
