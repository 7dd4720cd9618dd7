import { Controller, Get, Global, Injectable, Module, type DynamicModule } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { CORS_OPTIONS, CorsModule } from 'nestjs-cors';
import { adapterOf, PLATFORMS } from '../support/platforms.js';
import { send } from '../support/send.js';

const APP = 'https://app.example.com';
const TEST = 'https://test.example.com';

@Injectable()
class Settings {
  readonly page = TEST;
}

@Global()
@Module({ providers: [Settings], exports: [Settings] })
class SettingsModule {}

@Controller()
class PagesController {
  @Get() page() {
    return 'page';
  }
}

const withoutVariable = () => {
  throw new Error('The factory of the application has run.');
};

const IMPORTS: Readonly<Record<string, DynamicModule>> = {
  forRoot: CorsModule.forRoot({ origin: APP }),
  forRootAsync: CorsModule.forRootAsync({ useFactory: withoutVariable }),
};

function applicationOf(cors: DynamicModule): TestingModuleBuilder {
  @Module({ imports: [cors, SettingsModule], controllers: [PagesController] })
  class AppModule {}
  return Test.createTestingModule({ imports: [AppModule] });
}

/** The ways in which a test replaces the options, besides `jest.mock()`. */
const WAYS: Readonly<Record<string, (cors: DynamicModule) => TestingModuleBuilder>> = {
  'overrideProvider().useValue': (cors) =>
    applicationOf(cors).overrideProvider(CORS_OPTIONS).useValue({ origin: TEST }),
  'overrideProvider().useFactory': (cors) =>
    applicationOf(cors)
      .overrideProvider(CORS_OPTIONS)
      .useFactory({ factory: ({ page }: Settings) => ({ origin: page }), inject: [Settings] }),
  'overrideModule().useModule': (cors) =>
    applicationOf(cors)
      .overrideModule(cors)
      .useModule(CorsModule.forRoot({ origin: TEST })),
};

describe.each(PLATFORMS)('options replaced in a test on $platform', ({ platform }) => {
  const cases = Object.entries(WAYS).flatMap(([way, replace]) =>
    Object.entries(IMPORTS).map(([of, cors]) => ({ way, replace, of, cors })),
  );

  it.each(cases)('$way, instead of $of', async ({ replace, cors }) => {
    const module = await replace(cors).compile();
    const app = module.createNestApplication(adapterOf(platform));
    try {
      await app.listen(0, '127.0.0.1');
      const { port } = app.getHttpServer().address() as { port: number };
      expect((await send(port, 'GET', '/', { origin: TEST })).cors).toEqual({
        'access-control-allow-origin': TEST,
        vary: 'Origin',
      });
      expect((await send(port, 'GET', '/', { origin: APP })).cors).toEqual({ vary: 'Origin' });
    } finally {
      await app.close();
    }
  });

  it.each([
    [{ origin: `${TEST}/` }, 'Expected `origin` to have no slash at the end'],
    ['https://test.example.com', 'to be given a plain object of options'],
    [null, 'to be given a plain object of options'],
  ])('%p is refused as forRoot() refuses it', async (options, message) => {
    const builder = applicationOf(CorsModule.forRoot({ origin: APP }));
    const compiling = builder.overrideProvider(CORS_OPTIONS).useValue(options).compile();
    await expect(compiling).rejects.toThrow(message);
  });
});
