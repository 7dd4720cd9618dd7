import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { Controller, Module, Put, type Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { CorsModule, type CorsRequest } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send, type Answer } from '../support/send.js';
import { startOn } from '../support/start-on.js';

const APP = 'https://app.example.com';
const ASKED = 'https://asked.example.com';

/** What the origin function was asked. */
const asked: CorsRequest[] = [];

@Controller('orders')
class OrdersController {
  @Put(':id') update() {
    return {};
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: APP })], controllers: [OrdersController] })
class ListedModule {}

@Module({
  imports: [
    CorsModule.forRoot({
      origin: (origin, request) => {
        asked.push(request);
        return origin === ASKED;
      },
    }),
  ],
  controllers: [OrdersController],
})
class AskedModule {}

const ANSWER = {
  'access-control-allow-origin': APP,
  vary: 'Origin',
  'access-control-allow-methods': 'PUT',
  'access-control-max-age': '600',
};

const NOBODY = () => undefined;

/** An application on this adapter, listening. */
async function listening(
  adapter: FastifyAdapter,
  module: Type,
  configure: (app: NestFastifyApplication) => void = NOBODY,
): Promise<{ app: NestFastifyApplication; port: number }> {
  const { app, port } = await startOn(adapter, module, {
    configure: (early) => configure(early as NestFastifyApplication),
  });
  return { app: app as NestFastifyApplication, port };
}

describe.each(PLATFORMS)('a listener of the server, on $platform', ({ platform }) => {
  it('sees preflights, allowed and refused', async () => {
    const seen: string[] = [];
    const { app, port } = await startApp(platform, ListedModule, {
      configure: (early) =>
        (early.getHttpServer() as Server).on('request', (request, response) => {
          response.once('close', () =>
            seen.push(`${request.method} ${request.url} ${response.statusCode}`),
          );
        }),
    });
    try {
      const { status, cors } = await preflight(port, '/orders/1', APP, 'PUT');
      expect({ status, cors }).toStrictEqual({ status: 204, cors: ANSWER });
      expect((await preflight(port, '/orders/2', 'https://evil.example', 'PUT')).status).toBe(403);
    } finally {
      await app.close();
    }
    expect(seen).toStrictEqual(['OPTIONS /orders/1 204', 'OPTIONS /orders/2 403']);
  });
});

describe('who watches Fastify', () => {
  const seen: string[] = [];
  const write = (line: unknown) => {
    const { res } = line as { res?: { statusCode: number } };
    if (res !== undefined) seen.push(`logged ${res.statusCode}`);
  };
  const log = new Writable({
    write(chunk: Buffer, _encoding, done) {
      write(JSON.parse(chunk.toString()));
      done();
    },
  });
  const methods = ['info', 'error', 'warn', 'debug', 'trace', 'fatal', 'silent'];
  const logger = Object.fromEntries(methods.map((name) => [name, write])) as object;
  Object.assign(logger, { child: () => logger });
  const onResponse = (_request: unknown, reply: { statusCode: number }, done: () => void) => {
    seen.push(`hook ${reply.statusCode}`);
    done();
  };

  it.each([
    {
      name: 'an onResponse hook',
      options: {},
      configure: (app: NestFastifyApplication) =>
        app.getHttpAdapter().getInstance().addHook('onResponse', onResponse),
      expected: ['hook 204'],
    },
    {
      name: 'a hook of the adapter',
      options: {},
      configure: (app: NestFastifyApplication) =>
        (app.getHttpAdapter() as unknown as FastifyAdapter).setOnResponseHook(onResponse),
      expected: ['hook 204'],
    },
    {
      name: 'its logger',
      options: { logger: { stream: log } },
      configure: NOBODY,
      expected: ['logged 204'],
    },
    {
      name: 'a logger of its own that has no level',
      options: { loggerInstance: logger as FastifyBaseLogger },
      configure: NOBODY,
      expected: ['logged 204'],
    },
    { name: 'nobody', options: {}, configure: NOBODY, expected: [] },
  ])('$name sees a preflight, which is answered alike', async (row) => {
    seen.length = 0;
    const adapter = new FastifyAdapter(row.options);
    const { app, port } = await listening(adapter, ListedModule, row.configure);
    try {
      const { status, cors } = await preflight(port, '/orders/1', APP, 'PUT');
      expect({ status, cors }).toStrictEqual({ status: 204, cors: ANSWER });
    } finally {
      await app.close();
    }
    expect(seen).toStrictEqual(row.expected);
  });
});

describe('a hook that comes before those of the adapter', () => {
  const seen: string[] = [];
  // The name of the adapter's own slot: it says nothing about whose hook it is.
  function onRequestHook(request: { method: string }, _reply: unknown, done: () => void): void {
    seen.push(request.method);
    done();
  }

  async function seenOf(adapter: FastifyAdapter): Promise<readonly string[]> {
    seen.length = 0;
    const { app, port } = await listening(adapter, ListedModule);
    try {
      const { status, cors } = await preflight(port, '/orders/1', APP, 'PUT');
      expect({ status, cors }).toStrictEqual({ status: 204, cors: ANSWER });
    } finally {
      await app.close();
    }
    return seen;
  }

  it("sees preflights where the application brings Fastify's instance", async () => {
    const instance = fastify();
    instance.addHook('onRequest', onRequestHook);
    expect(await seenOf(new FastifyAdapter(instance as never))).toStrictEqual(['OPTIONS']);
  });

  it('sees preflights where it was added as Fastify announced the instance', async () => {
    const add = (message: unknown) => {
      (message as { fastify: FastifyInstance }).fastify.addHook('onRequest', onRequestHook);
    };
    subscribe('fastify.initialization', add);
    try {
      expect(await seenOf(new FastifyAdapter())).toStrictEqual(['OPTIONS']);
    } finally {
      unsubscribe('fastify.initialization', add);
    }
  });

  it('is not reached where others come after them', async () => {
    const adapter = new FastifyAdapter();
    adapter.getInstance().addHook('onRequest', onRequestHook);
    expect(await seenOf(adapter)).toStrictEqual([]);
  });
});

function withoutDate(lines: Answer['lines']): Answer['lines'] {
  return lines.filter(([name]) => name !== 'date');
}

describe('a preflight in front of Fastify', () => {
  it.each([
    ['/orders/1', APP, 'PUT'],
    ['/orders/1', APP, 'GET'],
    ['/orders/1', 'https://evil.example', 'PUT'],
    ['/orders/1', 'no origin', 'PUT'],
    ['/nowhere', APP, 'PUT'],
    ['/%zz', APP, 'PUT'],
  ])('is answered as by Fastify: %s from %s for %s', async (url, origin, method) => {
    const { app, port } = await listening(new FastifyAdapter(), ListedModule);
    // What serverless adapters and `inject` call, and further addresses of `localhost`.
    const { routing } = app.getHttpAdapter().getInstance();
    const bypassing = createServer((request, response) => routing(request, response));
    await once(bypassing.listen(0, '127.0.0.1'), 'listening');
    try {
      const front = await preflight(port, url, origin, method);
      const { port: other } = bypassing.address() as AddressInfo;
      const routed = await preflight(other, url, origin, method);
      expect({ status: front.status, lines: withoutDate(front.lines) }).toStrictEqual({
        status: routed.status,
        lines: withoutDate(routed.lines),
      });
    } finally {
      bypassing.close();
      await app.close();
    }
  });

  it('asks an origin function about the host behind a trusted proxy', async () => {
    asked.length = 0;
    const adapter = new FastifyAdapter({ trustProxy: true });
    const { app, port } = await listening(adapter, AskedModule);
    try {
      const { status } = await send(port, 'OPTIONS', '/orders/1?x', {
        origin: ASKED,
        'access-control-request-method': 'PUT',
        'x-forwarded-host': 'shop.example.com:8443',
        'x-forwarded-proto': 'https',
      });
      expect(status).toBe(204);
    } finally {
      await app.close();
    }
    expect(asked).toStrictEqual([
      {
        origin: ASKED,
        method: 'PUT',
        url: '/orders/1?x',
        hostname: 'shop.example.com',
        protocol: 'https',
      },
    ]);
  });

  it('has none where the URL is rewritten', async () => {
    const adapter = new FastifyAdapter({ rewriteUrl: () => '/orders/1' });
    const { app, port } = await listening(adapter, ListedModule);
    try {
      const { cors } = await preflight(port, '/elsewhere', APP, 'PATCH');
      expect(cors).toStrictEqual(ANSWER);
    } finally {
      await app.close();
    }
  });
});
