import { Controller, Get, Module, Put, type INestApplication } from '@nestjs/common';
import { Cors, CorsModule, CorsService } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

@Controller('orders')
@Cors({ exposedHeaders: ['etag'] })
class OrdersController {
  @Get('secret') @Cors(false) secret() {
    return {};
  }
  @Get(':id') one() {
    return {};
  }
  @Put(':id') @Cors({ policy: 'short', allowedHeaders: ['x-token'] }) update() {
    return {};
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      origin: APP,
      credentials: true,
      policies: { short: { maxAge: 5 } },
      paths: { '/files/*': 'short', '/legacy/*': false },
    }),
  ],
  controllers: [OrdersController],
})
class AppModule {}

describe.each(PLATFORMS)('CorsService on $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;
  let cors: CorsService;

  beforeAll(async () => {
    ({ app, port } = await startApp(platform, AppModule));
    cors = app.get(CorsService);
  });
  afterAll(() => app.close());

  it('explains what is allowed, and where each option comes from', async () => {
    const explained = await cors.explain({
      origin: APP,
      method: 'PUT',
      url: '/orders/7?x=1',
      headers: { 'x-token': '1' },
      credentials: true,
    });
    expect(explained).toEqual({
      route: 'PUT /orders/:id → OrdersController.update',
      otherCandidates: [],
      policy: {
        origin: { value: APP, from: 'forRoot()' },
        credentials: { value: true, from: 'forRoot()' },
        exposedHeaders: { value: ['etag'], from: '@Cors() on OrdersController' },
        allowedHeaders: { value: ['x-token'], from: '@Cors() on OrdersController.update' },
        maxAge: { value: 5, from: 'forRoot().policies.short' },
        methods: { value: 'the methods mapped at the path', from: 'default' },
        timingAllowOrigin: { value: false, from: 'default' },
      },
      verdict: 'allowed',
      outcome: 'allowed',
      preflight: {
        status: 204,
        headers: {
          'Access-Control-Allow-Origin': APP,
          Vary: 'Origin',
          'Access-Control-Allow-Credentials': 'true',
          'Access-Control-Allow-Methods': 'PUT',
          'Access-Control-Allow-Headers': 'x-token',
          'Access-Control-Max-Age': '5',
        },
      },
      headers: {
        'Access-Control-Allow-Origin': APP,
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Expose-Headers': 'etag',
        Vary: 'Origin',
      },
      message: null,
      fix: null,
      findings: [],
    });
  });

  it.each<[string, object, object]>([
    [
      'an origin that is not listed',
      { origin: EVIL, url: '/orders/7' },
      { verdict: 'blocked', outcome: 'origin-not-allowed', kind: 'allow-origin' },
    ],
    [
      'a header that is not listed',
      { origin: APP, method: 'PUT', url: '/orders/7', headers: { 'x-other': '1' } },
      { verdict: 'blocked', outcome: 'header-not-allowed', kind: 'allow-headers' },
    ],
    [
      'a method that is not mapped',
      { origin: APP, method: 'DELETE', url: '/orders/7' },
      { verdict: 'blocked', outcome: 'method-not-allowed', kind: 'allow-method' },
    ],
    [
      'CORS switched off',
      { origin: APP, url: '/orders/secret' },
      { verdict: 'blocked', outcome: 'cors-disabled', kind: 'allow-origin' },
    ],
  ])('explains %s', async (_, question, expected) => {
    const { verdict, outcome, fix, message } = await cors.explain(question as never);
    expect({ verdict, outcome, kind: fix?.kind }).toEqual(expected);
    expect(message).toContain('has been blocked by CORS policy');
  });

  it('says where CORS was switched off', async () => {
    const { fix } = await cors.explain({ origin: APP, url: '/orders/secret' });
    expect(fix?.sentence).toBe(
      '`@Cors(false)` switches CORS off for OrdersController.secret. Remove it, or write `@Cors()` on the handler to start again from the global policy.',
    );
  });

  it('explains the policy that `paths` sets', async () => {
    const files = await cors.explain({ origin: APP, url: '/files/a' });
    const legacy = await cors.explain({ origin: APP, url: '/legacy/a' });
    expect([
      files.route,
      typeof files.policy === 'object' && files.policy['maxAge'],
      files.outcome,
    ]).toEqual([null, { value: 5, from: 'forRoot().policies.short' }, 'allowed']);
    expect([legacy.policy, legacy.outcome, legacy.fix?.sentence]).toEqual([
      false,
      'cors-disabled',
      '`false` in `paths` leaves CORS to whatever responds there. Make that send the headers, or write a policy in `paths`.',
    ]);
  });

  it('agrees with the response on the wire', async () => {
    for (const origin of [APP, EVIL]) {
      const { preflight: explained, headers } = await cors.explain({
        origin,
        method: 'PUT',
        url: '/orders/7',
      });
      const before = await preflight(port, '/orders/7', origin, 'PUT');
      const actual = await send(port, 'PUT', '/orders/7', { origin });
      const lower = (record: object) =>
        Object.fromEntries(
          Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]),
        );
      expect([explained?.status, lower(explained?.headers ?? {})]).toMatchObject([
        before.status,
        before.cors,
      ]);
      if (origin === APP) expect(lower(headers)).toEqual(actual.cors);
    }
  });

  it('lists the routes as data and as a table', () => {
    const routes = cors.routes();
    expect(
      routes.map(({ method, path, handler, policy }) => [method, path, handler, policy === false]),
    ).toEqual([
      ['GET', '/orders/secret', 'OrdersController.secret', true],
      ['GET', '/orders/:id', 'OrdersController.one', false],
      ['PUT', '/orders/:id', 'OrdersController.update', false],
    ]);
    expect(cors.describeRoutes()).toBe(
      [
        'Method  Path            Handler                  Origin                   Credentials  From',
        'GET     /orders/secret  OrdersController.secret  CORS is off              -            -',
        'GET     /orders/:id     OrdersController.one     https://app.example.com  yes          forRoot(), @Cors() on OrdersController',
        'PUT     /orders/:id     OrdersController.update  https://app.example.com  yes          forRoot(), @Cors() on OrdersController.update, @Cors() on OrdersController, forRoot().policies.short',
      ].join('\n'),
    );
  });
});
