import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Controller,
  Delete,
  Injectable,
  Put,
  Version,
  VersioningType,
  type DynamicModule,
  type INestApplication,
} from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Cors, CorsModule, CorsService, type CorsOptions, type CorsRequest } from 'nestjs-cors';
import { PLATFORMS, type Platform } from '../support/platforms.js';
import { preflight, repeated, send } from '../support/send.js';
import { startOn, type StartOptions } from '../support/start-on.js';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';

@Controller('orders')
class OrdersController {
  @Put(':id') update() {
    return {};
  }
  @Delete(':id') remove() {
    return {};
  }
}

@Controller({ path: 'tenant', host: 'a.example' })
@Cors({ origin: APP })
class HostA {
  @Put() update() {
    return {};
  }
}
@Controller('versions')
class VersionsController {
  @Put() @Version('1') @Cors({ allowedHeaders: ['x-one'] }) one() {
    return {};
  }
  @Put() @Version('2') @Cors({ allowedHeaders: ['x-two'] }) two() {
    return {};
  }
}

@Injectable()
class TenantOrigins {
  static answer = true;
  scope({ hostname }: CorsRequest): string {
    return hostname;
  }
  isAllowed(_origin: string, scope: string): boolean {
    return TenantOrigins.answer && scope === 'a.example';
  }
}

const BEHIND_PROXY = {
  express: () => {
    const adapter = new ExpressAdapter();
    adapter.set('trust proxy', true);
    return adapter;
  },
  fastify: () => new FastifyAdapter({ trustProxy: true }),
};

async function application(
  platform: Platform,
  cors: CorsOptions,
  controllers: DynamicModule['controllers'] = [OrdersController],
  configure?: StartOptions['configure'],
): Promise<{ app: INestApplication; port: number }> {
  const module: DynamicModule = {
    module: class AppModule {},
    imports: [CorsModule.forRoot({ diagnostics: false, ...cors })],
    controllers,
    providers: [TenantOrigins],
  };
  return startOn(BEHIND_PROXY[platform](), module, configure ? { configure } : {});
}

const allowed = (methods: string, headers?: string, origin = APP) => ({
  'access-control-allow-origin': origin,
  vary: 'Origin',
  'access-control-allow-methods': methods,
  ...(headers !== undefined && { 'access-control-allow-headers': headers }),
  'access-control-max-age': '600',
});
/** In the order in which each router tries the versions. */
const VERSIONED = { express: 'x-one, x-two', fastify: 'x-two, x-one' } as const;
const REFUSED = { vary: 'Origin' };

describe.each(PLATFORMS)('repeated preflights on $platform', ({ platform }) => {
  it('are not mixed up with one that differs in one part', async () => {
    const { app, port } = await application(platform, { origin: [APP, SHOP] });
    try {
      const rows: [path: string, origin: string, method: string, headers?: string][] = [
        ['/orders/1', APP, 'PUT', 'x-a,x-b'],
        ['/orders/1', APP, 'PUT', 'x-b,x-a'],
        ['/orders/1', APP, 'PUT', 'x-a'],
        ['/orders/1', APP, 'PUT'],
        ['/orders/1', APP, 'PUT', ''],
        ['/orders/1', APP, 'PATCH'],
        ['/orders/1', SHOP, 'PUT', 'x-a,x-b'],
        ['/orders/1', `${APP}.evil.example`, 'PUT', 'x-a,x-b'],
        ['/orders/1?x', APP, 'PUT', 'x-a,x-b'],
        ['/nowhere/1', APP, 'PUT', 'x-a,x-b'],
        // Each like the one before it in all that chooses a slot.
        ['/orders/12345678', APP, 'PUT'],
        ['/nobody/12345678', APP, 'PUT'],
        ['/nobody/12345678', APP, 'PAT'],
        ['/nobody/12345678', APP.replace('app', 'spp'), 'PAT'],
      ];
      const answers: [number, object][] = [];
      for (let turn = 0; turn < 4; turn += 1) {
        answers.length = 0;
        for (const row of rows) {
          const { status, cors } = await repeated(() => preflight(port, ...row));
          answers.push([status, cors]);
        }
      }
      expect(answers).toStrictEqual([
        [204, allowed('PUT, DELETE', 'x-a, x-b')],
        [204, allowed('PUT, DELETE', 'x-b, x-a')],
        [204, allowed('PUT, DELETE', 'x-a')],
        [204, allowed('PUT, DELETE')],
        [204, allowed('PUT, DELETE')],
        [204, allowed('PUT, DELETE')],
        [204, allowed('PUT, DELETE', 'x-a, x-b', SHOP)],
        [403, REFUSED],
        [204, allowed('PUT, DELETE', 'x-a, x-b')],
        [204, allowed('PUT', 'x-a, x-b')],
        [204, allowed('PUT, DELETE')],
        [204, allowed('PUT')],
        [204, allowed('PAT')],
        [403, REFUSED],
      ]);
    } finally {
      await app.close();
    }
  });

  it.each<[what: string, header: string]>([
    ['the host', 'host'],
    ['the host that a trusted proxy forwards', 'x-forwarded-host'],
  ])('of a controller that is bound to a host depend on %s', async (_, header) => {
    const { app, port } = await application(platform, { origin: SHOP }, [HostA]);
    const ask = (host: string, origin: string) => () =>
      send(port, 'OPTIONS', '/tenant', {
        origin,
        'access-control-request-method': 'PUT',
        [header]: host,
      });
    try {
      const answers: [number, object][] = [];
      for (const [host, origin] of [
        ['a.example', APP],
        ['b.example', APP],
        ['b.example', SHOP],
        ['a.example', SHOP],
      ] as const) {
        const { status, cors } = await repeated(ask(host, origin));
        answers.push([status, cors]);
      }
      expect(answers).toStrictEqual([
        [204, allowed('PUT')],
        [403, REFUSED],
        [204, allowed('PUT', undefined, SHOP)],
        [403, REFUSED],
      ]);
    } finally {
      await app.close();
    }
  });

  it('of two tenants of a resolver class are told apart, and forgotten with its answers', async () => {
    TenantOrigins.answer = true;
    const { app, port } = await application(platform, { origin: TenantOrigins });
    const ask = (host: string) => async () =>
      (
        await send(port, 'OPTIONS', '/orders/1', {
          origin: APP,
          'access-control-request-method': 'PUT',
          'x-forwarded-host': host,
        })
      ).status;
    const statuses: number[] = [];
    const askThrice = async (host: string) => {
      for (let i = 0; i < 3; i += 1) statuses.push(await ask(host)());
    };
    try {
      await askThrice('a.example');
      await askThrice('b.example');
      TenantOrigins.answer = false;
      app.get(CorsService).forget(TenantOrigins);
      await askThrice('a.example');
    } finally {
      await app.close();
    }
    expect(statuses).toStrictEqual([204, 204, 204, 403, 403, 403, 403, 403, 403]);
  });

  it('of an origin function are each its own question', async () => {
    let calls = 0;
    const { app, port } = await application(platform, { origin: () => (calls += 1) % 2 === 1 });
    const statuses: number[] = [];
    try {
      for (let i = 0; i < 4; i += 1) {
        statuses.push((await preflight(port, '/orders/1', APP, 'PUT')).status);
      }
    } finally {
      await app.close();
    }
    expect(statuses).toStrictEqual([204, 403, 204, 403]);
  });

  it('name what any version allows, whatever version header a client sends', async () => {
    const { app, port } = await application(
      platform,
      { origin: APP },
      [VersionsController],
      (early) => early.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' }),
    );
    try {
      for (const version of ['1', '2', '3']) {
        const { cors } = await repeated(() =>
          send(port, 'OPTIONS', '/versions', {
            origin: APP,
            'access-control-request-method': 'PUT',
            'x-version': version,
          }),
        );
        expect(cors).toStrictEqual(allowed('PUT', VERSIONED[platform]));
      }
    } finally {
      await app.close();
    }
  });

  it('follow an update of the policies at once', async () => {
    const { app, port } = await application(platform, { origin: [APP, SHOP] });
    try {
      const ask = () => preflight(port, '/orders/1', APP, 'PUT');
      expect((await repeated(ask)).cors).toStrictEqual(allowed('PUT, DELETE'));
      await app.get(CorsService).update({ origin: SHOP });
      expect((await ask()).cors).toStrictEqual(REFUSED);
      await app.get(CorsService).update({ origin: APP, maxAge: 5 });
      expect((await ask()).cors).toStrictEqual({
        ...allowed('PUT, DELETE'),
        'access-control-max-age': '5',
      });
    } finally {
      await app.close();
    }
  });

  it('are all published to who subscribes later', async () => {
    const { app, port } = await application(platform, { origin: APP });
    const events: unknown[] = [];
    const listen = (event: unknown) => events.push(event);
    try {
      await repeated(() => preflight(port, '/orders/1', APP, 'PUT'));
      subscribe('nestjs-cors:decision', listen);
      await repeated(() => preflight(port, '/orders/1', APP, 'PUT'));
    } finally {
      unsubscribe('nestjs-cors:decision', listen);
      await app.close();
    }
    const event = {
      outcome: 'allowed',
      origin: APP,
      method: 'PUT',
      route: '/orders/:id',
      handler: 'OrdersController.update',
      policy: 'forRoot()',
      preflight: true,
    };
    expect(events).toStrictEqual([event, event, event]);
  });

  it('keep their headers from whoever changes the list that writeHead gets', async () => {
    const { app } = await application(platform, { origin: APP });
    const served = app.getHttpAdapter().getInstance() as {
      handle?: (request: IncomingMessage, response: ServerResponse) => void;
      routing?: (request: IncomingMessage, response: ServerResponse) => void;
    };
    const outer = createServer((request, response) => {
      const { writeHead } = response;
      response.writeHead = ((status: number, headers: string[]) => {
        headers.push('x-leak', 'yes');
        return writeHead.call(response, status, headers);
      }) as typeof writeHead;
      (served.routing ?? served.handle)?.call(served, request, response);
    });
    await once(outer.listen(0, '127.0.0.1'), 'listening');
    try {
      const { port } = outer.address() as AddressInfo;
      const ask = () => preflight(port, '/orders/1', APP, 'PUT');
      await repeated(ask);
      const { lines } = await repeated(ask);
      expect(lines.filter(([name]) => name === 'x-leak')).toStrictEqual([['x-leak', 'yes']]);
    } finally {
      outer.close();
      await app.close();
    }
  });
});

describe('repeated preflights', () => {
  it('follow a route that is added to Express while it runs', async () => {
    const { app, port } = await application('express', { origin: APP });
    try {
      const ask = () => preflight(port, '/late/1', APP, 'PUT');
      expect((await repeated(ask)).cors).toStrictEqual(allowed('PUT'));
      app.getHttpAdapter().get('/late/:id', (_request: unknown, response: ServerResponse) => {
        response.end();
      });
      expect((await ask()).cors).toStrictEqual(allowed('GET'));
    } finally {
      await app.close();
    }
  });

  it('are answered without a body, and without Content-Length where there is none by rule', async () => {
    for (const { platform } of PLATFORMS) {
      const { app, port } = await application(platform, { origin: APP });
      try {
        const { status, lines } = await repeated(() => preflight(port, '/orders/1', APP, 'PUT'));
        expect([status, lines.filter(([name]) => /^(content|transfer)-/.test(name))]).toStrictEqual(
          [204, []],
        );
      } finally {
        await app.close();
      }
    }
  });
});
