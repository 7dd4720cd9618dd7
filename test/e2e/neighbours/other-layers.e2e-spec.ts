import fastifyCors from '@fastify/cors';
import { Controller, Get, Module, UseInterceptors, type INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import cors from 'cors';
import type { FastifyInstance } from 'fastify';
import { Cors, CorsInterceptor, CorsModule } from 'nestjs-cors';
import { collectingLogger } from '../../support/collecting-logger.js';
import { PLATFORMS } from '../../support/platforms.js';
import { policyOf, policyOfPath } from '../../support/policy-of-path.js';
import { preflight, send } from '../../support/send.js';
import { startOn } from '../../support/start-on.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';
const ALL = [GLOBAL, ONE];

@Controller()
class LayeredController {
  @Get('global') global() {
    return {};
  }
  @Get('one') @Cors({ origin: ONE, credentials: true }) one() {
    return {};
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [LayeredController] })
class LayeredModule {}

const ANY = { origin: '*', credentials: true };
const useCors = (app: INestApplication): unknown => app.use(cors(ANY));
const registerCors = (app: INestApplication): unknown =>
  (app.getHttpAdapter().getInstance() as FastifyInstance).register(fastifyCors, ANY);

describe.each([
  {
    layer: 'the middleware of the package cors',
    how: '',
    adapter: () => new ExpressAdapter(),
    add: useCors,
  },
  {
    layer: 'the plugin @fastify/cors',
    how: ' (awaited)',
    adapter: () => new FastifyAdapter(),
    add: registerCors,
  },
  {
    layer: 'the plugin @fastify/cors',
    how: ' (not awaited)',
    adapter: () => new FastifyAdapter(),
    add: (app: INestApplication) => void registerCors(app),
  },
])('beside $layer$how', ({ layer, adapter, add }) => {
  const warnings: string[] = [];
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startOn(adapter(), LayeredModule, {
      logger: collectingLogger('warn', warnings),
      configure: add,
    }));
  });
  afterAll(() => app.close());

  it('a startup warning names it', () => {
    expect(warnings).toEqual([
      `Another CORS layer is installed: ${layer}. Two layers contradict each other; remove it, and move its options to CorsModule.forRoot().`,
    ]);
  });

  it('preflights and responses carry only our headers', async () => {
    expect([
      await policyOfPath(port, 'GET', '/global', ALL),
      await policyOfPath(port, 'GET', '/one', ALL),
      await policyOfPath(port, 'GET', '/nowhere', ALL),
    ]).toEqual([policyOf(GLOBAL), policyOf(ONE), policyOf(GLOBAL, 404)]);
    const answers = [];
    for (const origin of ALL) answers.push((await send(port, 'GET', '/global', { origin })).cors);
    expect(answers).toEqual([
      { 'access-control-allow-origin': GLOBAL, vary: 'Origin' },
      { vary: 'Origin' },
    ]);
  });
});

describe.each(PLATFORMS)('CorsInterceptor bound by hand, on $platform', ({ adapter }) => {
  @Controller('bound')
  @UseInterceptors(CorsInterceptor)
  @Cors({ origin: ONE, exposedHeaders: ['x-total'] })
  class BoundController {
    @Get('class') class() {
      return { served: 'class' };
    }
    @Get('method') @UseInterceptors(CorsInterceptor) @Cors({ origin: GLOBAL }) method() {
      return { served: 'method' };
    }
  }

  @Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [BoundController] })
  class BoundModule {}

  it('changes nothing', async () => {
    const { app, port } = await startOn(adapter(), BoundModule);
    try {
      const answers = [];
      for (const [path, origin] of [
        ['/bound/class', ONE],
        ['/bound/class', GLOBAL],
        ['/bound/method', GLOBAL],
      ] as const) {
        const before = await preflight(port, path, origin, 'GET');
        const { status, cors: sent, body } = await send(port, 'GET', path, { origin });
        answers.push([before.status, status, body, sent]);
      }
      const allowed = (origin: string) => ({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'x-total',
        vary: 'Origin',
      });
      expect(answers).toEqual([
        [204, 200, '{"served":"class"}', allowed(ONE)],
        [403, 200, '{"served":"class"}', { vary: 'Origin' }],
        [204, 200, '{"served":"method"}', allowed(GLOBAL)],
      ]);
    } finally {
      await app.close();
    }
  });
});
