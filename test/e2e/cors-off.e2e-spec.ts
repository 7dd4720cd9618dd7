import { Controller, Get, Module } from '@nestjs/common';
import { Cors, CorsModule, type CorsOptions, CorsService } from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';
const OFF = [
  [403, {}],
  [200, {}],
];
const ON = [
  [
    204,
    {
      'access-control-allow-origin': APP,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET',
      'access-control-max-age': '600',
      vary: 'Origin',
    },
  ],
  [
    200,
    {
      'access-control-allow-origin': APP,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    },
  ],
];

@Controller()
class OrdersController {
  @Get('plain') plain() {
    return {};
  }
  @Get('again') @Cors() again() {
    return {};
  }
  @Get('on') @Cors({ origin: APP }) on() {
    return {};
  }
  @Get('named') @Cors('partner') named() {
    return {};
  }
  @Get('off') @Cors({ origin: false, maxAge: 5 }) off() {
    return {};
  }
}

function application(cors: CorsOptions) {
  @Module({ imports: [CorsModule.forRoot(cors)], controllers: [OrdersController] })
  class AppModule {}
  return AppModule;
}

const EVERYTHING_OFF: CorsOptions = {
  origin: false,
  credentials: true,
  policies: { partner: {} },
};

describe.each(PLATFORMS)('origin: false on $platform', ({ platform }) => {
  async function answersTo(port: number, path: string) {
    const answers = [
      await preflight(port, path, APP, 'GET'),
      await send(port, 'GET', path, { origin: APP }),
    ];
    return answers.map(({ status, cors }) => [status, cors]);
  }

  it('in forRoot() it switches CORS off wherever no origin is written, beside any other option', async () => {
    const warnings: string[] = [];
    const { app, port } = await startApp(platform, application(EVERYTHING_OFF), {
      logger: collectingLogger('warn', warnings),
    });
    try {
      const answers = [];
      for (const path of ['/plain', '/again', '/on', '/named', '/off']) {
        answers.push(await answersTo(port, path));
      }
      expect(answers).toEqual([OFF, OFF, ON, OFF, OFF]);
      const missing = await send(port, 'GET', '/none', { origin: APP });
      expect([missing.status, missing.cors]).toEqual([404, {}]);
      expect(warnings).toEqual([
        `GET /plain (OrdersController.plain) from ${APP}: CORS is off (\`origin: false\` in forRoot()). List the origins there, or write \`@Cors({ origin: … })\` on the handler.`,
        `GET /again (OrdersController.again) from ${APP}: CORS is off (\`origin: false\` in forRoot()). List the origins there, or write \`@Cors({ origin: … })\` on the handler.`,
        `GET /named (OrdersController.named) from ${APP}: CORS is off (\`origin: false\` in forRoot()). List the origins there, or write \`@Cors({ origin: … })\` on the handler.`,
        `GET /off (OrdersController.off) from ${APP}: CORS is off (\`origin: false\` in @Cors() on OrdersController.off). List the origins there, or write \`@Cors({ origin: … })\` on the handler.`,
        `GET /none from ${APP}: CORS is off (\`origin: false\` in forRoot()). List the origins there, or write a policy in \`paths\`.`,
      ]);
    } finally {
      await app.close();
    }
  });

  it('in a named policy, in paths, in reportOnly and in update()', async () => {
    const { app, port } = await startApp(
      platform,
      application({
        origin: APP,
        credentials: true,
        policies: { partner: { origin: false } },
        paths: { '/files/*': { origin: false }, '/partner': 'partner' },
        reportOnly: { origin: false },
      }),
    );
    try {
      const service = app.get(CorsService);
      const unserved = [await answersTo(port, '/files/a'), await answersTo(port, '/partner')];
      const before = [await answersTo(port, '/named'), await answersTo(port, '/plain')];
      await service.update('partner', { origin: APP });
      await service.update({ origin: false });
      const after = [await answersTo(port, '/named'), await answersTo(port, '/plain')];
      const missing = [
        [403, {}],
        [404, {}],
      ];
      expect([unserved, before, after]).toEqual([
        [missing, missing],
        [OFF, ON],
        [ON, OFF],
      ]);
    } finally {
      await app.close();
    }
  });

  it('is what explain(), routes() and the table of routes say', async () => {
    const { app } = await startApp(platform, application(EVERYTHING_OFF));
    try {
      const service = app.get(CorsService);
      const explained = await service.explain({ origin: APP, url: '/plain' });
      expect([explained.outcome, explained.fix?.sentence, explained.policy]).toMatchObject([
        'cors-disabled',
        'CORS is off (`origin: false` in forRoot()). List the origins there, or write `@Cors({ origin: … })` on the handler.',
        { origin: { value: false, from: 'forRoot()' } },
      ]);
      const [plain] = service.routes();
      expect(plain?.policy).toMatchObject({ origin: { value: false, from: 'forRoot()' } });
      expect(service.describeRoutes().split('\n').slice(0, 4)).toEqual([
        'Method  Path    Handler                 Origin                   Credentials  From',
        'GET     /plain  OrdersController.plain  CORS is off              -            `origin: false` in forRoot()',
        'GET     /again  OrdersController.again  CORS is off              -            `origin: false` in forRoot()',
        'GET     /on     OrdersController.on     https://app.example.com  yes          @Cors() on OrdersController.on, forRoot()',
      ]);
    } finally {
      await app.close();
    }
  });

  it('trusts no origin elsewhere: CSRF protection, socket.io', async () => {
    const { app } = await startApp(platform, application(EVERYTHING_OFF));
    try {
      const service = app.get(CorsService);
      const request = { headers: { origin: APP, host: 'api.example.com' }, socket: {} } as never;
      const admitted = await new Promise((resolve) => {
        service.socketOptions().allowRequest(request, (_, isAdmitted) => resolve(isAdmitted));
      });
      expect([service.trustedOrigins(), admitted]).toEqual([[], false]);
    } finally {
      await app.close();
    }
  });
});
