import {
  Controller,
  Get,
  Inject,
  Injectable,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import { Cors, CorsConfigError, CorsModule } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { send } from '../support/send.js';

@Controller()
class ClosedController {
  @Get() @Cors(false) get() {
    return {};
  }
}

const forRoot = () => CorsModule.forRoot({ origin: '*' });

describe.each(PLATFORMS)('forRoot() that LazyModuleLoader loads on $platform', ({ platform }) => {
  it.each<[what: string, when: string, module: () => DynamicModule]>([
    ['by itself', 'while the application starts', forRoot],
    ['by itself', 'once it listens', forRoot],
    [
      'by a module',
      'while the application starts',
      () => ({ module: class Lazy {}, imports: [forRoot()] }),
    ],
    ['by a module', 'once it listens', () => ({ module: class Lazy {}, imports: [forRoot()] })],
  ])('%s, %s, opened every route, and is refused', async (_, when, module) => {
    @Injectable()
    class Loading implements OnApplicationBootstrap {
      error: unknown;
      constructor(@Inject(LazyModuleLoader) private readonly loader: LazyModuleLoader) {}
      async onApplicationBootstrap() {
        if (when !== 'once it listens') await this.load();
      }
      async load() {
        this.error = await this.loader.load(() => module() as never).catch((error) => error);
      }
    }
    const { app, port } = await startApp(platform, {
      module: class Root {},
      controllers: [ClosedController],
      providers: [Loading],
    });
    try {
      const loading = app.get(Loading);
      if (when === 'once it listens') await loading.load();
      expect(loading.error).toBeInstanceOf(CorsConfigError);
      expect(loading.error).toMatchObject({
        issues: [
          {
            path: 'CorsModule',
            reason: 'module-lazy',
            message:
              'Expected `CorsModule.forRoot()` among the imports of the root module, got it in a module that `LazyModuleLoader` has loaded: the routes are registered by then, and `@Cors()` on them would have no effect. Import it in the root module; lazy modules need no import.',
          },
        ],
      });
      const origin = 'https://app.example.com';
      expect((await send(port, 'GET', '/', { origin })).cors).toEqual({});
    } finally {
      await app.close();
    }
  });
});
