import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { Controller, Get, type DynamicModule, type INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { CorsModule, type CorsOptions } from 'nestjs-cors';
import { check } from '../../lib/diagnosis/check.js';
import { nodeSend } from '../../lib/network/node-send.js';
import { collectingLogger } from '../support/collecting-logger.js';
import { PLATFORMS, startApp, type Platform } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';
import { startOn } from '../support/start-on.js';
import { checkArguments } from '../unit/diagnosis/check-arguments.js';

const APP = 'https://app.example.com';
const PROBE = 'https://nestjs-cors-check.invalid';

@Controller('orders')
class OrdersController {
  @Get() list() {
    return {};
  }
}

interface Line {
  readonly level: 'warn' | 'error';
  readonly parts: readonly unknown[];
}

async function logged(
  platform: Platform,
  cors: CorsOptions,
  use: (port: number) => Promise<unknown>,
  configure: (app: INestApplication) => void = () => undefined,
): Promise<Line[]> {
  const lines: Line[] = [];
  const module: DynamicModule = {
    module: class AppModule {},
    imports: [CorsModule.forRoot(cors)],
    controllers: [OrdersController],
  };
  const { app, port } = await startApp(platform, module, {
    configure,
    logger: {
      log: () => undefined,
      warn: (...parts: unknown[]) => lines.push({ level: 'warn', parts }),
      error: (...parts: unknown[]) => lines.push({ level: 'error', parts }),
    },
  });
  try {
    await use(port);
  } finally {
    await app.close();
  }
  return lines;
}

/** 300 origins that nobody has heard of. */
async function flood(port: number): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  for (let index = 0; index < 300; index += 1) {
    const origin = `https://e${index}.example.org`;
    await send(port, 'GET', '/orders', { origin }, undefined, { agent });
  }
  agent.destroy();
}

const failing = () => {
  throw new Error('the database is away');
};

describe.each(PLATFORMS)('a flood of made-up origins on $platform', ({ platform }) => {
  it.each<[what: string, cors: CorsOptions, warnings: number, errors: number]>([
    ['refusals', { origin: APP }, 20, 0],
    ['failures of an origin function', { origin: failing }, 0, 20],
    ['differences of `reportOnly`', { origin: '*', reportOnly: { origin: APP } }, 20, 0],
  ])('does not flood the log with %s', async (_, cors, warnings, errors) => {
    const lines = await logged(platform, { ...cors, diagnostics: true }, flood);
    expect([
      lines.filter(({ level }) => level === 'warn').length,
      lines.filter(({ level }) => level === 'error').length,
    ]).toEqual([warnings, errors]);
  });
});

describe.each(PLATFORMS)('what a client sends, in the log on $platform', ({ platform }) => {
  it('is escaped in a failure, its stack included', async () => {
    const origin: CorsOptions['origin'] = (_, { url }) => {
      throw new Error(`no tenant at ${decodeURIComponent(url)}`);
    };
    const lines = await logged(platform, { origin, diagnostics: true }, async (port) => {
      const path = '/%1b%5d0;pwned%07%0a%5bNest%5d%20LOG%20forged%7f%c2%9b%e2%80%a8%e2%80%ae';
      await send(port, 'GET', path, { origin: APP });
    });
    const errors = lines.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    const texts = lines.flatMap(({ parts }) => parts).map(String);
    expect(texts.filter((text) => /[^ -~\n]/.test(text))).toEqual([]);
    const [, stack] = errors[0]?.parts ?? [];
    expect(
      String(stack)
        .split('\n')
        .slice(1)
        .filter((line) => !/^ +at /.test(line)),
    ).toEqual([]);
  });

  it('is the path without its query, shortened, of a request that no controller serves', async () => {
    const path = `/raw/%1b${'a'.repeat(3000)}`;
    const lines = await logged(
      platform,
      { origin: APP, diagnostics: true },
      async (port) => {
        await send(port, 'GET', `${path}?token=secret`, { origin: 'https://e.example.org' });
        await send(port, 'GET', `${path}?token=other`, { origin: 'https://e.example.org' });
        await send(port, 'GET', `${path}?token=secret`, { origin: APP });
      },
      (app) => {
        app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
          if (request.headers.origin !== APP) return next();
          response.setHeader('Access-Control-Allow-Origin', '*');
          response.end();
        });
      },
    );
    const shown = `GET ${path.slice(0, 120)}... (3008 characters)`;
    const [refused, replaced, ...others] = lines.map(({ parts }) => String(parts[0]));
    expect([
      refused?.startsWith(`${shown} from https://e.example.org: `),
      replaced?.startsWith(`The response to ${shown.slice(0, 120)}`),
      others,
      [refused, replaced].filter((line) => /secret|token/.test(String(line))),
    ]).toEqual([true, true, [], []]);
  });

  it('is one line where an origin function fails, and it says that; the diagnosis, too', async () => {
    const diagnoses: (string | undefined)[] = [];
    const options = { origin: failing, diagnostics: true };
    const lines = await logged(platform, options, async (port) => {
      for (const answer of [
        await preflight(port, '/orders', APP, 'GET'),
        await send(port, 'GET', '/orders', { origin: APP }),
      ]) {
        diagnoses.push(answer.lines.find(([name]) => name === 'cors-diagnosis')?.[1]);
      }
    });
    const diagnosis =
      'origin-not-allowed; GET /orders (OrdersController.list) from https://app.example.com: its policy does not allow this origin. In the last minute failing failed to answer about it, which counts as no: the log says why.';
    expect([lines.map(({ parts }) => parts[0]), diagnoses]).toEqual([
      [
        'The origin function was asked about "https://app.example.com", and it threw "the database is away". The origin is treated as not allowed; return true or false.',
      ],
      [diagnosis, diagnosis],
    ]);
  });

  it('is refused by a function that has answered: that is another line', async () => {
    const origin: CorsOptions['origin'] = (asked) => {
      if (asked === PROBE) throw new Error('never asked');
      return asked === APP;
    };
    const lines = await logged(platform, { origin, diagnostics: true }, async (port) => {
      await send(port, 'GET', '/orders', { origin: 'https://e.example.org' });
    });
    expect(lines.map(({ parts }) => parts[0])).toEqual([
      'GET /orders (OrdersController.list) from https://e.example.org: its policy does not allow this origin. If it is yours, make the origin function allow it: `origin` in forRoot().',
    ]);
  });

  it('is not advised on where it is a probe of our own command', async () => {
    const diagnoses: (string | undefined)[] = [];
    const lines = await logged(platform, { origin: APP, diagnostics: true }, async (port) => {
      for (const answer of [
        await preflight(port, '/orders', PROBE, 'GET'),
        await send(port, 'GET', '/orders', { origin: PROBE }),
      ]) {
        diagnoses.push(answer.lines.find(([name]) => name === 'cors-diagnosis')?.[1]);
      }
    });
    const diagnosis =
      'origin-not-allowed; GET /orders (OrdersController.list) from https://nestjs-cors-check.invalid: its policy does not allow this origin. It is a probe of `npx nestjs-cors`: there is nothing to change.';
    expect([lines, diagnoses]).toEqual([[], [diagnosis, diagnosis]]);
  });

  it.each<[what: string, origin: string, lines: string[]]>([
    ['no line where the page is allowed', 'http://localhost:5173', []],
    [
      'one where it is not',
      'http://localhost:4200',
      [
        'GET /orders (OrdersController.list) from http://localhost:4200: its policy does not allow this origin. If it is yours, add',
      ],
    ],
  ])(
    'of a whole `check` has %s: `null` and the path that is missing are its own',
    async (...row) => {
      const [, origin, expected] = row;
      const options: CorsOptions = {
        origin: 'http://localhost:5173',
        reportOnly: { origin: ['http://localhost:5173', 'http://localhost:4200'], maxAge: 5 },
        diagnostics: true,
      };
      const lines = await logged(platform, options, async (port) => {
        const url = `http://127.0.0.1:${port}/orders`;
        const report = await check(checkArguments({ url, origin }), nodeSend({ timeout: 10_000 }));
        expect(report.conclusion.verdict).toBe(expected.length === 0 ? 'allowed' : 'blocked');
      });
      const refusals = lines.map(({ parts }) => String(parts[0]));
      expect(
        refusals
          .filter((line) => !line.startsWith('With `reportOnly`'))
          .map((line) => line.split(" '")[0]),
      ).toEqual(expected);
      expect(
        refusals.filter((line) => /from (?:null|https:\/\/nestjs)|no-such-path/.test(line)),
      ).toEqual([]);
    },
  );

  it('of `null` alone is logged: only what no page can send tells a probe', async () => {
    const lines = await logged(platform, { origin: APP, diagnostics: true }, async (port) => {
      await send(port, 'GET', '/orders', { origin: 'null', 'user-agent': 'nestjs-cors check' });
    });
    expect(lines).toHaveLength(1);
  });
});

describe('a refusal that is logged already', () => {
  it.each<[what: string, path: string]>([
    ['a request', '/orders'],
    ['one that nothing serves', '/nowhere'],
  ])('asks nothing more about %s', async (_, path) => {
    let questions = 0;
    const adapter = new ExpressAdapter();
    adapter.set('trust proxy', () => {
      questions += 1;
      return false;
    });
    const warnings: string[] = [];
    const module: DynamicModule = {
      module: class AppModule {},
      imports: [CorsModule.forRoot({ origin: APP })],
      controllers: [OrdersController],
    };
    const { app, port } = await startOn(adapter, module, {
      logger: collectingLogger('warn', warnings),
    });
    const asked: number[] = [];
    try {
      for (const origin of [APP, 'https://evil.example', 'https://evil.example']) {
        questions = 0;
        await send(port, 'GET', path, { origin });
        asked.push(questions);
      }
    } finally {
      await app.close();
    }
    const [forAllowed = 0, forFirst = 0, forSecond = 0] = asked;
    expect(forFirst).toBeGreaterThan(forAllowed);
    expect([forSecond, warnings.length]).toStrictEqual([forAllowed, 1]);
  });
});
