import { Controller, Get, Module, Post, type INestApplication } from '@nestjs/common';
import { Cors, CorsModule, type CorsRequest } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';

/** The calls of the last function. */
const calls: { origin: string; request: CorsRequest }[] = [];

const answers: Record<string, () => unknown> = {
  yes: () => true,
  no: () => false,
  later: () => Promise.resolve(true),
  laterNo: () => Promise.resolve(false),
  throws: () => {
    throw new Error('the database is away');
  },
  rejects: () => Promise.reject(new Error('the database is away')),
  string: () => 'true',
  nothing: () => undefined,
  laterString: () => Promise.resolve('yes'),
  never: () => new Promise(() => undefined),
};
const answering = (name: string) => (origin: string, request: CorsRequest) => {
  calls.push({ origin, request });
  return answers[name]?.() as boolean;
};

@Controller()
class FunctionsController {
  @Get('yes') @Cors({ origin: answering('yes') }) yes() {
    return {};
  }
  @Get('no') @Cors({ origin: answering('no') }) no() {
    return {};
  }
  @Get('later') @Cors({ origin: answering('later') }) later() {
    return {};
  }
  @Get('laterNo') @Cors({ origin: answering('laterNo') }) laterNo() {
    return {};
  }
  @Get('throws') @Cors({ origin: answering('throws') }) throws() {
    return {};
  }
  @Get('rejects') @Cors({ origin: answering('rejects') }) rejects() {
    return {};
  }
  @Get('string') @Cors({ origin: answering('string') }) string() {
    return {};
  }
  @Get('nothing') @Cors({ origin: answering('nothing') }) nothing() {
    return {};
  }
  @Get('laterString') @Cors({ origin: answering('laterString') }) laterString() {
    return {};
  }
  @Get('never') @Cors({ origin: answering('never') }) never() {
    return {};
  }
  @Post('yes') @Cors({ origin: answering('yes') }) post() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: answering('laterNo') })],
  controllers: [FunctionsController],
})
class AppModule {}

describe.each(PLATFORMS)('origin functions on $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startApp(platform, AppModule));
  });
  afterAll(() => app.close());

  it.each([
    ['yes', true],
    ['no', false],
    ['later', true],
    ['laterNo', false],
    ['throws', false],
    ['rejects', false],
    ['string', false],
    ['nothing', false],
    ['laterString', false],
    ['never', false],
  ])('%s: allowed %s, on the preflight and on the request', async (path, allowed) => {
    const [before, actual] = await Promise.all([
      preflight(port, `/${path}`, APP, 'GET'),
      send(port, 'GET', `/${path}`, { origin: APP }),
    ]);
    expect([before.status, actual.status, actual.cors]).toEqual([
      allowed ? 204 : 403,
      200,
      allowed ? { 'access-control-allow-origin': APP, vary: 'Origin' } : { vary: 'Origin' },
    ]);
  });

  it.each(['a'.repeat(12_000), `https://${'a'.repeat(12_000)}.com`, 'garbage', 'https://a b'])(
    'is never asked about a value that is not a serialised origin (%#)',
    async (origin) => {
      calls.length = 0;
      const before = await preflight(port, '/yes', origin, 'GET');
      const actual = await send(port, 'GET', '/yes', { origin });
      expect([before.status, actual.status, actual.cors, calls]).toEqual([
        403,
        200,
        { vary: 'Origin' },
        [],
      ]);
    },
  );

  it('is not asked without Origin', async () => {
    calls.length = 0;
    const { status, cors } = await send(port, 'GET', '/yes');
    expect([status, cors, calls]).toEqual([200, { vary: 'Origin' }, []]);
  });

  it('sees the same request in the preflight and in the request, once each', async () => {
    calls.length = 0;
    await preflight(port, '/yes?a=1', APP, 'POST');
    await send(port, 'POST', '/yes?a=1', { origin: APP });
    const request = {
      origin: APP,
      method: 'POST',
      url: '/yes?a=1',
      hostname: '127.0.0.1',
      protocol: 'http',
    };
    expect(calls).toEqual([
      { origin: APP, request },
      { origin: APP, request },
    ]);
  });

  it('a 404 waits for the global function', async () => {
    const { status, cors } = await send(port, 'GET', '/nowhere', { origin: APP });
    expect([status, cors]).toEqual([404, { vary: 'Origin' }]);
  });
});
