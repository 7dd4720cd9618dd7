import { createServer, type RequestListener } from 'node:http';
import { Controller, Get, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Cors, CorsModule, CorsService } from 'nestjs-cors';
import { PLATFORMS } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';
const ONE = 'https://one.example.com';
const EARLY = 'https://early.example.com';

@Controller({ host: ':tenant.example.com' })
@Cors({ origin: ONE })
class TenantController {
  @Get('tenant') tenant() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: APP, paths: { '/early': { origin: EARLY } } })],
  controllers: [TenantController],
})
class AppModule {}

interface RouteAdapter {
  get(path: string, handler: (request: unknown, reply: { send(body: string): void }) => void): void;
}

describe.each(PLATFORMS)('requests before the application is ready, on $platform', (row) => {
  const { platform, adapter } = row;

  /** Calls the platform as serverless adapters do, whether the application has started or not. */
  async function withPort(use: (port: number, app: INestApplication) => Promise<void>) {
    const app = await NestFactory.create(AppModule, adapter(), { logger: false });
    const own = app.getHttpAdapter();
    (own as unknown as RouteAdapter).get('/early', (_request, reply) => reply.send('early'));
    const instance: unknown = own.getInstance();
    let listener = instance as RequestListener;
    if (platform === 'fastify') {
      listener = (request, response) =>
        void (instance as FastifyInstance)
          .ready()
          .then(() => (instance as FastifyInstance).routing(request, response));
    }
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await use((server.address() as { port: number }).port, app);
    } finally {
      server.close();
      await app.close();
    }
  }

  it('wait for the path table, and get the right response', async () => {
    await withPort(async (port) => {
      const [allowed, refused, actual] = await Promise.all([
        preflight(port, '/early', EARLY, 'GET'),
        preflight(port, '/early', APP, 'GET'),
        send(port, 'GET', '/early', { origin: EARLY }),
      ]);
      expect([allowed.status, allowed.cors, refused.status, actual.body, actual.cors]).toEqual([
        204,
        {
          'access-control-allow-origin': EARLY,
          'access-control-allow-methods': 'GET',
          'access-control-max-age': '600',
          vary: 'Origin',
        },
        403,
        'early',
        { 'access-control-allow-origin': EARLY, vary: 'Origin' },
      ]);
    });
  });

  it('once it is ready, hosts count as well', async () => {
    await withPort(async (port, app) => {
      await app.init();
      const ask = (host: string) =>
        send(port, 'OPTIONS', '/tenant', {
          origin: ONE,
          host,
          'access-control-request-method': 'GET',
        });
      const statuses = [await ask('acme.example.com'), await ask('localhost')];
      const explain = (url: string) => app.get(CorsService).explain({ origin: ONE, url });
      expect([
        ...statuses.map(({ status }) => status),
        (await explain('https://acme.example.com/tenant')).route,
        (await explain('/tenant')).route,
      ]).toEqual([204, 403, 'GET /tenant → TenantController.tenant', null]);
    });
  });
});
