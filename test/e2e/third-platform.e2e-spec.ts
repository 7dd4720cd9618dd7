import {
  Controller,
  Get,
  Module,
  Put,
  type DynamicModule,
  type INestApplication,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Cors, CorsConfigError, CorsModule, CorsService } from 'nestjs-cors';
import { CORS_PLATFORMS } from '../../lib/cors.constants.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';
import { startOn } from '../support/start-on.js';
import { tiny, TinyAdapter } from '../support/tiny-platform.js';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';
const EVIL = 'https://evil.example.org';

@Controller('orders')
class OrdersController {
  @Get() list() {
    return { orders: [] };
  }
  @Put() @Cors({ origin: SHOP }) update() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: APP, rejectDisallowed: true })],
  controllers: [OrdersController],
})
class AppModule {}

/** The same, with one more row in the table of platforms. */
function withTinyPlatform(): DynamicModule {
  const cors = CorsModule.forRoot({ origin: APP, rejectDisallowed: true });
  const providers = [...(cors.providers ?? []), { provide: CORS_PLATFORMS, useValue: { tiny } }];
  return {
    module: class TinyModule {},
    imports: [{ ...cors, providers }],
    controllers: [OrdersController],
  };
}

const ROWS = [
  ...PLATFORMS.map(({ platform }) => ({
    platform: platform as string,
    start: () => startApp(platform, AppModule),
  })),
  { platform: 'tiny', start: () => startOn(new TinyAdapter(), withTinyPlatform()) },
];

describe.each(ROWS)('what every platform does, a third one included: $platform', ({ start }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await start());
  });
  afterAll(() => app.close());

  it.each([
    ['PUT', SHOP, 204],
    ['PUT', APP, 403],
    ['GET', APP, 204],
  ])('a preflight for %s from %s: %i', async (method, origin, status) => {
    const answer = await preflight(port, '/orders', origin, method);
    expect([answer.status, answer.cors]).toEqual([
      status,
      status === 403
        ? { vary: 'Origin' }
        : {
            'access-control-allow-origin': origin,
            'access-control-allow-methods': method,
            'access-control-max-age': '600',
            vary: 'Origin',
          },
    ]);
  });

  it.each([
    ['GET', '/orders', APP, 200, '{"orders":[]}'],
    ['PUT', '/orders?a=1', SHOP, 200, '{}'],
  ])('%s %s from %s', async (method, path, origin, status, body) => {
    const answer = await send(port, method, path, { origin });
    expect([answer.status, answer.body, answer.cors]).toEqual([
      status,
      body,
      { 'access-control-allow-origin': origin, vary: 'Origin' },
    ]);
  });

  it('a refusal, and a 404 with the headers of the global policy', async () => {
    const refused = await send(port, 'GET', '/orders', { origin: EVIL });
    const missing = await send(port, 'GET', '/nowhere', { origin: APP });
    expect([refused.status, refused.cors, missing.status, missing.cors]).toEqual([
      403,
      { vary: 'Origin' },
      404,
      { 'access-control-allow-origin': APP, vary: 'Origin' },
    ]);
  });

  it('explain() knows its routes', async () => {
    const { route, verdict } = await app.get(CorsService).explain({
      origin: SHOP,
      method: 'PUT',
      url: '/orders',
    });
    expect([route, verdict]).toEqual(['PUT /orders → OrdersController.update', 'allowed']);
  });
});

describe('an adapter that no row knows is refused at boot', () => {
  const message =
    "Expected an HTTP adapter of type `express` or `fastify`, got `tiny`. Use `@nestjs/platform-express` or `@nestjs/platform-fastify`, or remove `CorsModule` and let the adapter's own CORS layer answer.";
  const refusalOf = async (boot: Promise<unknown>) => {
    const error = await boot.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof CorsConfigError ? error.issues : error;
  };
  const issues = [
    { path: 'NestFactory.create()', value: 'tiny', reason: 'adapter-unsupported', message },
  ];

  it('by NestFactory.create', async () => {
    const boot = NestFactory.create(AppModule, new TinyAdapter(), {
      logger: false,
      abortOnError: false,
    });
    expect(await refusalOf(boot)).toEqual(issues);
  });

  it('by init() under @nestjs/testing, where the adapter comes last', async () => {
    const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
    const app = testing.createNestApplication(new TinyAdapter(), { logger: false });
    expect(await refusalOf(app.init())).toEqual(issues);
    await app.close();
  });
});
