import type { IncomingMessage } from 'node:http';
import {
  connect,
  createServer,
  type Http2Server,
  Http2ServerRequest,
  Http2ServerResponse,
  type IncomingHttpHeaders,
} from 'node:http2';
import { Controller, Get, Module, Post, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';
import { Cors, CorsModule } from 'nestjs-cors';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';
const EVIL = 'https://evil.example.org';

/**
 * What a bridge to HTTP/2 does: Express is to give such a request other prototypes. It reads them from
 * the application, once for each request, and whoever reads them before it takes them away.
 */
function bridged() {
  const application = express();
  const first = { request: true, response: true, ofHttp2: false };
  for (const [name, base] of [
    ['request', Http2ServerRequest.prototype],
    ['response', Http2ServerResponse.prototype],
  ] as const) {
    const own: object = application[name];
    const descriptors = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(own) as object);
    const ofHttp2: unknown = Object.create(base, {
      ...descriptors,
      ...Object.getOwnPropertyDescriptors(own),
    });
    Object.defineProperty(application, name, {
      get() {
        const isFirst = first.ofHttp2 && first[name];
        first[name] = false;
        return isFirst ? ofHttp2 : own;
      },
    });
  }
  const listener = (request: Http2ServerRequest, response: Http2ServerResponse) => {
    Object.assign(first, { request: true, response: true, ofHttp2: true });
    (application as unknown as (...args: unknown[]) => void)(request, response);
    first.ofHttp2 = false;
  };
  return { application, listener };
}

@Controller('orders')
@Cors({ origin: SHOP, credentials: true })
class OrdersController {
  @Get() list() {
    return {};
  }
  @Post() create() {
    return {};
  }
}

@Controller({ path: 'hosted', host: ':tenant.example.test' })
@Cors({ origin: SHOP })
class HostedController {
  @Get() list() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: APP, rejectDisallowed: true })],
  controllers: [OrdersController, HostedController],
})
class AppModule {}

describe('HTTP/2 on Express, by a bridge', () => {
  let app: INestApplication;
  let server: Http2Server;
  let port: number;
  beforeAll(async () => {
    const { application, listener } = bridged();
    app = await NestFactory.create(AppModule, new ExpressAdapter(application), { logger: false });
    // As a bridge does it: Nest reads the header.
    app.use(({ headers }: IncomingMessage, _response: unknown, next: () => void) => {
      headers.host ??= headers[':authority'] as string;
      next();
    });
    await app.init();
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as { port: number });
  });
  afterAll(async () => {
    server.close();
    await app.close();
  });

  async function ask(
    headers: Record<string, string>,
  ): Promise<[status: number | undefined, cors: object]> {
    const session = connect(`http://127.0.0.1:${port}`);
    try {
      return await new Promise((resolve, reject) => {
        session.on('error', reject);
        const stream = session.request(headers);
        stream.on('response', (received: IncomingHttpHeaders & { ':status'?: number }) => {
          const cors = Object.entries(received).filter(([name]) =>
            /^(access-control-|vary$)/.test(name),
          );
          resolve([received[':status'], Object.fromEntries(cors)]);
        });
        stream.on('error', reject).resume().end();
      });
    } finally {
      session.destroy();
    }
  }

  const allowed = {
    'access-control-allow-origin': SHOP,
    'access-control-allow-credentials': 'true',
    vary: 'Origin',
  };
  it('serves with the policy of the handler', async () => {
    expect([
      await ask({ ':path': '/orders', origin: SHOP }),
      await ask({ ':path': '/orders', origin: EVIL }),
      await ask({ ':path': '/orders' }),
      await ask({ ':path': '/none', origin: APP }),
    ]).toEqual([
      [200, allowed],
      [403, { vary: 'Origin' }],
      [200, { vary: 'Origin' }],
      [404, { 'access-control-allow-origin': APP, vary: 'Origin' }],
    ]);
  });

  it('answers preflights', async () => {
    const asking = {
      ':method': 'OPTIONS',
      ':path': '/orders',
      'access-control-request-method': 'POST',
    };
    expect([
      await ask({ ...asking, origin: SHOP }),
      await ask({ ...asking, origin: EVIL }),
    ]).toEqual([
      [
        204,
        {
          ...allowed,
          'access-control-allow-methods': 'GET, POST',
          'access-control-max-age': '600',
        },
      ],
      [403, { vary: 'Origin' }],
    ]);
  });

  it('reads the host from :authority, for its own pages and for hosts of controllers', async () => {
    const own = { ':method': 'POST', ':path': '/orders', ':authority': 'api.example.test' };
    const hosted = { ':path': '/hosted', ':authority': 'a.example.test', origin: SHOP };
    expect([
      (await ask({ ...own, origin: 'http://api.example.test' }))[0],
      (await ask({ ...own, origin: 'http://other.example.test' }))[0],
      await ask(hosted),
      (await ask({ ...hosted, ':method': 'OPTIONS', 'access-control-request-method': 'GET' }))[0],
      (await ask({ ...hosted, ':authority': 'example.com' }))[0],
    ]).toEqual([
      201,
      403,
      [200, { 'access-control-allow-origin': SHOP, vary: 'Origin' }],
      204,
      403,
    ]);
  });
});
