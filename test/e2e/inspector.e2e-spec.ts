import { Controller, Get, Module, Param, Post, type INestApplication } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { Cors, CorsConfigError, CorsModule, CorsService } from 'nestjs-cors';
import { CorsInspector, type CorsInspectorOptions } from 'nestjs-cors/inspector';
import { collectingLogger } from '../support/collecting-logger.js';
import { adapterOf, PLATFORMS, startApp, type Platform } from '../support/platforms.js';
import { callInspector as call, JSON_TYPE, own } from '../support/inspector-calls.js';
import { send } from '../support/send.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

@Controller('orders')
class OrdersController {
  @Get() list() {
    return [];
  }
  @Post() add() {
    return {};
  }
  @Get('public') @Cors({ origin: '*', credentials: false }) open() {
    return {};
  }
  @Get('private') @Cors(false) closed() {
    return {};
  }
  @Get(':id') @Cors({ origin: (origin) => origin === APP, credentials: false }) one(
    @Param('id') id: string,
  ) {
    return { id };
  }
}

/** Turns everybody away: the inspector is none of the application's routes. */
class NobodyGuard {
  canActivate(): boolean {
    return false;
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: '*' })],
  controllers: [OrdersController],
  providers: [{ provide: APP_GUARD, useClass: NobodyGuard }],
})
class AnyOriginModule {}

@Module({
  imports: [CorsModule.forRoot({ origin: [APP, 'https://*.example.net'], credentials: true })],
  controllers: [OrdersController],
})
class AppModule {}

interface Setup {
  readonly module?: typeof AppModule;
  readonly options?: CorsInspectorOptions;
  readonly path?: string;
  readonly before?: (app: INestApplication) => unknown;
  readonly after?: (app: INestApplication) => unknown;
}

/** Starts an application with the inspector. */
function start(
  platform: Platform,
  { module = AppModule, options, path = 'cors', before, after }: Setup = {},
) {
  return startApp(platform, module, {
    configure: async (app) => {
      await before?.(app);
      CorsInspector.setup(path, app, options);
      await after?.(app);
    },
  });
}

const COMMON = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};
const JSON_HEADERS = {
  ...COMMON,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'application/json; charset=utf-8',
};

describe.each(PLATFORMS)('the inspector on $platform', ({ platform }) => {
  describe('in an application that allows any origin and whose guard lets nobody in', () => {
    let app: INestApplication;
    let port: number;
    beforeAll(async () => {
      ({ app, port } = await start(platform, { module: AnyOriginModule }));
    });
    afterAll(() => app.close());

    it('answers its own page, without a CORS header', async () => {
      const host = `127.0.0.1:${port}`;
      const visitors = [
        {},
        { 'sec-fetch-site': 'same-origin', origin: `http://${host}` },
        { 'sec-fetch-site': 'none' },
        { origin: `http://${host}` },
      ];
      for (const headers of visitors) {
        const { status, lines, body } = await call(port, 'refusals', {}, headers);
        expect([status, own(lines)]).toEqual([200, JSON_HEADERS]);
        expect(JSON.parse(body)).toEqual({ refusals: [], limit: 200 });
      }
    });

    it.each([
      ['a foreign origin', { origin: EVIL }],
      ['a page without an origin', { origin: 'null' }],
      ['another site', { 'sec-fetch-site': 'cross-site' }],
      ['another site in a form', { 'sec-fetch-site': 'cross-site', origin: EVIL }],
      ['another host of the site', { 'sec-fetch-site': 'same-site' }],
      ['another port', { origin: 'http://127.0.0.1:1' }],
    ])('answers no call of %s', async (_, headers) => {
      const { status, lines, body } = await call(port, 'application', {}, headers);
      expect([status, own(lines)]).toEqual([403, JSON_HEADERS]);
      expect(JSON.parse(body).message).toMatch(
        /^The request comes from a page of another origin.*: the inspector answers its own page only\. Open it in a tab of its own\.$/,
      );
    });

    it('answers no preflight of another origin', async () => {
      const { status, lines } = await send(port, 'OPTIONS', '/cors/api/application', {
        origin: EVIL,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      });
      expect([status, own(lines)]).toEqual([403, JSON_HEADERS]);
    });

    it.each([
      ['evil.example.org', 403],
      ['evil.example.org:3000', 403],
      ['127.0.0.1.evil.example.org', 403],
      ['localhost.evil.example.org', 403],
      ['0x7f000001', 403],
      ['localhost', 200],
      ['LOCALHOST:3000', 200],
      ['shop.localhost:3000', 200],
      ['127.0.0.1', 200],
      ['192.168.1.7:3000', 200],
      ['[::1]:3000', 200],
      ['[fe80::1]', 200],
    ])('under the host %p responds with %i', async (host, expected) => {
      const page = await call(port, 'refusals', {}, { host });
      expect(page.status).toBe(expected);
    });

    it('names the host that it does not answer for, and the option that allows it', async () => {
      const { body } = await call(port, 'refusals', {}, { host: 'shop.test:3000' });
      expect(JSON.parse(body).message).toBe(
        "`shop.test` is a name that could be anybody's (DNS rebinding): the inspector answers only under loopback names such as `localhost`, IP addresses, and the names that it is given. If it is yours, add it: `CorsInspector.setup(path, app, { hosts: ['shop.test'] })`.",
      );
    });

    it.each([
      ['GET', {}, undefined, 405],
      ['POST', { 'content-type': 'text/plain' }, '{}', 415],
      ['POST', {}, '{}', 415],
      ['POST', JSON_TYPE, '{', 400],
      ['POST', JSON_TYPE, 'x'.repeat(1_000_001), 413],
    ])('refuses a %s with %j', async (method, headers, body, expected) => {
      const path = '/cors/api/refusals';
      const { status, lines } = await send(port, method, path, headers, body);
      expect(status).toBe(expected);
      expect(own(lines)).toMatchObject(JSON_HEADERS);
    });

    it('has no other call, and leaves other paths to the application', async () => {
      expect((await call(port, 'constructor', {})).status).toBe(404);
      for (const path of ['/corsa', '/cors/other', '/things/cors', '/CORS']) {
        const { cors } = await send(port, 'GET', path, { origin: EVIL });
        expect([path, cors]).toEqual([path, { 'access-control-allow-origin': '*' }]);
      }
    });
  });

  it('answers under the names of `hosts`', async () => {
    const { app, port } = await start(platform, { options: { hosts: ['Shop.test'] } });
    try {
      const hosts = ['shop.test', 'SHOP.TEST:3000', 'shop.test.evil.example', 'api.shop.test'];
      const answers = await Promise.all(hosts.map((host) => call(port, 'refusals', {}, { host })));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 403, 403]);
    } finally {
      await app.close();
    }
  });

  it('is none of the routes, and warns of nothing', async () => {
    const warnings: string[] = [];
    const options = { logger: collectingLogger('warn', warnings) };
    const without = await startApp(platform, AppModule, options);
    const expected = without.app.get(CorsService).policy();
    await without.app.close();
    const { app, port } = await startApp(platform, AppModule, {
      ...options,
      configure: (created) => CorsInspector.setup('cors', created),
    });
    try {
      const { status, body } = await call(port, 'application', {});
      expect(status).toBe(200);
      expect(JSON.parse(body)).toEqual({
        policy: expected,
        address: `http://127.0.0.1:${port}`,
        path: '/cors',
      });
      expect(app.get(CorsService).policy()).toEqual(expected);
      expect(app.get(CorsService).describeRoutes()).not.toContain('/cors');
      expect(warnings).toEqual([]);
    } finally {
      await app.close();
    }
  });

  describe('of an application', () => {
    let app: INestApplication;
    let port: number;
    beforeAll(async () => {
      ({ app, port } = await start(platform));
    });
    afterAll(() => app.close());

    const ask = async (name: string, question: object) => {
      const { status, body } = await call(port, name, question);
      return { status, ...JSON.parse(body) };
    };

    it.each([
      [APP, 'credentials', 'allowed', 'run-time'],
      ['https://shop.example.net', 'credentials', 'allowed', 'run-time'],
      [EVIL, 'refused', 'allowed', 'run-time'],
      ['https://app.example', 'refused', 'allowed', 'run-time'],
      ['', 'refused', 'allowed', 'run-time'],
    ])('says what each policy says of %p', async (origin, global, any, decided) => {
      const { policy } = await ask('application', {});
      const { states } = await ask('origin', { origin });
      const names = Object.keys(policy.policies);
      expect(Object.fromEntries(names.map((name, index) => [name, states[index]]))).toEqual({
        'forRoot()': global,
        '@Cors() on OrdersController.open': any,
        '@Cors() on OrdersController.one': decided,
      });
    });

    it('follows an update', async () => {
      const { app: updated, port: its } = await start(platform);
      try {
        const states = async () => {
          const { body } = await call(its, 'origin', { origin: EVIL });
          return JSON.parse(body).states[0];
        };
        const before = await states();
        await updated.get(CorsService).update({ origin: EVIL });
        expect([before, await states()]).toEqual(['refused', 'credentials']);
      } finally {
        await updated.close();
      }
    });

    it('explains a request as explain() does', async () => {
      const question = { origin: EVIL, method: 'PUT', url: '/orders/1', headers: { 'x-a': '1' } };
      const { policy: _, ...expected } = await app.get(CorsService).explain(question);
      expect(await ask('explain', question)).toEqual({
        status: 200,
        ...JSON.parse(JSON.stringify(expected)),
      });
    });

    it.each([
      ['explain', { origin: 'app.example.com', url: '/' }, '`origin` to be an origin'],
      ['explain', { origin: APP, url: 'http://:x' }, '`url` to be a path, or an http'],
      ['explain', { origin: APP }, '`url` to be a text'],
      ['explain', [], 'the question to be an object'],
      ['origin', {}, '`origin` to be a text'],
      ['send', { request: null }, 'request to be an object'],
      [
        'send',
        { request: { url: 'file:///etc/passwd', origin: APP, method: 'GET' } },
        '`url` to be',
      ],
      ['send', { request: { url: '/', origin: APP, method: 'G T' } }, '`method` to be a method'],
      [
        'send',
        { request: { url: '/', origin: APP, method: 'GET', browser: 'lynx' } },
        '`browser` to be one of chromium, firefox, safari',
      ],
    ])('says what is wrong with a question of %s: %j', async (name, question, expected) => {
      const { status, message } = await ask(name, question);
      expect([status, message]).toEqual([400, expect.stringContaining(expected)]);
    });
  });

  it.each([
    ['before init()', '/cors', '/orders', {}],
    ['after init()', '/cors', '/orders', { before: (app) => app.init() }],
    ['with slashes', '/cors', '/orders', { path: '/cors/' }],
    ['in a folder', '/dev/cors', '/orders', { path: 'dev/cors' }],
    [
      'beside a global prefix',
      '/cors',
      '/v1/orders',
      { before: (app) => app.setGlobalPrefix('v1') },
    ],
    [
      'below the global prefix',
      '/v1/cors',
      '/v1/orders',
      { options: { useGlobalPrefix: true }, after: (app) => app.setGlobalPrefix('v1') },
    ],
    ['with versions', '/cors', '/orders', { before: (app) => app.enableVersioning() }],
  ] satisfies [string, string, string, Setup][])(
    'answers where it is set up %s',
    async (_, base, orders, setup) => {
      const { app, port } = await start(platform, setup);
      try {
        const answers = await Promise.all([
          call(port, 'refusals', {}, {}, base),
          call(port, 'refusals', {}, {}, '/elsewhere'),
          send(port, 'GET', orders),
        ]);
        expect(answers.map(({ status }) => status)).toEqual([200, 404, 200]);
      } finally {
        await app.close();
      }
    },
  );

  it.each([
    [
      'in production',
      'production',
      ['cors', {}],
      "Expected `NODE_ENV` to be anything but `production` where `CorsInspector.setup()` is called, got `'production'` (string). The inspector shows every route with its policy. Call it in development only, as in `if (process.env.NODE_ENV !== 'production')`, or write `{ dangerouslyAllowInProduction: true }` and put a login in front of it.",
      'inspector-in-production',
    ],
    [
      'without a path',
      'test',
      ['/', {}],
      "Expected `path` to be a path of letters, digits, `-`, `_`, `.` and `~`, got `'/'` (string). Write for example `CorsInspector.setup('cors', app)`.",
      'inspector-path-invalid',
    ],
    [
      'above its path',
      'test',
      ['a/../b', {}],
      "Expected `path` to be a path of letters, digits, `-`, `_`, `.` and `~`, got `'a/../b'` (string). Write for example `CorsInspector.setup('cors', app)`.",
      'inspector-path-invalid',
    ],
    [
      'with an origin for a host',
      'test',
      ['cors', { hosts: ['shop.test', 'http://shop.test:3000'] }],
      "Expected `hosts[1]` to be the name of a host, got `'http://shop.test:3000'` (string). Write `hosts: ['shop.test']`: names without scheme, port or wildcard.",
      'inspector-hosts-invalid',
    ],
    [
      'with a text for hosts',
      'test',
      ['cors', { hosts: 'shop.test' }],
      "Expected `hosts` to be a list of host names, got `'shop.test'` (string). Write `hosts: ['shop.test']`: names without scheme, port or wildcard.",
      'inspector-hosts-invalid',
    ],
    [
      'with a switch that is a text',
      'test',
      ['cors', { dangerouslyAllowInProduction: 'yes' }],
      "Expected `dangerouslyAllowInProduction` to be `true` or `false`, got `'yes'` (string). Write one of them, or leave it out.",
      'switch-wrong-type',
    ],
    [
      'with an option that it does not have',
      'test',
      ['cors', { host: [] }],
      'Expected options that exist, got `host`. Did you mean `hosts`?',
      'unknown-option',
    ],
    [
      'with something other than options',
      'test',
      ['cors', null],
      "Expected `options` to be a plain object, got `null`. Write for example `CorsInspector.setup('cors', app, { hosts: ['shop.test'] })`.",
      'options-wrong-type',
    ],
  ])('is refused %s', async (_, environment, [path, options], message, reason) => {
    const app = await NestFactory.create(AppModule, adapterOf(platform), { logger: false });
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = environment;
    try {
      const setup = () => CorsInspector.setup(path as string, app, options as CorsInspectorOptions);
      expect(catchIssues(setup)).toMatchObject([{ reason, message }]);
    } finally {
      process.env['NODE_ENV'] = before;
      await app.close();
    }
  });

  it('is there in production where that is allowed', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      const { app, port } = await start(platform, {
        options: { dangerouslyAllowInProduction: true },
      });
      // Nothing is logged there, and nothing hidden from the inspector.
      await send(port, 'GET', '/orders', { origin: EVIL });
      const { status, body } = await call(port, 'refusals', {});
      await app.close();
      expect([status, JSON.parse(body).refusals.length]).toEqual([200, 1]);
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });

  it('is refused in an application without CorsModule', async () => {
    @Module({})
    class EmptyModule {}
    const app = await NestFactory.create(EmptyModule, adapterOf(platform), { logger: false });
    try {
      expect(() => CorsInspector.setup('cors', app)).toThrow(
        'Expected `CorsModule` in the application, found none. Import `CorsModule.forRoot({ origin: … })` in the root module.',
      );
    } finally {
      await app.close();
    }
  });
});

function catchIssues(run: () => void): CorsConfigError['issues'] {
  try {
    run();
  } catch (error) {
    if (error instanceof CorsConfigError) return error.issues;
    throw error;
  }
  return [];
}
