import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  Controller,
  Get,
  Module,
  Post,
  Version,
  VersioningType,
  type INestApplication,
  type NestMiddleware,
  type MiddlewareConsumer,
} from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';
import { Cors, CorsModule, CorsService } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { send } from '../support/send.js';
import { startOn } from '../support/start-on.js';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';
const EVIL = 'https://evil.example.org';

/** What ran, in order. */
const ran: string[] = [];

class RecordingMiddleware implements NestMiddleware {
  use(_request: unknown, _response: unknown, next: () => void): void {
    ran.push('middleware of the module');
    next();
  }
}

@Controller('orders')
class OrdersController {
  @Post(':id') one() {
    ran.push('handler');
    return {};
  }
  @Get('versions') @Version('1') @Cors({ origin: SHOP }) first() {
    ran.push('version 1');
    return {};
  }
  @Get('versions') @Version('2') second() {
    ran.push('version 2');
    return {};
  }
  @Get('alike') @Version('1') third() {
    ran.push('version 1');
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: APP, rejectDisallowed: true })],
  controllers: [OrdersController],
})
class AppModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(RecordingMiddleware).forRoutes(OrdersController);
  }
}

interface Instance {
  post(
    path: string,
    handler: (request: unknown, response: { send(body: string): unknown }) => void,
  ): void;
}

const record =
  (name: string) =>
  (_request: unknown, response: { send(body: string): unknown }): void => {
    ran.push(name);
    response.send('');
  };

function configure(app: INestApplication): void {
  app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' });
  app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    ran.push('middleware');
    if (request.url?.includes('answered') === true) response.end();
    else next();
  });
  app.getHttpAdapter().post('/orders/adapter', record('adapter route'));
  const instance = app.getHttpAdapter().getInstance() as Instance;
  instance.post('/orders/raw', record('instance route'));
  instance.post('/raw', record('instance route'));
}

describe.each(PLATFORMS)('what rejectDisallowed stops on $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;
  beforeAll(async () => {
    ({ app, port } = await startApp(platform, AppModule, { configure }));
  });
  afterAll(() => app.close());
  beforeEach(() => void ran.splice(0));

  it.each([
    ['a handler, its guards and its middleware', 'POST', '/orders/1'],
    ['a middleware that answers at a path of a controller', 'POST', '/orders/answered'],
    ['a middleware that answers where no controller serves', 'POST', '/answered'],
    ['a route of the adapter', 'POST', '/orders/adapter'],
    ["a route of the instance at a controller's path", 'POST', '/orders/raw'],
    ['a route of the instance', 'POST', '/raw'],
    ['what is not found', 'POST', '/nowhere'],
    ['a method that is not mapped', 'PUT', '/orders/1'],
    ['versions of one policy', 'GET', '/orders/alike'],
  ])('%s: nothing runs', async (_, method, path) => {
    const answer = await send(port, method, path, { origin: EVIL, 'x-version': '1' });
    expect([answer.status, answer.cors, ran]).toEqual([403, { vary: 'Origin' }, []]);
  });

  it.each(['3', undefined])(
    'version %s, which no handler has: 404 for an origin that the policy there refuses',
    async (version) => {
      const headers = version === undefined ? {} : { 'x-version': version };
      const answers = [];
      for (const origin of [EVIL, SHOP, APP]) {
        const { status, cors } = await send(port, 'GET', '/orders/versions', {
          origin,
          ...headers,
        });
        answers.push([status, cors]);
      }
      expect(answers).toEqual([
        [403, { vary: 'Origin' }],
        [403, { vary: 'Origin' }],
        [404, { 'access-control-allow-origin': APP, vary: 'Origin' }],
      ]);
      expect(ran.filter((name) => !name.startsWith('middleware'))).toEqual([]);
    },
  );

  it.each(['/orders/%ff', '/orders/%zz', '/%ff'])(
    '%s, a path that cannot be decoded: something runs',
    async (path) => {
      const { status, cors } = await send(port, 'POST', path, { origin: EVIL });
      // Fastify's router answers before it asks anybody.
      const refused = platform === 'fastify' ? 400 : 403;
      expect([status, cors, ran]).toEqual([refused, { vary: 'Origin' }, []]);
    },
  );

  it('a version with a policy of its own: its handler does not run', async () => {
    const statuses = [];
    for (const [origin, version] of [
      [EVIL, '1'],
      [APP, '1'],
      [SHOP, '1'],
      [SHOP, '2'],
      [APP, '2'],
    ]) {
      const answer = await send(port, 'GET', '/orders/versions', {
        origin,
        'x-version': version,
      });
      statuses.push(answer.status);
    }
    expect([statuses, ran.filter((name) => !name.startsWith('middleware'))]).toEqual([
      [403, 403, 200, 403, 200],
      ['version 1', 'version 2'],
    ]);
  });
});

it('the policies with which a request began decide, though an update comes before its first layer', async () => {
  @Module({
    imports: [
      CorsModule.forRoot({
        origin: APP,
        rejectDisallowed: true,
        policies: { one: { origin: SHOP }, two: { origin: EVIL } },
        paths: { '/one/*': 'one', '/two/*': 'two' },
      }),
    ],
  })
  class PathsModule {}

  const passing: (() => void)[] = [];
  const arrived = new EventEmitter();
  const instance = express().use((_request: unknown, _response: unknown, next: () => void) => {
    passing.push(next);
    arrived.emit('request');
  });
  const { app, port } = await startOn(new ExpressAdapter(instance), PathsModule, {
    configure: (created) =>
      created.use((_request: unknown, _response: unknown, next: () => void) => {
        ran.push('middleware');
        next();
      }),
  });
  try {
    ran.length = 0;
    const isHeld = once(arrived, 'request');
    // Read in two ways, whose policies differ: nothing is allowed.
    const answer = send(port, 'GET', '/one/..%2Ftwo/a', { origin: EVIL });
    await isHeld;
    await app.get(CorsService).update('two', { origin: SHOP });
    for (const pass of passing) pass();
    const { status, cors } = await answer;
    expect([status, cors, ran]).toEqual([403, { vary: 'Origin' }, []]);
  } finally {
    await app.close();
  }
});
