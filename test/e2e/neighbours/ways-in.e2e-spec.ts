import { createServer } from 'node:http';
import { request as requestOverTls, type RequestOptions } from 'node:https';
import type { ConnectionOptions, PSKCallbackNegotation } from 'node:tls';
import { Controller, Module, Put, type INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Cors, CorsModule, type CorsRequest } from 'nestjs-cors';
import { policyOf, policyOfPath } from '../../support/policy-of-path.js';
import { startOn } from '../../support/start-on.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';

@Controller()
class OrdersController {
  @Put('orders/:id') @Cors({ origin: ONE }) update() {
    return {};
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [OrdersController] })
class OrdersModule {}

const GRANTED = { 'access-control-allow-origin': ONE, vary: 'Origin' };
const PREFLIGHTED = {
  ...GRANTED,
  'access-control-allow-methods': 'PUT',
  'access-control-max-age': '600',
};

function corsOf(headers: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(access-control-|vary$)/.test(name)),
  );
}

it('Fastify called as a function, as serverless adapters do, responds as over a socket', async () => {
  const { app } = await startOn(new FastifyAdapter(), OrdersModule);
  const instance = app.getHttpAdapter().getInstance() as FastifyInstance;
  const server = createServer((request, response) => {
    instance.routing(request, response);
  });
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect(await policyOfPath(port, 'PUT', '/orders/7', [GLOBAL, ONE])).toEqual(policyOf(ONE));
    expect(await policyOfPath(port, 'PUT', '/nowhere', [GLOBAL, ONE])).toEqual(
      policyOf(GLOBAL, 404),
    );
  } finally {
    server.close();
    await app.close();
  }
});

describe.each([
  {
    platform: 'express',
    start: (module: typeof OrdersModule, https: object) =>
      startOn(new ExpressAdapter(), module, { httpsOptions: https }),
  },
  {
    platform: 'fastify',
    start: (module: typeof OrdersModule, https: object) =>
      startOn(new FastifyAdapter({ https }), module),
  },
])('HTTPS on $platform', ({ start }) => {
  // A key shared beforehand needs no certificate.
  const psk = Buffer.alloc(32, 7);
  const tls = { ciphers: 'PSK+HIGH', maxVersion: 'TLSv1.2' as const };
  const protocols: string[] = [];

  @Module({
    imports: [
      CorsModule.forRoot({
        origin: (origin: string, { protocol }: CorsRequest) => {
          protocols.push(protocol);
          return origin === GLOBAL;
        },
      }),
    ],
    controllers: [OrdersController],
  })
  class SecureModule {}

  const ask = (port: number, method: string, path: string, headers: Record<string, string>) =>
    new Promise((resolve, reject) => {
      const client: PSKCallbackNegotation = { psk, identity: 'client' };
      const options: RequestOptions & Pick<ConnectionOptions, 'pskCallback'> = {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers,
        agent: false,
        ...tls,
        pskCallback: () => client,
        checkServerIdentity: () => undefined,
      };
      requestOverTls(options, (response) => {
        response.resume();
        response.on('end', () => resolve([response.statusCode, corsOf(response.headers)]));
      })
        .on('error', reject)
        .end();
    });

  let app: INestApplication;
  let port: number;
  beforeAll(async () => {
    ({ app, port } = await start(SecureModule, { ...tls, pskCallback: () => psk }));
  });
  afterAll(() => app.close());

  it('preflights and responses', async () => {
    const asked = { 'access-control-request-method': 'PUT' };
    expect([
      await ask(port, 'OPTIONS', '/orders/7', { ...asked, origin: ONE }),
      await ask(port, 'OPTIONS', '/orders/7', { ...asked, origin: GLOBAL }),
      await ask(port, 'PUT', '/orders/7', { origin: ONE }),
      await ask(port, 'PUT', '/nowhere', { origin: GLOBAL }),
    ]).toEqual([
      [204, PREFLIGHTED],
      [403, { vary: 'Origin' }],
      [200, GRANTED],
      [404, { 'access-control-allow-origin': GLOBAL, vary: 'Origin' }],
    ]);
    expect(protocols).toEqual(['https']);
  });
});
