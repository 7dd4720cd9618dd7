import { EventEmitter, once } from 'node:events';
import { Agent } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { Controller, Delete, Get, Headers, Module, Post, Put, Redirect } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Cors, CorsModule } from 'nestjs-cors';
import { CorsInspector } from 'nestjs-cors/inspector';
import { callInspector, JSON_TYPE } from '../support/inspector-calls.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';
import { startOn } from '../support/start-on.js';
import { SELF_SIGNED } from '../support/self-signed.js';
import { listening } from '../support/rewriting-proxy.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

/** What handlers got. */
const got: { method: string; headers: Record<string, string> }[] = [];

@Controller('orders')
class OrdersController {
  @Get() list(@Headers() headers: Record<string, string>) {
    got.push({ method: 'GET', headers });
    return [];
  }
  @Post() add(@Headers() headers: Record<string, string>) {
    got.push({ method: 'POST', headers });
    return {};
  }
  @Delete() remove(@Headers() headers: Record<string, string>) {
    got.push({ method: 'DELETE', headers });
    return {};
  }
  @Get('slow') async slow() {
    entered.emit('entered');
    await once(entered, 'released');
    return {};
  }
  @Put('hook') @Cors(false) hook() {
    return {};
  }
  @Get('elsewhere') @Redirect() elsewhere() {
    return { url: `http://127.0.0.1:${elsewhere}/orders`, statusCode: 302 };
  }
}

let elsewhere = 0;
const entered = new EventEmitter();

@Module({
  imports: [CorsModule.forRoot({ origin: [APP, `${APP}:8443`], credentials: true })],
  controllers: [OrdersController],
})
class AppModule {}

describe.each(PLATFORMS)('the inspector on $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;
  beforeEach(async () => {
    got.length = 0;
    ({ app, port } = await startApp(platform, AppModule, {
      configure: (created) => CorsInspector.setup('cors', created),
    }));
  });
  afterEach(() => app.close());

  const ask = async (name: string, question: object, headers = {}) => {
    const { status, body } = await callInspector(port, name, question, headers);
    return { status, ...JSON.parse(body) };
  };
  const tried = (request: object, more = {}) =>
    ask(
      'send',
      { request: { origin: APP, method: 'GET', url: '/orders', ...request }, agreed: [], ...more },
      { cookie: 'session=of-the-browser', authorization: 'Basic of-the-browser' },
    );

  describe('sends the application a request', () => {
    it('with the chosen origin, and with nothing of the browser in front of it', async () => {
      const { kind, report } = await tried({});
      expect([kind, report.conclusion.verdict]).toEqual(['report', 'allowed']);
      expect(report.simulation.steps.at(-1).response.status).toBe(200);
      expect(got.map(({ headers }) => headers)).toEqual([
        {
          host: `127.0.0.1:${port}`,
          connection: 'close',
          accept: '*/*',
          origin: APP,
          'user-agent': 'Mozilla/5.0 (compatible; nestjs-cors check)',
          'accept-encoding': 'gzip, deflate, br',
          'sec-fetch-dest': 'empty',
          'sec-fetch-mode': 'cors',
        },
      ]);
    });

    it('with the headers that were typed', async () => {
      const headers = [['Authorization', 'Bearer typed']];
      const { report } = await tried({ headers });
      expect(report.simulation.steps.map(({ kind }: { kind: string }) => kind)).toEqual([
        'preflight',
        'request',
      ]);
      expect(got.map((one) => one.headers['authorization'])).toEqual(['Bearer typed']);
    });

    it('as a page that is not allowed', async () => {
      const { report } = await tried({ origin: EVIL });
      expect([report.conclusion.verdict, report.simulation.failedCheck]).toEqual([
        'blocked',
        'ACAO_MISSING',
      ]);
    });

    it.each(['POST', 'DELETE', 'PURGE'])('with %s after a question only', async (method) => {
      const first = await tried({ method });
      expect(first).toEqual({
        status: 200,
        kind: 'question',
        question: `Send ${method} /orders to this application as a page of ${APP}? The handler runs for real.`,
        report: null,
      });
      expect(got).toEqual([]);
      await tried({ method }, { agreed: ['Send it.'] });
      expect(got).toEqual([]);
      const second = await tried({ method }, { agreed: [first.question] });
      expect(second.kind).toBe('report');
      const isServed = method !== 'PURGE';
      expect(got.filter((one) => one.method === method).length).toBe(isServed ? 1 : 0);
    });

    it('up to its preflight, without a question', async () => {
      const { kind, report } = await tried({ method: 'DELETE' }, { preflightOnly: true });
      expect(kind).toBe('report');
      expect(report.simulation.steps).toMatchObject([
        { kind: 'preflight', response: { status: 204 } },
        { kind: 'request', response: null },
      ]);
      expect(got).toEqual([]);
    });

    it('and to nobody else, wherever URL and redirects lead', async () => {
      let reached = 0;
      const other = await listening((_, response) => {
        reached += 1;
        response.end();
      });
      elsewhere = other.port;
      try {
        const named = await tried({ url: `http://127.0.0.1:${other.port}/orders` });
        // The name is the application's to read; the request went to the application.
        expect(named.report.simulation.steps.at(-1).response.status).toBe(200);
        const { report } = await tried({ url: '/orders/elsewhere' });
        expect(report.conclusion.verdict).toBe('unknown');
        expect(report.cause).toBe(
          `Nothing was sent to 127.0.0.1:${other.port}, where the redirect leads: it is not this application.`,
        );
        expect(reached).toBe(0);
      } finally {
        await other.close();
      }
    });

    it('but not through the inspector', async () => {
      const { report } = await tried({ url: '/cors/api/refusals', method: 'GET' });
      expect(report.simulation.steps.at(-1).response.status).toBe(403);
    });
  });

  it('keeps no connection of an application that is closing', async () => {
    const agent = new Agent({ keepAlive: true });
    const request = { origin: APP, method: 'GET', url: '/orders/slow' };
    const body = JSON.stringify({ request });
    const isEntered = once(entered, 'entered');
    const answer = send(port, 'POST', '/cors/api/send', JSON_TYPE, body, { agent });
    await isEntered;
    const isClosed = app.close();
    // oxlint-disable-next-line no-await-in-loop -- until it listens no more
    while (app.getHttpServer().listening === true) await new Promise(setImmediate);
    entered.emit('released');
    const { status, lines } = await answer;
    expect([status, new Map(lines).get('connection')]).toEqual([200, 'close']);
    await isClosed;
    agent.destroy();
  });

  describe('lists refusals', () => {
    const list = async () => {
      const { refusals } = await ask('refusals', {});
      return refusals.map((refusal: { at?: number }) => {
        delete refusal.at;
        return refusal;
      });
    };

    it('with explanation and change, the latest first, equal ones once', async () => {
      await send(port, 'GET', '/orders?token=secret', { origin: EVIL });
      await send(port, 'GET', '/orders', { origin: EVIL });
      await preflight(port, '/orders', APP, 'PATCH', 'content-type');
      await preflight(port, '/orders/hook', APP, 'PUT');
      await send(port, 'GET', '/orders', { origin: APP });
      await send(port, 'GET', '/orders');
      expect(await list()).toEqual([
        {
          outcome: 'cors-disabled',
          origin: APP,
          method: 'PUT',
          path: '/orders/hook',
          route: '/orders/hook',
          handler: 'OrdersController.hook',
          preflight: true,
          requestHeaders: null,
          sentence: `PUT /orders/hook (OrdersController.hook) from ${APP}: \`@Cors(false)\` switches CORS off there. Remove it, or write \`@Cors()\` on the handler to start again from the global policy.`,
          times: 1,
        },
        {
          outcome: 'method-not-allowed',
          origin: APP,
          method: 'PATCH',
          path: '/orders',
          route: null,
          handler: null,
          preflight: true,
          requestHeaders: 'content-type',
          sentence: `PATCH /orders from ${APP}: its policy allows GET, POST, DELETE. Add 'PATCH' to \`methods\` in forRoot(), or map a handler for it.`,
          times: 1,
        },
        {
          outcome: 'origin-not-allowed',
          origin: EVIL,
          method: 'GET',
          path: '/orders',
          route: '/orders',
          handler: 'OrdersController.list',
          preflight: false,
          requestHeaders: null,
          sentence: `GET /orders (OrdersController.list) from ${EVIL}: its policy does not allow this origin. If it is yours, add '${EVIL}' to \`origin\` in forRoot().`,
          times: 2,
        },
      ]);
    });

    it('up to 200, each no longer than anybody reads', async () => {
      for (let number = 0; number < 201; number += 1) {
        await send(port, 'GET', `/nowhere/${number}`, { origin: EVIL });
      }
      const long = 'x'.repeat(8000);
      await send(port, 'GET', `/${long}`, { origin: `https://${long}.example` });
      const refusals = await list();
      expect(refusals.length).toBe(200);
      expect(refusals[0].path.length).toBeLessThan(300);
      expect(JSON.stringify(refusals[0]).length).toBeLessThan(2500);
      expect(refusals.at(-1).path).toBe('/nowhere/2');
    });

    it('of its own application, not of another in the same process', async () => {
      const other = await startApp(platform, AppModule, {
        configure: (created) => CorsInspector.setup('cors', created),
      });
      try {
        await send(other.port, 'GET', '/orders', { origin: EVIL });
        expect(await list()).toEqual([]);
      } finally {
        await other.app.close();
      }
    });
  });
});

describe('the inspector of an application that speaks TLS', () => {
  it.each([
    ['express', new ExpressAdapter(), { httpsOptions: SELF_SIGNED }],
    ['fastify', new FastifyAdapter({ https: SELF_SIGNED }), {}],
  ] as const)('sends it a request on %s', async (_, adapter, options) => {
    const { app, port } = await startOn(adapter, AppModule, {
      ...options,
      configure: (created) => CorsInspector.setup('cors', created),
    });
    try {
      const own = new Promise<string>((resolve, reject) => {
        const outgoing = requestOverTls(
          {
            host: '127.0.0.1',
            port,
            path: '/cors/api/send',
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            rejectUnauthorized: false,
          },
          (response) => {
            let body = '';
            response.on('data', (chunk: Buffer) => {
              body += chunk.toString();
            });
            response.on('end', () => resolve(body));
          },
        );
        outgoing.on('error', reject);
        outgoing.end(
          JSON.stringify({ request: { origin: APP, method: 'GET', url: '/orders' }, agreed: [] }),
        );
      });
      const { report } = JSON.parse(await own);
      expect(report.conclusion).toEqual({ verdict: 'allowed', exitCode: 0 });
    } finally {
      await app.close();
    }
  });
});
