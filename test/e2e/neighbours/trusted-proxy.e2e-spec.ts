import { All, Controller, Get, Module, type INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import express from 'express';
import { fastify } from 'fastify';
import { Cors, CorsModule, type CorsRequest } from 'nestjs-cors';
import { policyOfPath } from '../../support/policy-of-path.js';
import { send } from '../../support/send.js';
import { startOn } from '../../support/start-on.js';

const ONE = 'https://one.example.com';
const TWO = 'https://two.example.com';
const trusting = express().enable('trust proxy');

describe.each<[string, () => ExpressAdapter | FastifyAdapter, boolean]>([
  ['express() that trusts its proxy', () => new ExpressAdapter(trusting), true],
  ['express()', () => new ExpressAdapter(), false],
  ['Fastify with trustProxy', () => new FastifyAdapter({ trustProxy: true }), true],
  [
    'an own fastify() with trustProxy',
    () => new FastifyAdapter(fastify({ trustProxy: true }) as never),
    true,
  ],
  ['Fastify', () => new FastifyAdapter(), false],
])('%s', (_, adapter, trusts) => {
  const seen: CorsRequest[] = [];

  @Controller()
  class ProxiedController {
    @All('proxied/:id') proxied() {
      return {};
    }
  }

  @Controller({ path: 'tenant', host: ':tenant.public.example' })
  @Cors({ origin: TWO })
  class TenantController {
    @Get() tenant() {
      return {};
    }
  }

  @Module({
    imports: [
      CorsModule.forRoot({
        origin: (_origin: string, request: CorsRequest) => {
          seen.push(request);
          return true;
        },
      }),
    ],
    controllers: [ProxiedController, TenantController],
  })
  class ProxiedModule {}

  let app: INestApplication;
  let port: number;
  beforeAll(async () => {
    ({ app, port } = await startOn(adapter(), ProxiedModule));
  });
  afterAll(() => app.close());

  const forwarded = {
    host: 'internal.example',
    'x-forwarded-host': 'acme.public.example',
    'x-forwarded-proto': 'https',
  };

  it(`an origin function sees the ${trusts ? 'public' : 'internal'} host and protocol`, async () => {
    seen.length = 0;
    const headers = { ...forwarded, origin: ONE };
    await send(port, 'OPTIONS', '/proxied/7?q=1', {
      ...headers,
      'access-control-request-method': 'PUT',
    });
    await send(port, 'PUT', '/proxied/7?q=1', headers);
    const request = {
      origin: ONE,
      method: 'PUT',
      url: '/proxied/7?q=1',
      hostname: trusts ? 'acme.public.example' : 'internal.example',
      protocol: trusts ? 'https' : 'http',
    };
    expect(seen).toEqual([request, request]);
  });

  it(`a controller bound to a host ${trusts ? 'serves' : 'does not serve'} the public one`, async () => {
    const {
      actual,
      status,
      preflight: before,
    } = await policyOfPath(port, 'GET', '/tenant', [ONE, TWO], forwarded);
    // The global policy allows any origin here.
    expect([before, actual]).toEqual(
      trusts
        ? [[`204 ${TWO}`], [TWO]]
        : [
            [`204 ${ONE}`, `204 ${TWO}`],
            [ONE, TWO],
          ],
    );
    // Early Nest 11 answers 500 on Fastify where a host does not fit.
    expect(trusts ? [200] : [404, 500]).toContain(status);
  });
});
