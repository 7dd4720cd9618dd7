import { Controller, Get, Injectable, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Cors, CorsConfigError, CorsModule, CorsService } from 'nestjs-cors';
import { adapterOf, PLATFORMS } from '../support/platforms.js';

const APP = 'https://app.example.com';

@Controller('orders')
class OrdersController {
  @Get() @Cors({ maxAge: 5 }) list() {
    return [];
  }
}

@Injectable()
class PartnerOrigins {
  isAllowed = () => true;
}

function application(cors: DynamicModule) {
  @Module({ imports: [cors], controllers: [OrdersController], providers: [PartnerOrigins] })
  class AppModule {}
  return AppModule;
}

describe.each(PLATFORMS)('a preview on $platform', ({ platform }) => {
  const preview = async (cors: DynamicModule) => {
    const options = { preview: true, logger: false, abortOnError: false } as const;
    const app = await NestFactory.create(application(cors), adapterOf(platform), options);
    return app.init();
  };

  it('checks what forRoot() was given', async () => {
    const error: unknown = await preview(CorsModule.forRoot({ origin: `${APP}/` })).catch(
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof CorsConfigError)) throw error;
    expect(error.issues.map(({ reason }) => reason)).toEqual(['origin-trailing-slash']);
  });

  it('answers routes() and explain()', async () => {
    const app = await preview(CorsModule.forRoot({ origin: APP }));
    const service = app.get(CorsService);
    const { outcome, route } = await service.explain({ origin: APP, url: '/orders' });
    const routes = service.routes().map(({ method, path, handler }) => [method, path, handler]);
    await app.close();
    expect([outcome, route, routes]).toEqual([
      'allowed',
      'GET /orders → OrdersController.list',
      [['GET', '/orders', 'OrdersController.list']],
    ]);
  });

  it('takes a class as origin, which has no instance there', async () => {
    const app = await preview(CorsModule.forRoot({ origin: PartnerOrigins }));
    const { outcome, fix } = await app.get(CorsService).explain({ origin: APP, url: '/orders' });
    await app.close();
    expect([outcome, fix?.sentence]).toEqual([
      'undecided',
      'PartnerOrigins decides at run time: it has no instance yet, and in a preview none is made. Start the application to ask it.',
    ]);
  });

  it('runs no factory, and says so where something is asked', async () => {
    let runs = 0;
    const useFactory = () => {
      runs += 1;
      return { origin: APP };
    };
    const app = await preview(CorsModule.forRootAsync({ useFactory }));
    const service = app.get(CorsService);
    const sentence = 'this is a preview, in which Nest runs no factory';
    expect(() => service.routes()).toThrow(sentence);
    expect(() => service.trustedOrigins()).toThrow(sentence);
    await expect(service.explain({ origin: APP, url: '/orders' })).rejects.toThrow(sentence);
    await expect(service.update({ maxAge: 5 })).rejects.toThrow(sentence);
    await app.close();
    expect(runs).toBe(0);
  });
});
