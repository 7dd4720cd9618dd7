import {
  Controller,
  Get,
  Injectable,
  Module,
  type DynamicModule,
  type INestApplication,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  Cors,
  CorsConfigError,
  CorsModule,
  type CorsOptions,
  type CorsOptionsFactory,
} from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';

@Controller('orders')
class OrdersController {
  @Get() @Cors({ exposedHeaders: ['etag'] }) list() {
    return [];
  }
}

@Injectable()
class Factory implements CorsOptionsFactory {
  createCorsOptions(): CorsOptions {
    return { origin: APP };
  }
}

@Module({ providers: [Factory], exports: [Factory] })
class FactoryModule {}

function application(cors: DynamicModule, controllers: Type[] = [OrdersController]): Type {
  @Module({ imports: [cors], controllers })
  class AppModule {}
  return AppModule;
}

async function refusal(boot: () => Promise<{ app: INestApplication }>): Promise<CorsConfigError> {
  const error: unknown = await boot().then(
    async ({ app }) => {
      await app.close();
      return new Error('The application started.');
    },
    (thrown: unknown) => thrown,
  );
  if (error instanceof CorsConfigError) return error;
  throw error;
}

describe.each(PLATFORMS)('boot on $platform', ({ platform }) => {
  const boots: [string, DynamicModule][] = [
    ['forRoot', CorsModule.forRoot({ origin: APP })],
    ['forRootAsync useFactory', CorsModule.forRootAsync({ useFactory: () => ({ origin: APP }) })],
    [
      'forRootAsync useFactory, a promise, with inject',
      CorsModule.forRootAsync({
        imports: [FactoryModule],
        inject: [Factory],
        useFactory: (factory: Factory) => Promise.resolve(factory.createCorsOptions()),
      }),
    ],
    ['forRootAsync useClass', CorsModule.forRootAsync({ useClass: Factory })],
    [
      'forRootAsync useExisting',
      CorsModule.forRootAsync({ imports: [FactoryModule], useExisting: Factory }),
    ],
  ];

  it.each(boots)('%s', async (_, cors) => {
    const { app, port } = await startApp(platform, application(cors));
    try {
      const before = await preflight(port, '/orders', APP, 'GET');
      const actual = await send(port, 'GET', '/orders', { origin: APP });
      expect([before.status, before.cors, actual.status, actual.cors]).toEqual([
        204,
        {
          'access-control-allow-origin': APP,
          'access-control-allow-methods': 'GET',
          'access-control-max-age': '600',
          vary: 'Origin',
        },
        200,
        {
          'access-control-allow-origin': APP,
          'access-control-expose-headers': 'etag',
          vary: 'Origin',
        },
      ]);
    } finally {
      await app.close();
    }
  });

  it('an unset environment variable stops startup and is named', async () => {
    const origin = process.env['NESTJS_CORS_UNSET'] as unknown as string;
    const error = await refusal(() =>
      startApp(platform, application(CorsModule.forRoot({ origin }))),
    );
    expect(error.issues).toMatchObject([{ path: 'forRoot().origin', reason: 'origin-undefined' }]);
    expect(error.message).toContain('environment variable');
  });

  it('all mistakes are reported at once: global, class and method', async () => {
    @Controller('a')
    @Cors({ origin: 'https://a.example.com/' })
    class AController {
      @Get() @Cors('nobody') a() {
        return {};
      }
      @Get('b') @Cors({ maxAge: -1 }) b() {
        return {};
      }
    }
    const cors = CorsModule.forRoot({ origin: APP, maxAge: 1.5 });
    const error = await refusal(() => startApp(platform, application(cors, [AController])));
    expect(error.issues.map(({ path, reason }) => `${path} ${reason}`).toSorted()).toEqual([
      '@Cors() on AController.a: policy unknown-policy',
      '@Cors() on AController.b: maxAge max-age-out-of-range',
      '@Cors() on AController: origin origin-trailing-slash',
      'forRoot().maxAge max-age-not-integer',
    ]);
  });

  it('app.enableCors() is refused, and the option cors', async () => {
    const module = application(CorsModule.forRoot({ origin: APP }));
    const errors = [
      await refusal(() =>
        startApp(platform, module, { configure: (app) => app.enableCors({ origin: '*' }) }),
      ),
      await refusal(() => startApp(platform, module, { cors: true })),
    ];
    expect(errors.map(({ issues }) => issues.map(({ reason }) => reason))).toEqual([
      ['enable-cors-conflict'],
      ['enable-cors-conflict'],
    ]);
  });

  it('a second forRoot in the application is refused', async () => {
    const feature: DynamicModule = {
      module: class FeatureModule {},
      imports: [CorsModule.forRoot({ origin: 'https://b.example.com' })],
    };
    @Module({ imports: [CorsModule.forRoot({ origin: APP }), feature] })
    class AppModule {}
    const error = await refusal(() => startApp(platform, AppModule));
    expect(error.issues.map(({ reason }) => reason)).toEqual(['duplicate-module']);
  });

  it('CorsModule without forRoot is refused with a sentence', async () => {
    @Module({ imports: [CorsModule] })
    class AppModule {}
    const error = await refusal(() => startApp(platform, AppModule));
    expect(error.message).toContain('CorsModule.forRoot(');
  });

  it('works under @nestjs/testing too', async () => {
    const testing = await Test.createTestingModule({
      imports: [application(CorsModule.forRoot({ origin: APP }))],
    }).compile();
    const row = PLATFORMS.find((one) => one.platform === platform);
    const app = testing.createNestApplication(row?.adapter() as never, { logger: false });
    try {
      await app.listen(0, '127.0.0.1');
      const { port } = app.getHttpServer().address() as { port: number };
      const answers = [
        await preflight(port, '/orders', APP, 'GET'),
        await send(port, 'GET', '/nowhere', { origin: APP }),
      ];
      expect(
        answers.map(({ status, cors }) => [status, cors['access-control-allow-origin']]),
      ).toEqual([
        [204, APP],
        [404, APP],
      ]);
    } finally {
      await app.close();
    }
  });

  it('two applications in one process share nothing', async () => {
    @Controller()
    class SharedController {
      @Get() @Cors({ maxAge: 5 }) get() {
        return {};
      }
    }
    const module = (origin: string) =>
      application(CorsModule.forRoot({ origin }), [SharedController]);
    const keys = Reflect.getMetadataKeys(SharedController.prototype.get).length;
    const first = await startApp(platform, module('https://one.example.com'));
    const second = await startApp(platform, module('https://two.example.com'));
    try {
      const statuses = [];
      for (const { port } of [first, second]) {
        for (const origin of ['https://one.example.com', 'https://two.example.com']) {
          statuses.push((await preflight(port, '/', origin, 'GET')).status);
        }
      }
      expect(statuses).toEqual([204, 403, 403, 204]);
      expect(Reflect.getMetadataKeys(SharedController.prototype.get)).toHaveLength(keys);
    } finally {
      await first.app.close();
      await second.app.close();
    }
  });
});

it('an application context without HTTP starts', async () => {
  const context = await NestFactory.createApplicationContext(
    application(CorsModule.forRoot({ origin: APP })),
    { logger: false, abortOnError: false },
  );
  await context.close();
  expect(context.get(OrdersController)).toBeInstanceOf(OrdersController);
});

it('a decorated controller compiles alone, without the module', async () => {
  const testing = await Test.createTestingModule({ controllers: [OrdersController] }).compile();
  expect(testing.get(OrdersController).list()).toEqual([]);
});
