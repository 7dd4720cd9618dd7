import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Get, Module, type INestApplication } from '@nestjs/common';
import { jest } from '@jest/globals';
import { Cors, CorsModule, CorsService, type CorsOptions } from 'nestjs-cors';
import { RouteTable } from '../../lib/routing/route-table.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { send } from '../support/send.js';
import { startWay, WAYS } from '../support/ways.js';

const APP = 'https://app.example.com';
const NEW = 'https://new.example.com';
const FILES = 'https://files.example.com';

@Controller()
class OrdersController {
  constructor(private readonly cors: CorsService) {}

  @Get('orders') list() {
    return [];
  }
  @Get('decorated') @Cors({ credentials: true }) decorated() {
    return [];
  }
  @Get('updating') async updating() {
    await this.cors.update({ origin: [NEW] });
    return [];
  }
  @Get('failing') fail() {
    throw new Error('The handler failed.');
  }
}

function application(options: CorsOptions) {
  @Module({ imports: [CorsModule.forRoot(options)], controllers: [OrdersController] })
  class AppModule {}
  return AppModule;
}

/** A middleware that changes what its request says, and answers where the path says so. */
function disguise(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (request.headers['x-disguise'] === undefined) return next();
  request.url = '/files/public.txt';
  request.headers.origin = FILES;
  response.end();
}

describe.each(WAYS)('a decision as the head is written on $platform, $way', (on) => {
  let app: INestApplication;
  let port: number;
  beforeEach(async () => {
    const module = application({ origin: [APP], paths: { '/files/*': { origin: [FILES] } } });
    ({ app, port } = await startWay(on, module, { configure: (created) => created.use(disguise) }));
  });
  afterEach(() => app.close());

  it('is about the request as it arrived, whatever a middleware has made of it', async () => {
    const disguised = { 'x-disguise': 'yes', origin: APP };
    const answer = await send(port, 'GET', '/orders', disguised);
    expect(answer.cors).toEqual({ 'access-control-allow-origin': APP, vary: 'Origin' });
    const other = await send(port, 'GET', '/orders', { ...disguised, origin: FILES });
    expect(other.cors).toEqual({ vary: 'Origin' });
  });

  it('follows the policies with which the request began', async () => {
    const before = await send(port, 'GET', '/updating', { origin: APP });
    const after = await send(port, 'GET', '/updating', { origin: APP });
    const allowed = { 'access-control-allow-origin': APP, vary: 'Origin' };
    expect([before.cors, after.cors]).toEqual([allowed, { vary: 'Origin' }]);
  });

  it.each([
    ['/orders', APP, 200, {}],
    ['/decorated', APP, 200, { 'access-control-allow-credentials': 'true' }],
    ['/failing', APP, 500, {}],
    ['/nothing', APP, 404, {}],
    ['/files/missing', FILES, 404, {}],
  ])('has the policy of %s', async (path, origin, status, more) => {
    const answers = [];
    for (const from of [origin, NEW, undefined]) {
      const answer = await send(port, 'GET', path, from === undefined ? {} : { origin: from });
      answers.push(answer.status, answer.cors);
    }
    const vary = { vary: 'Origin' };
    expect(answers).toEqual([
      status,
      { 'access-control-allow-origin': origin, ...more, ...vary },
      status,
      vary,
      status,
      vary,
    ]);
  });
});

describe('routes that are looked up on Express', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each<[string, string, CorsOptions, number]>([
    ['none for a handler that runs', '/orders', { origin: [APP] }, 0],
    ['none for a handler with a policy of its own', '/decorated', { origin: [APP] }, 0],
    ['those of a response that a middleware gives', '/early', { origin: [APP] }, 1],
    ['none for a response to what no route serves', '/nothing', { origin: [APP] }, 0],
    ['those of a function that decides', '/orders', { origin: () => true }, 1],
    ['those of a refusal', '/orders', { origin: [APP], rejectDisallowed: true }, 1],
  ])('%s', async (_, path, options, times) => {
    const early = (request: IncomingMessage, response: ServerResponse, next: () => void) => {
      if (request.url === '/early') response.end();
      else next();
    };
    const { app, port } = await startApp('express', application(options), {
      configure: (created) => created.use(early),
    });
    try {
      await send(port, 'GET', path, { origin: APP });
      const candidates = jest.spyOn(RouteTable.prototype, 'candidates');
      const answer = await send(port, 'GET', path, { origin: APP });
      expect([candidates.mock.calls.length, answer.cors['access-control-allow-origin']]).toEqual([
        times,
        APP,
      ]);
    } finally {
      await app.close();
    }
  });
});

describe.each(PLATFORMS)('a host that cannot be read, on $platform', ({ platform }) => {
  @Controller({ path: 'bound', host: 'api.example.com' })
  class BoundController {
    @Get() get() {
      return [];
    }
  }
  @Module({
    imports: [CorsModule.forRoot({ origin: '*', diagnostics: false })],
    controllers: [BoundController],
  })
  class BoundModule {}

  it('grants nothing to a response that is written before routing', async () => {
    const { app, port } = await startApp(platform, BoundModule, {
      configure: (created) =>
        created.use((request: IncomingMessage, response: ServerResponse) => {
          // As a trust-proxy function that throws.
          const headers = {
            get host(): string {
              throw new Error('No host.');
            },
          };
          Object.defineProperty(request, 'headers', { value: headers });
          response.end();
        }),
    });
    try {
      const { status, cors } = await send(port, 'GET', '/bound', { origin: APP });
      expect([status, cors]).toEqual([200, { vary: 'Origin' }]);
    } finally {
      await app.close();
    }
  });
});
