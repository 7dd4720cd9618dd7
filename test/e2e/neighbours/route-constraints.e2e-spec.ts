import { connect } from 'node:http2';
import { once } from 'node:events';
import {
  Controller,
  Delete,
  Get,
  Module,
  Put,
  type INestApplication,
  type Type,
  Version,
  VersioningType,
} from '@nestjs/common';
import { FastifyAdapter, RouteConstraints } from '@nestjs/platform-fastify';
import { fastify, type FastifyInstance } from 'fastify';
import { Cors, CorsModule, CorsService } from 'nestjs-cors';
import { collectingLogger } from '../../support/collecting-logger.js';
import { policyOf, policyOfPath } from '../../support/policy-of-path.js';
import { preflight, send } from '../../support/send.js';
import { startOn } from '../../support/start-on.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';
const TWO = 'https://two.example.com';
const ALL = [GLOBAL, ONE, TWO];

function moduleOf(...controllers: Type[]): Type {
  @Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers })
  class ConstrainedModule {}
  return ConstrainedModule;
}

@Controller('items')
@Cors({ origin: ONE })
class PublicController {
  @Put() @RouteConstraints({ host: 'public.test' }) put() {
    return {};
  }
}

@Controller('items')
@Cors({ origin: TWO })
class AdminController {
  @Put() @RouteConstraints({ host: /^admin\.test(:\d+)?$/ }) put() {
    return {};
  }
}

describe.each([
  ['in one order', [PublicController, AdminController], false],
  ['in the other', [AdminController, PublicController], false],
  // A hook of the application's own: then no preflight is answered in front of Fastify.
  ['and seen by the request hook', [PublicController, AdminController], true],
])('host constraints of Fastify, registered %s', (_, controllers, isWatched) => {
  let app: INestApplication;
  let port: number;
  let atBoot: readonly string[] = [];

  beforeAll(async () => {
    const warnings: string[] = [];
    const instance = fastify();
    if (isWatched) instance.addHook('onResponse', (_request, _reply, done) => done());
    const adapter = new FastifyAdapter(instance as never);
    ({ app, port } = await startOn(adapter, moduleOf(...controllers), {
      logger: collectingLogger('warn', warnings),
    }));
    atBoot = [...warnings];
  });
  afterAll(() => app.close());

  it.each([
    ['public.test', policyOf(ONE)],
    ['admin.test', policyOf(TWO)],
    ['admin.test:8080', policyOf(TWO)],
    // Fastify compares the header as it is.
    ['public.test:8080', policyOf(GLOBAL, 404)],
    ['PUBLIC.test', policyOf(GLOBAL, 404)],
    ['other.test', policyOf(GLOBAL, 404)],
  ])('a preflight at %s has the policy of the route of that host alone', async (host, policy) => {
    expect(await policyOfPath(port, 'PUT', '/items', ALL, { host })).toEqual(policy);
  });

  it('explains by the host of the URL', async () => {
    const cors = app.get(CorsService);
    const at = (host: string) =>
      cors.explain({ origin: TWO, method: 'PUT', url: `https://${host}/items` });
    expect([(await at('admin.test')).verdict, (await at('public.test')).verdict]).toEqual([
      'allowed',
      'blocked',
    ]);
  });

  it('needs no warning', () => {
    expect(atBoot).toEqual([]);
  });
});

it('reads the host of HTTP/2, :authority, for host constraints', async () => {
  const { app, port } = await startOn(
    new FastifyAdapter({ http2: true }),
    moduleOf(PublicController, AdminController),
  );
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    const statuses = [];
    for (const [authority, origin] of [
      ['admin.test', TWO],
      ['admin.test', ONE],
      ['public.test', ONE],
    ]) {
      const stream = session.request({
        ':method': 'OPTIONS',
        ':path': '/items',
        ':authority': authority,
        origin,
        'access-control-request-method': 'PUT',
      });
      const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
      stream.resume().end();
      statuses.push(headers[':status']);
    }
    expect(statuses).toEqual([204, 403, 204]);
  } finally {
    session.close();
    await app.close();
  }
});

/** A constraint of the application's own: nothing that a preflight carries. */
const SECRET = {
  name: 'secret',
  storage: () => {
    const handlers = new Map<unknown, never>();
    return {
      get: (key: unknown) => handlers.get(key) ?? null,
      set: (key: unknown, handler: never) => void handlers.set(key, handler),
    };
  },
  deriveConstraint: (request: { headers: Record<string, unknown> }) => request.headers['x-secret'],
};

function withSecret(): FastifyAdapter {
  return new FastifyAdapter(
    fastify({ routerOptions: { constraints: { secret: SECRET as never } } }) as never,
  );
}

const preflights = async (port: number, path: string, host?: string) => {
  const allowed = [];
  for (const origin of ALL) {
    const { status } = await send(port, 'OPTIONS', path, {
      origin,
      'access-control-request-method': 'GET',
      ...(host !== undefined && { host }),
    });
    if (status === 204) allowed.push(origin);
  }
  return allowed;
};

describe('constraints that no preflight shows', () => {
  @Controller('cats')
  class CatsController {
    @Get() @RouteConstraints({ secret: 'a' }) @Cors({ origin: ONE }) one() {
      return {};
    }
    @Get() @Cors({ origin: TWO }) two() {
      return {};
    }
    @Get('both') @RouteConstraints({ secret: 'a' }) @Version('1') @Cors({ origin: ONE }) both() {
      return {};
    }
    @Get('both') @RouteConstraints({ host: 'cats.test' }) @Cors({ origin: TWO }) host() {
      return {};
    }
    @Get('same') @RouteConstraints({ secret: 'a' }) same() {
      return {};
    }
    @Get('same') again() {
      return {};
    }
  }

  let app: INestApplication;
  let port: number;
  let atBoot: readonly string[] = [];

  beforeAll(async () => {
    const warnings: string[] = [];
    ({ app, port } = await startOn(withSecret(), moduleOf(CatsController), {
      logger: collectingLogger('warn', warnings),
      configure: (created) =>
        created.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' }),
    }));
    atBoot = [...warnings];
  });
  afterAll(() => app.close());

  it('the preflight allows what any candidate allows, and no more', async () => {
    expect(await preflights(port, '/cats')).toEqual([ONE, TWO]);
  });

  it.each([
    ['a', ONE],
    ['b', TWO],
    [undefined, TWO],
  ])('the request with x-secret %s has the policy of its handler', async (secret, allowed) => {
    const answers = [];
    for (const origin of ALL) {
      const { cors } = await send(port, 'GET', '/cats', {
        origin,
        ...(secret !== undefined && { 'x-secret': secret }),
      });
      answers.push(cors['access-control-allow-origin']);
    }
    expect(answers).toEqual(ALL.map((origin) => (origin === allowed ? origin : undefined)));
  });

  it('a route with more constraints stays a candidate beside one whose host matches', async () => {
    expect(await preflights(port, '/cats/both', 'cats.test')).toEqual([ONE, TWO]);
    expect(await preflights(port, '/cats/both', 'dogs.test')).toEqual([ONE]);
  });

  it('the boot names the routes whose policies differ, and only those', () => {
    expect(atBoot).toEqual([
      'GET /cats is served by CatsController.one and CatsController.two, depending on the constraint `secret`, which a preflight does not show: the preflight allows whatever any of them allows, and the policy of the handler that runs is final. Give them the same @Cors(), or tell them apart by path or host.',
    ]);
  });
});

it("a `host` strategy of the application's own is not evaluated by Fastify's rules", async () => {
  const own = { ...SECRET, name: 'host' };
  const adapter = new FastifyAdapter(
    fastify({ routerOptions: { constraints: { host: own as never } } }) as never,
  );
  const { app, port } = await startOn(adapter, moduleOf(PublicController));
  try {
    expect((await preflight(port, '/items', ONE, 'PUT')).status).toBe(204);
  } finally {
    await app.close();
  }
});

describe('a plugin that wraps every handler in an onRoute hook', () => {
  @Controller('orders')
  class OrdersController {
    @Get(':id') one() {
      return {};
    }
    @Delete(':id') @Cors(false) remove() {
      return {};
    }
    @Put(':id') @Cors({ origin: ONE }) replace() {
      return {};
    }
  }

  type Handler = (this: unknown, request: { headers: { host: string } }, reply: unknown) => unknown;

  it('is never called for a preflight, nor changes what it says', async () => {
    const instance = fastify();
    let calls = 0;
    instance.addHook('onRoute', (route) => {
      const own = route.handler as Handler;
      const wrapped: Handler = async function (request, reply) {
        calls += 1;
        // It would reject with half a request, and nobody would catch that.
        void request.headers.host;
        await Promise.resolve();
        return own.call(this, request, reply);
      };
      route.handler = wrapped as never;
    });
    const { app, port } = await startOn(
      new FastifyAdapter(instance as never),
      moduleOf(OrdersController),
    );
    try {
      const answers = [];
      for (const method of ['GET', 'DELETE', 'PUT']) {
        for (const origin of [GLOBAL, ONE]) {
          const { status, cors } = await preflight(port, '/orders/1', origin, method);
          answers.push([method, status, cors['access-control-allow-origin']]);
        }
      }
      expect(answers).toEqual([
        ['GET', 204, GLOBAL],
        ['GET', 403, undefined],
        ['DELETE', 403, undefined],
        ['DELETE', 403, undefined],
        ['PUT', 403, undefined],
        ['PUT', 204, ONE],
      ]);
      expect(calls).toBe(0);
      expect((await send(port, 'GET', '/orders/1', { origin: GLOBAL })).status).toBe(200);
      expect(calls).toBe(1);
    } finally {
      await app.close();
    }
  });
});

it('a plugin that replaces the config of each route: what its hooks answer has the policy of the route', async () => {
  @Controller('orders')
  class OrdersController {
    @Get('closed') @Cors(false) closed() {
      return {};
    }
    @Get(':id') @Cors({ origin: ONE }) one() {
      return {};
    }
  }
  const cases = [];
  for (const rejectDisallowed of [false, true]) {
    const module = {
      module: class ReplacedModule {},
      imports: [CorsModule.forRoot({ origin: GLOBAL, rejectDisallowed })],
      controllers: [OrdersController],
    };
    const { app, port } = await startOn(new FastifyAdapter(), module, {
      configure: (created) => {
        const instance = created.getHttpAdapter().getInstance() as FastifyInstance;
        instance.addHook('onRoute', (route) => {
          route.config = {};
        });
        instance.addHook('preHandler', async (request, reply) => {
          if (request.headers['x-stop'] !== undefined) await reply.code(401).send('stop');
        });
      },
    });
    try {
      for (const path of ['/orders/closed', '/orders/1', '/none']) {
        for (const origin of [GLOBAL, ONE]) {
          const { status, cors } = await send(port, 'GET', path, { origin, 'x-stop': '1' });
          cases.push([path, status, cors['access-control-allow-origin'], cors['vary']]);
        }
      }
    } finally {
      await app.close();
    }
  }
  expect(cases).toEqual([
    ['/orders/closed', 401, undefined, undefined],
    ['/orders/closed', 401, undefined, undefined],
    ['/orders/1', 401, undefined, 'Origin'],
    ['/orders/1', 401, ONE, 'Origin'],
    ['/none', 401, GLOBAL, 'Origin'],
    ['/none', 401, undefined, 'Origin'],
    ['/orders/closed', 401, undefined, undefined],
    ['/orders/closed', 401, undefined, undefined],
    ['/orders/1', 403, undefined, 'Origin'],
    ['/orders/1', 401, ONE, 'Origin'],
    ['/none', 401, GLOBAL, 'Origin'],
    ['/none', 403, undefined, 'Origin'],
  ]);
});
