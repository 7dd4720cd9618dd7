import { Controller, Get, Module } from '@nestjs/common';
import { Cors, CorsConfigError, CorsModule, type CorsOptions, CorsService } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

function application(cors: unknown, override: unknown = {}) {
  @Controller()
  class OrdersController {
    @Get() @Cors(override as object) list() {
      return [];
    }
  }
  @Module({ imports: [CorsModule.forRoot(cors as CorsOptions)], controllers: [OrdersController] })
  class AppModule {}
  return AppModule;
}

describe.each(PLATFORMS)('options on $platform', ({ platform }) => {
  async function reasons(cors: unknown, override?: unknown): Promise<readonly string[]> {
    try {
      const { app } = await startApp(platform, application(cors, override));
      await app.close();
    } catch (error) {
      if (error instanceof CorsConfigError) {
        return error.issues.map(({ path, reason }) => `${path} ${reason}`);
      }
      throw error;
    }
    return [];
  }

  it('stay as they were at boot, although what was given changes and an unrelated update() follows', async () => {
    const origin = [APP];
    const regexp = /^https:\/\/b\.example\.com$/;
    const exposedHeaders = ['etag'];
    const cors = {
      origin: [...origin, regexp],
      credentials: true,
      policies: { partner: { origin } },
    };
    const override = { policy: 'partner', exposedHeaders };
    const { app, port } = await startApp(platform, application(cors, override));
    try {
      origin.push(EVIL);
      cors.origin.push(EVIL);
      regexp.compile('.*');
      exposedHeaders.push('x-secret');
      Object.assign(override, { policy: undefined, origin: EVIL });
      await app.get(CorsService).update({ maxAge: 5 });
      const answers = [
        await send(port, 'GET', '/', { origin: EVIL }),
        await send(port, 'GET', '/none', { origin: EVIL }),
        await preflight(port, '/', EVIL, 'GET'),
        await send(port, 'GET', '/', { origin: APP }),
      ];
      expect(answers.map(({ cors: headers }) => headers)).toEqual([
        { vary: 'Origin' },
        { vary: 'Origin' },
        { vary: 'Origin' },
        {
          'access-control-allow-origin': APP,
          'access-control-allow-credentials': 'true',
          'access-control-expose-headers': 'etag',
          vary: 'Origin',
        },
      ]);
    } finally {
      await app.close();
    }
  });

  it('given to update() stay as they were when it was called', async () => {
    const { app, port } = await startApp(platform, application({ origin: APP }));
    try {
      const origin = [APP, 'https://b.example.com'];
      const service = app.get(CorsService);
      const updated = service.update({ origin });
      origin[1] = EVIL;
      await updated;
      origin.push(EVIL);
      await service.update({ maxAge: 5 });
      const { cors } = await send(port, 'GET', '/', { origin: EVIL });
      expect(cors).toEqual({ vary: 'Origin' });
    } finally {
      await app.close();
    }
  });

  it('by a getter are read once', async () => {
    let reads = 0;
    const cors = {
      get origin() {
        reads += 1;
        return reads === 1 ? [APP] : [EVIL];
      },
    };
    const { app, port } = await startApp(platform, application(cors));
    await app.get(CorsService).update({ maxAge: 5 });
    const { cors: headers } = await send(port, 'GET', '/', { origin: EVIL });
    await app.close();
    expect([headers, reads]).toEqual([{ vary: 'Origin' }, 1]);
  });

  class Settings {
    readonly origin = APP;
    get methods() {
      return ['GET'];
    }
  }
  const settings = new Settings();
  const inherited = Object.assign(Object.create({ maxAge: 0 }), { origin: APP });
  const map = new Map<string, unknown>([['/orders', false]]);
  const proxy = new Proxy({ origin: APP }, {});
  const revoked = Proxy.revocable({ origin: APP }, {});
  revoked.revoke();

  it.each<[string, unknown, string]>([
    ['policies, a Map', { policies: map }, 'forRoot().policies policies-wrong-type'],
    ['policies, a Proxy', { policies: proxy }, 'forRoot().policies policies-wrong-type'],
    [
      'a policy with getters of its class',
      { policies: { a: settings } },
      'forRoot().policies.a policy-wrong-type',
    ],
    [
      'a policy that inherits',
      { policies: { a: inherited } },
      'forRoot().policies.a policy-wrong-type',
    ],
    ['paths, a Map', { paths: map }, 'forRoot().paths paths-wrong-type'],
    [
      'a path that inherits',
      { paths: { '/a': inherited } },
      "forRoot().paths['/a'] path-policy-wrong-type",
    ],
    [
      'reportOnly, an instance',
      { reportOnly: settings },
      'forRoot().reportOnly report-only-wrong-type',
    ],
    [
      'resolver that inherits',
      { resolver: Object.create({ timeout: 80 }) },
      'forRoot().resolver resolver-options-wrong-type',
    ],
    ['origin, a Proxy', { origin: new Proxy([APP], {}) }, 'forRoot().origin origin-wrong-type'],
    ['methods, a Set', { methods: new Set(['GET']) }, 'forRoot().methods methods-wrong-type'],
    [
      'a symbol',
      { [Symbol('credentials')]: true },
      "forRoot()['Symbol(credentials)'] unknown-option",
    ],
  ])('%s: what was dropped in silence is refused', async (_, options, expected) => {
    expect(await reasons({ origin: APP, ...(options as object) })).toEqual([expected]);
  });

  it.each<[string, (value: unknown) => unknown, string]>([
    ['origin', (value) => ({ origin: value }), 'forRoot().origin origin-wrong-type'],
    ['a member', (value) => ({ origin: [APP, value] }), 'forRoot().origin[1] origin-wrong-type'],
    ['methods', (value) => ({ methods: value }), 'forRoot().methods methods-wrong-type'],
    ['a method', (value) => ({ methods: [value] }), 'forRoot().methods[0] method-invalid'],
    [
      'a header',
      (value) => ({ allowedHeaders: [value] }),
      'forRoot().allowedHeaders[0] header-name-invalid',
    ],
    ['maxAge', (value) => ({ maxAge: value }), 'forRoot().maxAge max-age-not-integer'],
    [
      'credentials',
      (value) => ({ credentials: value }),
      'forRoot().credentials credentials-wrong-type',
    ],
    ['policies', (value) => ({ policies: value }), 'forRoot().policies policies-wrong-type'],
    ['a policy', (value) => ({ policies: { a: value } }), 'forRoot().policies.a policy-wrong-type'],
    [
      'origin of a policy',
      (value) => ({ policies: { a: { origin: value } } }),
      'forRoot().policies.a.origin origin-wrong-type',
    ],
    ['paths', (value) => ({ paths: value }), 'forRoot().paths paths-wrong-type'],
    [
      'a path',
      (value) => ({ paths: { '/a': value } }),
      "forRoot().paths['/a'] path-policy-wrong-type",
    ],
    [
      'reportOnly',
      (value) => ({ reportOnly: value }),
      'forRoot().reportOnly report-only-wrong-type',
    ],
    [
      'resolver',
      (value) => ({ resolver: value }),
      'forRoot().resolver resolver-options-wrong-type',
    ],
    [
      'a limit',
      (value) => ({ resolver: { ttl: value } }),
      'forRoot().resolver.ttl resolver-limit-out-of-range',
    ],
    [
      'a switch',
      (value) => ({ rejectDisallowed: value }),
      'forRoot().rejectDisallowed switch-wrong-type',
    ],
    ['unknown', (value) => ({ orign: value }), 'forRoot().orign unknown-option'],
  ])('%s, a Proxy that was revoked, is refused like any other', async (_, options, expected) => {
    for (const target of [{}, [], () => true, class {}, /a/]) {
      const throwing = Proxy.revocable<object>(target, {});
      throwing.revoke();
      const written = { origin: APP, ...(options(throwing.proxy) as object) };
      expect([target, await reasons(written)]).toEqual([target, [expected]]);
    }
  });

  it('that are not enumerable are read', async () => {
    const cors = Object.defineProperty({ origin: APP }, 'methods', { value: 'GET' });
    expect(await reasons(cors)).toEqual(['forRoot().methods methods-string']);
  });

  it.each<[string, unknown]>([
    ['an instance', settings],
    ['one that inherits', inherited],
    ['a Map', map],
    ['a Proxy', proxy],
    ['a Proxy that was revoked', revoked.proxy],
  ])('of @Cors() and update(), %s: refused', async (_, written) => {
    expect(await reasons({ origin: APP }, written)).toEqual([
      '@Cors() on OrdersController.list override-wrong-type',
    ]);
    const { app } = await startApp(platform, application({ origin: APP }));
    const update = app.get(CorsService).update(written as object);
    const error: unknown = await update.catch((thrown: unknown) => thrown);
    await app.close();
    expect(error).toMatchObject({ issues: [{ reason: 'update-wrong-type' }] });
  });

  it('a RegExp whose source changes between reads, or that matches by code of its own, is refused', async () => {
    class Changing extends RegExp {
      reads = 0;
      override get source() {
        this.reads += 1;
        return this.reads < 8 ? '^https:\\/\\/app\\.example\\.com$' : '^.*$';
      }
    }
    const own = Object.assign(/^https:\/\/app\.example\.com$/, { test: () => true });
    for (const regexp of [new Changing('x'), own]) {
      expect(await reasons({ origin: [regexp], credentials: true })).toEqual([
        'forRoot().origin[0] origin-wrong-type',
      ]);
    }
  });
});
