// Runs `nestjs-cors/testing` in Vitest, from the packed tarball, in a project of its own: on both
// platforms, with a failure whose message shows the steps. Needs `npm run build`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pack } from '../package/pack.mjs';

const root = resolve(import.meta.dirname, '../..');
const project = mkdtempSync(join(tmpdir(), 'nestjs-cors-vitest-'));
const run = (command, args) => execFileSync(command, args, { cwd: project, stdio: 'inherit' });

const SPEC = `
import 'reflect-metadata';
import { Controller, Module, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CorsModule } from 'nestjs-cors';
import { expectCors } from 'nestjs-cors/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

@Controller('orders')
class OrdersController {
  @Put(':id') update() {
    return {};
  }
}
@Module({
  imports: [CorsModule.forRoot({ origin: APP, credentials: true })],
  controllers: [OrdersController],
})
class AppModule {}

describe.each([
  ['express', () => new ExpressAdapter()],
  ['fastify', () => new FastifyAdapter()],
])('%s', (_, adapter) => {
  let app;
  beforeAll(async () => {
    app = await NestFactory.create(AppModule, adapter(), { logger: false });
    await app.init();
  });
  afterAll(() => app.close());

  const update = (origin) =>
    expectCors(app).from(origin).put('/orders/1', {
      headers: { 'content-type': 'application/json' },
      credentials: true,
    });

  it('allowed', () => update(APP).toBeAllowed());
  it('blocked, with the reason', () => update(EVIL).toBeBlocked('origin-not-allowed'));
  it('a failure shows the steps', async () => {
    const { message } = await update(EVIL).toBeAllowed().catch((error) => error);
    expect(message).toContain('PUT /orders/1');
    expect(message).toMatch(/OPTIONS[\\s\\S]*403/);
    expect(message).toContain('origin-not-allowed');
    await expect(update(APP).toBeBlocked()).rejects.toThrow(/PUT/);
  });
});
`;

try {
  const tarball = pack(root, project);
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  writeFileSync(
    join(project, 'tsconfig.json'),
    '{ "compilerOptions": { "target": "es2022", "experimentalDecorators": true } }\n',
  );
  writeFileSync(join(project, 'cors.spec.ts'), SPEC);
  const nest = ['common', 'core', 'platform-express', 'platform-fastify'].map(
    (name) => `@nestjs/${name}@12`,
  );
  const others = ['vitest', 'reflect-metadata@0.2', 'rxjs@7', tarball];
  run('npm', ['install', '--no-audit', '--no-fund', '--silent', ...nest, ...others]);
  run('npx', ['vitest', 'run', '--reporter=verbose']);
} finally {
  rmSync(project, { recursive: true, force: true });
}
