import { Controller, Get, Post, Put, type DynamicModule } from '@nestjs/common';
import { Cors, CorsModule, type CorsOptions } from 'nestjs-cors';
import { PLATFORMS, startApp, type Platform } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

@Controller('orders')
class OrdersController {
  @Get(':id') one() {
    return {};
  }
  @Put(':id') @Cors({ allowedHeaders: ['x-token'] }) update() {
    return {};
  }
  @Post() create() {
    return {};
  }
  @Post('hook') @Cors(false) hook() {
    return {};
  }
}

function application(options: Partial<CorsOptions>): DynamicModule {
  return {
    module: class AppModule {},
    imports: [CorsModule.forRoot({ origin: APP, ...options })],
    controllers: [OrdersController],
  };
}

async function withApp(
  platform: Platform,
  options: Partial<CorsOptions>,
  use: (port: number, said: { log: string[]; warn: string[] }) => Promise<void>,
): Promise<void> {
  const said = { log: [] as string[], warn: [] as string[] };
  const { app, port } = await startApp(platform, application(options), {
    logger: {
      error: () => undefined,
      log: (message: string, context?: string) => {
        if (context === 'CorsModule') said.log.push(message);
      },
      warn: (message: string, context?: string) => {
        if (context === 'CorsModule') said.warn.push(message);
      },
    },
  });
  try {
    await use(port, said);
  } finally {
    await app.close();
  }
}

const diagnosisOf = ({ lines }: { lines: readonly (readonly [string, string])[] }) =>
  lines.filter(([name]) => name === 'cors-diagnosis').map(([, value]) => value);

describe.each(PLATFORMS)('diagnostics on $platform', ({ platform }) => {
  it('the log has the table of routes, and each refusal once with its fix', async () => {
    await withApp(platform, { diagnostics: true }, async (port, { log, warn }) => {
      for (let round = 0; round < 2; round += 1) {
        await send(port, 'GET', '/orders/1?secret=1', { origin: EVIL });
        await send(port, 'GET', '/orders/2', { origin: EVIL });
        await preflight(port, '/orders/1', EVIL, 'PUT');
        await preflight(port, '/orders/1', APP, 'PUT', 'x-other,x-token');
        await preflight(port, '/orders/1', APP, 'PATCH');
        await preflight(port, '/orders/hook', APP, 'POST');
        await send(port, 'GET', '/orders/1', { origin: 'null' });
        await preflight(port, '/orders/1', APP, 'GET', '{}');
        await send(port, 'GET', '/nowhere?secret=1', { origin: EVIL });
      }
      // Allowed, or of the application's own origin: nothing to say.
      await send(port, 'GET', '/orders/1', { origin: APP });
      await send(port, 'GET', '/orders/1');
      await send(port, 'POST', '/orders', { origin: `http://127.0.0.1:${port}` });
      await send(port, 'POST', '/orders', { origin: EVIL, 'sec-fetch-site': 'same-origin' });
      expect(log).toEqual([
        [
          'Routes and policies:',
          'Method  Path          Handler                  Origin                   Credentials  From',
          'GET     /orders/:id   OrdersController.one     https://app.example.com  no           forRoot()',
          'PUT     /orders/:id   OrdersController.update  https://app.example.com  no           forRoot(), @Cors() on OrdersController.update',
          'POST    /orders       OrdersController.create  https://app.example.com  no           forRoot()',
          'POST    /orders/hook  OrdersController.hook    CORS is off              -            -',
        ].join('\n'),
      ]);
      expect(warn).toEqual([
        "GET /orders/:id (OrdersController.one) from https://evil.example.org: its policy does not allow this origin. If it is yours, add 'https://evil.example.org' to `origin` in forRoot().",
        "PUT /orders/:id (OrdersController.update) from https://evil.example.org: its policy does not allow this origin. If it is yours, add 'https://evil.example.org' to `origin` in forRoot().",
        'PUT /orders/:id (OrdersController.update) from https://app.example.com: its policy does not allow the request headers x-other. Add them to `allowedHeaders` in @Cors() on OrdersController.update.',
        "PATCH /orders/1 from https://app.example.com: its policy allows GET. Add 'PATCH' to `methods` in forRoot(), or map a handler for it.",
        'POST /orders/hook (OrdersController.hook) from https://app.example.com: `@Cors(false)` switches CORS off there. Remove it, or write `@Cors()` on the handler to start again from the global policy.',
        'GET /orders/:id (OrdersController.one) from null: the page has no origin of its own (a sandboxed frame, a file, a redirect across origins), and `null` is never allowed. Serve the page from an origin.',
        'GET /orders/:id (OrdersController.one) from https://app.example.com: its Access-Control-Request-Headers is malformed or beyond the bounds (8 kB, 128 names). No browser sends that.',
        "GET /nowhere from https://evil.example.org: its policy does not allow this origin. If it is yours, add 'https://evil.example.org' to `origin` in forRoot().",
      ]);
    });
  });

  it.each<[what: string, origin: CorsOptions['origin'], asked: string]>([
    ['a function', () => false, 'the origin function'],
    [
      'a function with a name',
      function partners() {
        return false;
      },
      'partners',
    ],
  ])('the log names what refused: %s', async (_, origin, asked) => {
    await withApp(platform, { diagnostics: true, origin }, async (port, { warn }) => {
      await send(port, 'GET', '/orders/1', { origin: APP });
      expect(warn).toEqual([
        `GET /orders/:id (OrdersController.one) from https://app.example.com: its policy does not allow this origin. If it is yours, make ${asked} allow it: \`origin\` in forRoot().`,
      ]);
    });
  });

  it('the log names what `paths` does not cover', async () => {
    const options = { diagnostics: true, paths: { '/legacy/*': false } } as const;
    await withApp(platform, options, async (port, { warn }) => {
      await send(port, 'GET', '/legacy/a', { origin: APP });
      expect(warn).toEqual([
        'GET /legacy/a from https://app.example.com: `false` in `paths` leaves CORS to whatever responds there. Make that send the headers, or write a policy in `paths`.',
      ]);
    });
  });

  it('refusals carry the diagnosis, other responses do not', async () => {
    await withApp(platform, { diagnostics: true }, async (port) => {
      const answers = [
        await send(port, 'GET', '/orders/1', { origin: EVIL }),
        await preflight(port, '/orders/1', EVIL, 'GET'),
        await send(port, 'GET', '/orders/1', { origin: APP }),
        await preflight(port, '/orders/1', APP, 'GET'),
      ];
      const diagnosis =
        "origin-not-allowed; GET /orders/:id (OrdersController.one) from https://evil.example.org: its policy does not allow this origin. If it is yours, add 'https://evil.example.org' to `origin` in forRoot().";
      expect(answers.map(diagnosisOf)).toEqual([[diagnosis], [diagnosis], [], []]);
    });
  });

  it('nothing a client sends reaches log or header unescaped', async () => {
    await withApp(platform, { diagnostics: true }, async (port, { warn }) => {
      const answer = await send(port, 'GET', '/orders/1', { origin: 'https://x\u00e9\u0080' });
      await preflight(port, '/%0a%0dforged', `${EVIL}\u00ff`, 'GET', '\u00e9');
      const texts = [...warn, ...diagnosisOf(answer)];
      expect([texts.length, texts.filter((text) => /[^\u0020-\u007e]/.test(text))]).toEqual([
        3,
        [],
      ]);
    });
  });

  it.each<[string | undefined, boolean, boolean]>([
    ['production', false, false],
    ['development', true, true],
    ['test', true, false],
    [undefined, true, false],
  ])('NODE_ENV %s: log %s, header %s', async (environment, logs, headers) => {
    const before = process.env['NODE_ENV'];
    if (environment === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = environment;
    try {
      await withApp(platform, {}, async (port, { log, warn }) => {
        const answer = await preflight(port, '/orders/1', EVIL, 'GET');
        expect([log.length, warn.length, diagnosisOf(answer).length]).toEqual([
          logs ? 1 : 0,
          logs ? 1 : 0,
          headers ? 1 : 0,
        ]);
      });
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });

  it('diagnostics: false is silent', async () => {
    await withApp(platform, { diagnostics: false }, async (port, { log, warn }) => {
      const answer = await preflight(port, '/orders/1', EVIL, 'GET');
      expect([log, warn, diagnosisOf(answer)]).toEqual([[], [], []]);
    });
  });
});
