import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Controller, Get, Module, Put, type Type } from '@nestjs/common';
import {
  Cors,
  CorsModule,
  type CorsOptions,
  type CorsOverride,
  type CorsReportOnlyEvent,
  CorsService,
} from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';
const ANY = 'https://*.example.com';

function application(options: Partial<CorsOptions> = {}, own: unknown = {}): Type {
  @Controller('orders')
  @Cors({ reportOnly: { origin: APP } })
  class OrdersController {
    @Get() list() {}
    @Get('own') @Cors({ origin: ANY }) own() {}
    @Get('again') @Cors({ reportOnly: { origin: SHOP } }) again() {}
  }

  @Controller('other')
  class OtherController {
    @Get() @Cors(own as CorsOverride) list() {}
    @Get('partner') @Cors('partner') partner() {}
    @Put('put') @Cors({ policy: 'partner', reportOnly: { allowedHeaders: ['x-id'] } }) put() {}
    @Get('hidden') @Cors({ policy: 'partner', origin: ANY }) hidden() {}
  }

  @Module({
    imports: [
      CorsModule.forRoot({
        origin: ANY,
        diagnostics: false,
        policies: { partner: { reportOnly: { origin: /^https:\/\/shop\.example\.com$/ } } },
        paths: { '/files/*': 'partner', '/open/*': { reportOnly: { origin: '*' } } },
        ...options,
      }),
    ],
    controllers: [OrdersController, OtherController],
  })
  class AppModule {}
  return AppModule;
}

describe.each(PLATFORMS)('reportOnly of routes, paths and named policies, on $platform', (row) => {
  const { platform } = row;
  const events: CorsReportOnlyEvent[] = [];
  const record = (event: unknown) => void events.push(event as CorsReportOnlyEvent);
  beforeEach(() => {
    events.length = 0;
    subscribe('nestjs-cors:report-only', record);
  });
  afterEach(() => unsubscribe('nestjs-cors:report-only', record));

  /** What would become of a request from each of two origins. */
  async function becomes(port: number, path: string): Promise<string[]> {
    const changes: string[] = [];
    for (const origin of [APP, SHOP]) {
      for (const isPreflight of [false, true]) {
        events.length = 0;
        const answer = isPreflight
          ? await preflight(port, path, origin, 'GET')
          : await send(port, 'GET', path, { origin });
        // No header changes.
        expect(answer.cors).toMatchObject({
          'access-control-allow-origin': origin,
          vary: 'Origin',
        });
        for (const { live, candidate } of events) {
          const kind = isPreflight ? 'preflight' : 'request';
          changes.push(`${kind} from ${origin}: ${live.outcome} → ${candidate.outcome}`);
        }
      }
    }
    return changes;
  }

  const refused = (origin: string) => [
    `request from ${origin}: allowed → origin-not-allowed`,
    `preflight from ${origin}: allowed → origin-not-allowed`,
  ];

  it('reports where it is written, and nowhere else', async () => {
    const { app, port } = await startApp(platform, application());
    try {
      expect({
        ofTheClass: await becomes(port, '/orders'),
        ofTheClassHiddenByTheMethod: await becomes(port, '/orders/own'),
        ofTheMethod: await becomes(port, '/orders/again'),
        ofNobody: await becomes(port, '/other'),
        ofTheNamedPolicy: await becomes(port, '/other/partner'),
        ofTheNamedPolicyHidden: await becomes(port, '/other/hidden'),
        ofTheNamedPolicyAtAPath: await becomes(port, '/files/a'),
        whereNothingServes: await becomes(port, '/nowhere'),
      }).toEqual({
        ofTheClass: refused(SHOP),
        ofTheClassHiddenByTheMethod: [],
        ofTheMethod: refused(APP),
        ofNobody: [],
        ofTheNamedPolicy: refused(APP),
        ofTheNamedPolicyHidden: [],
        ofTheNamedPolicyAtAPath: refused(APP),
        whereNothingServes: [],
      });
      const wider = await becomes(port, '/open/a');
      expect(wider).toHaveLength(4);
      expect(new Set(wider.map((change) => change.split(': ')[1]))).toEqual(
        new Set(['allowed → allowed']),
      );
      // Of a policy and of the place that names it.
      await preflight(port, '/other/put', SHOP, 'PUT', 'x-other');
      expect(events.map(({ candidate }) => candidate.outcome).at(-1)).toBe('header-not-allowed');
    } finally {
      await app.close();
    }
  });

  it('lies over the global one, and an update leaves it in place', async () => {
    const { app, port } = await startApp(platform, application({ reportOnly: { origin: SHOP } }));
    try {
      expect({
        ofAll: await becomes(port, '/other'),
        ofTheClass: await becomes(port, '/orders'),
      }).toEqual({ ofAll: refused(APP), ofTheClass: refused(SHOP) });
      await app.get(CorsService).update('partner', { maxAge: 5 });
      expect(await becomes(port, '/other/partner')).toEqual(refused(APP));
    } finally {
      await app.close();
    }
  });

  it('asks no function twice where there is no candidate', async () => {
    const asked: string[] = [];
    const origin = (from: string) => asked.push(from) > 0;
    const { app, port } = await startApp(platform, application({}, { origin }));
    try {
      await send(port, 'GET', '/other', { origin: APP });
      await preflight(port, '/other', SHOP, 'GET');
      expect(asked).toEqual([APP, SHOP]);
    } finally {
      await app.close();
    }
  });

  it.each<[string, Partial<CorsOptions>, unknown, string]>([
    [
      'no options',
      {},
      { reportOnly: true },
      '@Cors() on OtherController.list: reportOnly report-only-wrong-type',
    ],
    [
      'a candidate of its own',
      {},
      { reportOnly: { origin: APP, reportOnly: {} } },
      '@Cors() on OtherController.list: reportOnly: reportOnly misplaced-option',
    ],
    [
      'a list of origins that is wrong',
      {},
      { reportOnly: { origin: 'https://app.example.com/' } },
      '@Cors() on OtherController.list: reportOnly: origin origin-trailing-slash',
    ],
    [
      'what is dangerous together',
      { credentials: true },
      { reportOnly: { origin: '*' } },
      '@Cors() on OtherController.list: reportOnly: origin wildcard-origin-with-credentials',
    ],
    [
      'no policy beside it',
      {},
      { passThrough: true, reportOnly: {} },
      '@Cors() on OtherController.list: passThrough pass-through-with-options',
    ],
    [
      'a candidate of a policy that nobody names',
      { policies: { partner: {}, unused: { credentials: true, reportOnly: { origin: '*' } } } },
      {},
      'forRoot().policies.unused.reportOnly.origin wildcard-origin-with-credentials',
    ],
  ])('refuses at boot: %s', async (_, options, own, issue) => {
    const paths = {};
    const booting = startApp(platform, application({ paths, ...options }, own));
    const error = await booting.then(
      async ({ app }) => app.close(),
      (refusal: unknown) => refusal as { issues: { path: string; reason: string }[] },
    );
    expect(error?.issues.map(({ path, reason }) => `${path} ${reason}`)).toContain(issue);
  });

  it('is refused in an update', async () => {
    const { app } = await startApp(platform, application());
    try {
      const update = { maxAge: 5, reportOnly: { origin: APP } };
      await expect(app.get(CorsService).update('partner', update)).rejects.toThrow(
        'Expected `reportOnly` to be in `forRoot()`, a named policy or `@Cors()` only',
      );
    } finally {
      await app.close();
    }
  });
});
