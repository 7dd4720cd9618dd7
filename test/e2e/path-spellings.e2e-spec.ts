import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Controller, Get, type DynamicModule, type INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  Cors,
  type CorsDecisionEvent,
  CorsModule,
  type CorsOptions,
  type CorsReportOnlyEvent,
  CorsService,
} from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';
import { startOn } from '../support/start-on.js';
import { FILE_SERVERS, StaticFiles } from '../support/static-files.js';

const APP = 'https://app.example.com';
const PARTNER = 'https://partner.example.net';
const ADMIN = 'https://admin.example.com';
const PAGES = [APP, PARTNER, ADMIN];

@Controller('orders')
class OrdersController {
  @Get(':id') @Cors({ origin: PARTNER }) one() {
    return {};
  }
}

const application = (options: Partial<CorsOptions> = {}): DynamicModule => ({
  module: class AppModule {},
  imports: [
    CorsModule.forRoot({
      origin: APP,
      credentials: true,
      diagnostics: false,
      paths: {
        '/public/*': { origin: PARTNER },
        '/private/*': { origin: ADMIN },
        '/private/common/*': { origin: PARTNER },
        '/@team/*': { origin: ADMIN },
        '/graphql': { origin: ADMIN },
        '/legacy/*': false,
      },
      ...options,
    }),
  ],
  controllers: [OrdersController],
});

const allowed = (origin: string) => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  vary: 'Origin',
});
const NOBODY = { vary: 'Origin' };

describe.each(FILE_SERVERS)('spellings of paths on $platform, $server', ({ platform, serve }) => {
  const files = new StaticFiles(['public/a.txt', 'private/a.txt', '@team/a.txt', 'graphql']);
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startApp(platform, application(), {
      configure: (created) => serve(created, files.root),
    }));
  });
  afterAll(async () => {
    await app.close();
    files.remove();
  });

  it.each([
    ['an encoded slash behind dots', '/public/..%2Fprivate/a.txt'],
    ['an encoded slash', '/private%2Fa.txt'],
    ['an encoded character that need not be', '/%40team/a.txt'],
    ['an encoded letter', '/priv%61te/a.txt'],
    ['encoded dots', '/public/%2e%2e/private/a.txt'],
    ['dots', '/public/../private/a.txt'],
    ['a backslash', '/public/..\\private\\a.txt'],
    ['a twice-encoded slash', '/private%252Fa.txt'],
    ['a semicolon', '/graphql;a=b'],
    ['an encoded question mark', '/graphql%3F'],
    ['what may be a host name', '//public/private/a.txt'],
    ['a path that leads to what `false` leaves to others', '/public/..%2Flegacy/a'],
    ['a path that leads away from there', '/legacy/..%2Fprivate/a.txt'],
  ])('no page reads under the policy of another path by %s', async (_, target) => {
    for (const origin of PAGES) {
      const answer = await send(port, 'GET', target, { origin });
      const before = await preflight(port, target, origin, 'GET');
      expect([target, origin, answer.cors]).toEqual([target, origin, NOBODY]);
      expect([before.status, before.body, before.cors]).toEqual([403, '', NOBODY]);
    }
    const { cors } = await send(port, 'GET', target);
    expect(cors).toEqual(NOBODY);
  });

  it('no page reads under the policy of another path by an escape that cannot be decoded', async () => {
    // Some releases of Fastify have such a path answered by the not-found handler, before any hook.
    for (const origin of PAGES) {
      const { cors } = await send(port, 'GET', '/priv%61te/%ff', { origin });
      const before = await preflight(port, '/priv%61te/%ff', origin, 'GET');
      expect([cors, before.cors]).toEqual([NOBODY, NOBODY]);
    }
  });

  it.each([
    ['/public/a.txt', PARTNER],
    ['/public/a%2Fb', PARTNER],
    ['/public/%61.txt', PARTNER],
    ['/public/x/..%2Fa.txt', PARTNER],
    ['/private/a;v=1', ADMIN],
    ['/private/common/../common/x', PARTNER],
    ['/%2540other/x', APP],
    ['/npm/%40team%2Fpackage', APP],
    ['/map;v=1/tiles', APP],
  ])('where all readings of %s agree, their policy holds', async (target, page) => {
    for (const origin of PAGES) {
      const { cors } = await send(port, 'GET', target, { origin });
      const before = await preflight(port, target, origin, 'GET');
      expect([target, origin, cors]).toEqual([
        target,
        origin,
        origin === page ? allowed(page) : NOBODY,
      ]);
      expect([target, before.status]).toEqual([target, origin === page ? 204 : 403]);
    }
  });

  it.each(['/orders/a%2Fb', '/orders/..;', '/orders/%2540', '/orders/priv%61te'])(
    'a controller that serves %s has its own policy, in any spelling',
    async (target) => {
      const answer = await send(port, 'GET', target, { origin: PARTNER });
      const before = await preflight(port, target, PARTNER, 'GET');
      expect([answer.status, answer.cors, before.status]).toEqual([200, allowed(PARTNER), 204]);
    },
  );

  it('explains an ambiguous path', async () => {
    const cors = app.get(CorsService);
    const {
      outcome,
      policy,
      verdict,
      preflight: before,
      headers,
      fix,
    } = await cors.explain({
      origin: ADMIN,
      url: '/private%2Fa.txt',
      method: 'PUT',
    });
    expect({ outcome, policy, verdict, before, headers, fix: fix?.sentence }).toEqual({
      outcome: 'ambiguous-path',
      policy: false,
      verdict: 'blocked',
      before: { status: 403, headers: { Vary: 'Origin', 'Content-Length': '0' } },
      headers: {},
      fix: "Servers read this path in several ways (encoded characters, dot segments, `;`, `\\`, `//` at the start), and their policies differ: the global policy, `paths['/private/*']`. Request the path as it is written in `paths`, with nothing encoded that need not be.",
    });
  });

  it('publishes and logs what an ambiguous path is', async () => {
    const warnings: string[] = [];
    const events: unknown[] = [];
    const onDecision = (event: unknown) => events.push((event as CorsDecisionEvent).outcome);
    const started = await startApp(platform, application({ diagnostics: true }), {
      logger: collectingLogger('warn', warnings),
    });
    subscribe('nestjs-cors:decision', onDecision);
    try {
      const target = '/public/..%2Fprivate/a.txt';
      const { lines } = await send(started.port, 'GET', target, { origin: PARTNER });
      await preflight(started.port, target, PARTNER, 'GET');
      await send(started.port, 'GET', `/${'x%2F'.repeat(40)}..`, { origin: PARTNER });
      expect(lines.find(([name]) => name === 'cors-diagnosis')?.[1]).toContain('ambiguous-path; ');
      expect(events).toEqual(['ambiguous-path', 'ambiguous-path', 'ambiguous-path']);
      expect(warnings.filter((line) => line.includes('several ways'))).toEqual([
        "GET /public/..%2Fprivate/a.txt from https://partner.example.net: servers read this path in several ways (encoded characters, dot segments, `;`, `\\`, `//` at the start), and their policies differ: `paths['/private/*']`, `paths['/public/*']`. Request the path as it is written in `paths`, with nothing encoded that need not be.",
        expect.stringContaining('it has too many places of that kind'),
      ]);
    } finally {
      unsubscribe('nestjs-cors:decision', onDecision);
      await started.app.close();
    }
  });

  it('reports where readings agree now, and would not with the options of `reportOnly`', async () => {
    const reports: unknown[] = [];
    const onReport = (report: unknown) => {
      const { live, candidate, preflight: isPreflight } = report as CorsReportOnlyEvent;
      reports.push([isPreflight, live.outcome, candidate.outcome]);
    };
    const { app: reporting, port: other } = await startApp(
      platform,
      application({ paths: { '/a/*': { origin: APP } }, reportOnly: { origin: ADMIN } }),
    );
    subscribe('nestjs-cors:report-only', onReport);
    try {
      await send(other, 'GET', '/a%2Fb', { origin: APP });
      await preflight(other, '/a%2Fb', APP, 'GET');
      expect(reports).toEqual([
        [false, 'allowed', 'ambiguous-path'],
        [true, 'allowed', 'ambiguous-path'],
      ]);
    } finally {
      unsubscribe('nestjs-cors:report-only', onReport);
      await reporting.close();
    }
  });

  it('headers of what answers an ambiguous path do not stand in for ours', async () => {
    const started = await startApp(platform, application(), {
      configure: (created) =>
        void created.use((_: unknown, response: LegacyResponse) => {
          response.setHeader('access-control-allow-origin', '*');
          response.end('legacy');
        }),
    });
    const leftAlone = await send(started.port, 'GET', '/legacy/a', { origin: APP });
    const ambiguous = await send(started.port, 'GET', '/legacy/..%2Fprivate', { origin: APP });
    await started.app.close();
    expect([leftAlone.body, leftAlone.cors, ambiguous.body, ambiguous.cors]).toEqual([
      'legacy',
      { 'access-control-allow-origin': '*' },
      'legacy',
      NOBODY,
    ]);
  });

  it('`rejectDisallowed` refuses an ambiguous path, whatever the origin', async () => {
    const { app: strict, port: other } = await startApp(
      platform,
      application({ rejectDisallowed: true }),
    );
    const statuses = [];
    for (const origin of [...PAGES, 'https://evil.example.org']) {
      statuses.push((await send(other, 'POST', '/private%2Fa.txt', { origin })).status);
    }
    const { status } = await send(other, 'POST', '/private%2Fa.txt');
    await strict.close();
    expect([statuses, status]).toEqual([[403, 403, 403, 403], 404]);
  });

  it('policies that are equal agree, and no longer once an update tells them apart', async () => {
    const { app: updated, port: other } = await startApp(
      platform,
      application({
        policies: { one: { origin: PARTNER }, two: { origin: PARTNER } },
        paths: { '/a/*': 'one', '/b/*': 'one', '/c/*': { policy: 'two' } },
      }),
    );
    const target = '/a/..%2Fb/x';
    const before = await send(other, 'GET', target, { origin: PARTNER });
    await updated.get(CorsService).update('one', { origin: ADMIN });
    const after = await send(other, 'GET', target, { origin: ADMIN });
    const different = await send(other, 'GET', '/a/..%2Fc/x', { origin: ADMIN });
    await updated.close();
    expect([before.cors, after.cors, different.cors]).toEqual([
      allowed(PARTNER),
      allowed(ADMIN),
      NOBODY,
    ]);
  });
});

interface LegacyResponse {
  setHeader(name: string, value: string): void;
  end(body: string): void;
}

it.each(['/graphql;', '/graphql;a=b', '/graphql;/x'])(
  'a Fastify that cuts at semicolons serves %s under no policy but the one of its key',
  async (target) => {
    // At the top: the first releases of Fastify 5 know no `routerOptions`.
    const adapter = new FastifyAdapter({ useSemicolonDelimiter: true });
    adapter.getInstance().get('/graphql', () => 'a graph');
    const { app, port } = await startOn(adapter, application());
    const answers = [];
    for (const origin of PAGES) answers.push(await send(port, 'GET', target, { origin }));
    await app.close();
    expect(answers.map(({ body, cors }) => [body, cors])).toEqual(
      PAGES.map(() => ['a graph', NOBODY]),
    );
  },
);
