import { readFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { Controller, Get, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';
import { CorsModule } from 'nestjs-cors';
import { CorsInspector } from 'nestjs-cors/inspector';
import { endpointOf } from '../../lib/inspector/doors.js';
import { buildPage } from '../support/built-page.js';
import { JSON_TYPE, own } from '../support/inspector-calls.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { listening } from '../support/rewriting-proxy.js';
import { send } from '../support/send.js';

@Controller('orders')
class OrdersController {
  @Get() list() {
    return [];
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: '*' })], controllers: [OrdersController] })
class AppModule {}

let page: string;
beforeAll(async () => {
  page = await readFile(await buildPage(), 'utf8');
});

describe.each(PLATFORMS)('the page of the inspector on $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;
  beforeAll(async () => {
    ({ app, port } = await startApp(platform, AppModule, {
      configure: (created) => CorsInspector.setup('cors', created),
    }));
  });
  afterAll(() => app.close());

  it.each(['/cors', '/cors/', '/cors?a=b'])('is at %s, with headers of its own', async (path) => {
    const { status, lines, body } = await send(port, 'GET', path);
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect([status, own(lines)]).toEqual([
      200,
      {
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'content-security-policy': `${policy}; frame-ancestors 'none'`,
        'content-type': 'text/html; charset=utf-8',
      },
    ]);
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(body).toBe(
      page.replace(
        '<meta name="nestjs-cors-door" content="file"',
        '<meta name="nestjs-cors-door" content="application"',
      ),
    );
    expect(body).not.toBe(page);
  });

  it('has a head without a body, and takes no POST', async () => {
    const head = await send(port, 'HEAD', '/cors');
    const post = await send(port, 'POST', '/cors', JSON_TYPE, '{}');
    expect([head.status, head.body, post.status, new Map(post.lines).get('allow')]).toEqual([
      200,
      '',
      405,
      'GET, HEAD',
    ]);
  });

  it.each([
    ['a link on another site', 'cross-site', 'navigate', 'document', 200],
    ['a link on another port', 'same-site', 'navigate', 'document', 200],
    ['a bookmark', 'none', 'navigate', 'document', 200],
    ['a frame of another site', 'cross-site', 'navigate', 'iframe', 403],
    ['a script of another site', 'cross-site', 'no-cors', 'script', 403],
    ['a call of another port', 'same-site', 'cors', 'empty', 403],
  ])('is shown to %s or not', async (_, site, mode, dest, expected) => {
    const { status, lines } = await send(port, 'GET', '/cors', {
      'sec-fetch-site': site,
      'sec-fetch-mode': mode,
      'sec-fetch-dest': dest,
    });
    expect([status, own(lines)['access-control-allow-origin']]).toEqual([expected, undefined]);
  });

  it('is not shown under a name that may be anybody', async () => {
    const { status, body } = await send(port, 'GET', '/cors', { host: 'rebound.example' });
    expect(status).toBe(403);
    expect(body).toMatch(/^`rebound\.example` is a name that could be anybody's \(DNS rebinding\)/);
  });

  it.each(['/sub/api/cors', '/sub/api/cors/'])(
    'calls its server behind a proxy at %s',
    async (path) => {
      const proxy = await listening((incoming, outgoing) => {
        const { method, url = '', headers } = incoming;
        const passed = request(
          { host: '127.0.0.1', port, method, path: url.replace(/^\/sub\/api/, ''), headers },
          (response: IncomingMessage) => {
            outgoing.writeHead(response.statusCode ?? 0, response.headers);
            response.pipe(outgoing);
          },
        );
        incoming.pipe(passed);
      });
      try {
        const shown = await send(proxy.port, 'GET', path);
        expect([shown.status, shown.body.includes('content="application"')]).toEqual([200, true]);
        const endpoint = new URL(
          endpointOf(`http://127.0.0.1:${proxy.port}${path}#here`, 'refusals'),
        );
        expect(endpoint.pathname).toBe('/sub/api/cors/api/refusals');
        const { status } = await send(proxy.port, 'POST', endpoint.pathname, JSON_TYPE, '{}');
        expect(status).toBe(200);
      } finally {
        await proxy.close();
      }
    },
  );
});

it('is below the path at which an Express application is mounted', async () => {
  const app = await NestFactory.create(AppModule, new ExpressAdapter(), { logger: false });
  CorsInspector.setup('cors', app);
  await app.init();
  const outer = express().use('/sub', app.getHttpAdapter().getInstance());
  const server = await listening((incoming, outgoing) => outer(incoming, outgoing));
  try {
    const shown = await send(server.port, 'GET', '/sub/cors');
    const endpoint = new URL(endpointOf(`http://127.0.0.1:${server.port}/sub/cors`, 'send'));
    const question = {
      request: { origin: 'https://app.example.com', method: 'GET', url: '/orders' },
    };
    const body = JSON.stringify(question);
    const tried = await send(server.port, 'POST', endpoint.pathname, JSON_TYPE, body);
    expect([shown.status, tried.status, JSON.parse(tried.body).message]).toEqual([
      200,
      400,
      'Nothing was sent: the application does not listen on a port. Start it with `app.listen()`.',
    ]);
  } finally {
    await server.close();
    await app.close();
  }
});
