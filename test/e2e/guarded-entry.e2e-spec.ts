import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  Controller,
  Get,
  Header,
  Injectable,
  Put,
  VersioningType,
  type DynamicModule,
  type LoggerService,
} from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import express from 'express';
import type { FastifyInstance } from 'fastify';
import { Cors, CorsModule, type CorsOptions, type CorsRequest } from 'nestjs-cors';
import { PLATFORMS, startApp, type Platform } from '../support/platforms.js';
import { type Answer, preflight, send } from '../support/send.js';
import { startOn } from '../support/start-on.js';

// An uncaught exception or an unhandled rejection fails the test in which it happens.

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';
const NOTHING = { vary: 'Origin' };

@Controller('orders')
class OrdersController {
  @Get() list() {
    return {};
  }
  @Put() update() {
    return {};
  }
  @Get('own') @Header('Access-Control-Allow-Origin', '*') own() {
    return {};
  }
}

const named = { 订单Controller: class {} }.订单Controller;
Cors({ origin: 'https://shop.example.com' })(named);
Controller('named')(named);
Object.defineProperty(named.prototype, 'list', { value: () => ({}), configurable: true });
Get()(named.prototype, 'list', Object.getOwnPropertyDescriptor(named.prototype, 'list') ?? {});

const application = (
  cors: CorsOptions,
  parts: Pick<DynamicModule, 'providers' | 'controllers'> = {},
): DynamicModule => ({
  module: class AppModule {},
  imports: [CorsModule.forRoot(cors)],
  controllers: [OrdersController, named],
  ...parts,
});

const fails = () => {
  throw new Error('disk full');
};
const unreadable = () =>
  new Proxy(new Error('no'), { get: fails, getPrototypeOf: fails, ownKeys: fails, has: fails });
const rejects = () => Promise.reject(new Error('disk full'));

async function answersOf(port: number, path = '/orders', origin = EVIL) {
  const answers = [
    await preflight(port, path, origin, 'PUT'),
    await send(port, 'GET', path, { origin }),
    await send(port, 'GET', '/nowhere', { origin }),
  ];
  return answers.map(({ status, cors }) => [status, cors]);
}
const REFUSED = [
  [403, NOTHING],
  [200, NOTHING],
  [404, NOTHING],
];

describe.each(PLATFORMS)('nothing on the way of a request ends it on $platform', ({ platform }) => {
  it('a class with a name outside Latin-1, which a header cannot carry', async () => {
    const { app, port } = await startApp(platform, application({ origin: APP, diagnostics: true }));
    try {
      const answers = [
        await preflight(port, '/named', EVIL, 'GET'),
        await send(port, 'GET', '/named', { origin: EVIL }),
      ];
      const diagnosis =
        "origin-not-allowed; GET /named (\\u8BA2\\u5355Controller.list) from https://evil.example.org: its policy does not allow this origin. If it is yours, add 'https://evil.example.org' to `origin` in @Cors() on \\u8BA2\\u5355Controller.";
      expect(
        answers.map(({ status, cors, lines }) => [
          status,
          cors,
          lines.find(([name]) => name === 'cors-diagnosis')?.[1],
        ]),
      ).toEqual([
        [403, NOTHING, diagnosis],
        [200, NOTHING, diagnosis],
      ]);
    } finally {
      await app.close();
    }
  });

  it.each<[how: string, log: () => unknown]>([
    ['throws', fails],
    [
      'throws what cannot be read',
      () => {
        throw unreadable();
      },
    ],
    ['rejects', rejects],
  ])('a logger that %s, wherever it is reached from', async (_, bad) => {
    const calls: string[] = [];
    const logger: LoggerService = {
      log: () => undefined,
      warn: (message: string) => (calls.push(message), bad()),
      error: (message: string) => (calls.push(message), bad()),
    };
    const cors: CorsOptions = {
      origin: (origin) => (origin === EVIL ? fails() : origin === APP),
      reportOnly: { origin: EVIL },
      diagnostics: true,
    };
    const { app, port } = await startApp(platform, application(cors), { logger });
    try {
      const own = await send(port, 'GET', '/orders/own', { origin: APP });
      // A function that fails has its own line, instead of that of the refusal.
      await send(port, 'GET', '/orders', { origin: 'https://other.example.org' });
      expect([await answersOf(port), own.cors]).toEqual([
        REFUSED,
        { 'access-control-allow-origin': APP, vary: 'Origin' },
      ]);
      expect(
        ['already had', 'asked about', 'reportOnly', 'does not allow this origin'].filter(
          (text) => !calls.some((call) => call.includes(text)),
        ),
      ).toEqual([]);
    } finally {
      await app.close();
    }
  });

  it.each<[what: string, thrown: () => unknown]>([
    ['undefined', () => undefined],
    ['null', () => null],
    ['a symbol', () => Symbol('no')],
    ['an error with an object as its message', () => Object.assign(new Error(), { message: {} })],
    ['an error with a bigint as its message', () => Object.assign(new Error(), { message: 1n })],
    [
      'an error whose message throws',
      () => Object.defineProperty(new Error(), 'message', { get: fails }),
    ],
    ['a Proxy that throws', unreadable],
    ['an object without a prototype', () => Object.create(null) as unknown],
  ])('an origin function that throws or rejects with %s', async (_, thrown) => {
    for (const isLate of [false, true]) {
      const errors: string[] = [];
      const origin = (): boolean | Promise<boolean> => {
        if (!isLate) throw thrown();
        // oxlint-disable-next-line prefer-promise-reject-errors
        return Promise.reject(thrown());
      };
      const { app, port } = await startApp(platform, application({ origin }), {
        logger: {
          log: () => undefined,
          warn: () => undefined,
          error: (message: string) => errors.push(message),
        },
      });
      try {
        expect([await answersOf(port), errors.length]).toEqual([REFUSED, 1]);
      } finally {
        await app.close();
      }
    }
  });

  it('an origin function that returns a promise whose properties throw', async () => {
    const origin = () =>
      Object.defineProperty(Promise.resolve(true), 'constructor', { get: fails });
    const { app, port } = await startApp(platform, application({ origin }));
    try {
      expect(await answersOf(port)).toEqual(REFUSED);
    } finally {
      await app.close();
    }
  });

  it('a resolver class with an asynchronous scope() that rejects', async () => {
    @Injectable()
    class Tenants {
      scope = rejects as unknown as () => string;
      isAllowed() {
        return true;
      }
    }
    const module = application({ origin: Tenants }, { providers: [Tenants] });
    const { app, port } = await startApp(platform, module);
    try {
      expect(await answersOf(port)).toEqual(REFUSED);
    } finally {
      await app.close();
    }
  });

  it('a candidate of `reportOnly` that fails', async () => {
    const reportOnly = { origin: () => Promise.resolve(unreadable() as unknown as boolean) };
    const cors: CorsOptions = { origin: APP, reportOnly, diagnostics: true };
    const { app, port } = await startApp(platform, application(cors));
    try {
      expect(await answersOf(port)).toEqual(REFUSED);
    } finally {
      await app.close();
    }
  });

  it.each([false, true])(
    'a trust-proxy function that throws: fails closed (rejectDisallowed: %s)',
    async (rejectDisallowed) => {
      @Controller({ path: 'hosted', host: ':tenant.example.test' })
      class HostedController {
        @Put() put() {
          return {};
        }
      }
      const asked: CorsRequest[] = [];
      const errors: string[] = [];
      const server = express().set('trust proxy', fails);
      const adapter =
        platform === 'express'
          ? new ExpressAdapter(server)
          : new FastifyAdapter({ trustProxy: fails });
      const origin = (_: string, request: CorsRequest) => asked.push(request) > 0;
      const module = application(
        { origin, rejectDisallowed, diagnostics: true },
        { controllers: [HostedController, OrdersController] },
      );
      const { app, port } = await startOn(adapter, module, {
        logger: {
          log: () => undefined,
          warn: () => undefined,
          error: (message: string) => errors.push(message),
        },
      });
      const forwarded = { 'x-forwarded-host': 'a.example.test', 'x-forwarded-proto': 'https' };
      try {
        const answers: Answer[] = [
          await send(port, 'OPTIONS', '/hosted', {
            origin: APP,
            'access-control-request-method': 'PUT',
            ...forwarded,
          }),
          await send(port, 'GET', '/orders', { origin: APP, ...forwarded }),
          await send(port, 'PUT', '/hosted', { origin: APP, ...forwarded }),
        ];
        expect(answers.map(({ cors }) => cors)).toEqual([NOTHING, NOTHING, NOTHING]);
        // Where Nest itself reads the host, the exception is the application's own.
        expect(answers.map(({ status }) => status)).toEqual(
          rejectDisallowed ? [403, 403, expect.any(Number)] : [403, 200, 500],
        );
        expect(errors.some((error) => error.includes('"disk full"'))).toBe(true);
      } finally {
        await app.close();
      }
    },
  );
});

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** An application whose origin function waits for the test. */
async function withPending(
  platform: Platform,
  use: (parts: {
    port: number;
    /** Called when a decision is pending, with the response that waits for it. */
    meanwhile(listener: Listener): void;
    decide(): void;
    served: string[];
  }) => Promise<void>,
): Promise<void> {
  const served: string[] = [];
  let onPending: Listener = () => undefined;
  let decide: () => void = () => undefined;
  let current: Parameters<Listener> | undefined;

  @Controller('slow')
  class SlowController {
    @Put() put() {
      served.push('PUT');
      return {};
    }
    @Get() get() {
      served.push('GET');
      return {};
    }
  }
  const origin = () =>
    new Promise<boolean>((resolve) => {
      decide = () => resolve(true);
      // Called inside the hook: what it does must come after.
      queueMicrotask(() => current !== undefined && onPending(...current));
    });
  const module = application({ origin, diagnostics: false }, { controllers: [SlowController] });
  const { app, port } = await startApp(platform, module, {
    configure: (created) => {
      const server = created.getHttpServer() as {
        prependListener(name: 'request', listener: Listener): void;
      };
      server.prependListener('request', (...request) => (current = request));
    },
  });
  try {
    await use({
      port,
      meanwhile: (listener) => (onPending = listener),
      decide: () => decide(),
      served,
    });
  } finally {
    await app.close();
  }
}

describe.each(PLATFORMS)('an answer while a decision is pending on $platform', ({ platform }) => {
  const ask = (port: number, what: string) =>
    what === 'a preflight'
      ? preflight(port, '/slow', APP, 'PUT')
      : send(port, what === 'a GET' ? 'GET' : 'PUT', what === 'a 404' ? '/none' : '/slow', {
          origin: APP,
        });

  it.each(['a preflight', 'a GET', 'a PUT', 'a 404'])(
    '%s that something else answers keeps Vary, and the late decision writes nothing',
    async (what) => {
      await withPending(platform, async ({ port, meanwhile, decide, served }) => {
        let ended: ServerResponse | undefined;
        meanwhile((_, response) => {
          ended = response;
          response.writeHead(503, { 'Access-Control-Allow-Origin': '*', 'x-by': 'listener' });
          response.end('busy');
        });
        const answer = await ask(port, what);
        decide();
        expect([answer.status, answer.cors, answer.body]).toEqual([503, NOTHING, 'busy']);

        meanwhile(() => decide());
        const next = await ask(port, 'a GET');
        expect([next.status, next.cors, served, ended?.statusCode]).toEqual([
          200,
          { 'access-control-allow-origin': APP, vary: 'Origin' },
          ['GET'],
          503,
        ]);
      });
    },
  );

  it.each(['a preflight', 'a GET'])('%s whose head has been sent, and no more', async (what) => {
    await withPending(platform, async ({ port, meanwhile, decide, served }) => {
      meanwhile((_, response) => {
        response.writeHead(200).write('begun');
        decide();
        setImmediate(() => response.end());
      });
      const answer = await ask(port, what);
      expect([answer.status, answer.cors, answer.body, served]).toEqual([
        200,
        NOTHING,
        'begun',
        [],
      ]);
    });
  });

  it.each(['a preflight', 'a GET'])('%s whose client is gone', async (what) => {
    await withPending(platform, async ({ port, meanwhile, decide }) => {
      const gone = new Promise<void>((resolve) => {
        meanwhile((request, response) => {
          response.once('close', resolve);
          request.socket.destroy();
        });
      });
      await expect(ask(port, what)).rejects.toThrow();
      await gone;
      decide();
      meanwhile(() => decide());
      expect((await ask(port, 'a GET')).status).toBe(200);
    });
  });
});

describe('the time limit of Fastify', () => {
  it.each([
    // With a logger, no listener stands in front of Fastify: its hook answers preflights.
    ['a preflight', { logger: { level: 'silent' } }],
    ['a GET', {}],
  ])('handlerTimeout answers %s while a decision is pending', async (what, options) => {
    let decide: () => void = () => undefined;
    const origin = () => new Promise<boolean>((resolve) => (decide = () => resolve(true)));
    const adapter = new FastifyAdapter({ ...options, handlerTimeout: 20 });
    const { app, port } = await startOn(adapter, application({ origin, diagnostics: false }));
    try {
      const { status, cors } = await (what === 'a GET'
        ? send(port, 'GET', '/orders', { origin: APP })
        : preflight(port, '/orders', APP, 'PUT'));
      decide();
      const next = await send(port, 'GET', '/orders');
      expect([status, cors, next.status]).toEqual([503, NOTHING, 200]);
    } finally {
      await app.close();
    }
  });

  it.each([
    ['a preflight', { logger: { level: 'silent' } }],
    ['a GET', {}],
  ])(
    'answers %s alone, though a decision comes while its response is on the way',
    async (what, options) => {
      let decide: () => void = () => undefined;
      const origin = () => new Promise<boolean>((resolve) => (decide = () => resolve(true)));
      const adapter = new FastifyAdapter({ ...options, handlerTimeout: 20 });
      const statuses: number[] = [];
      const { app, port } = await startOn(adapter, application({ origin, diagnostics: false }), {
        configure: () => {
          const instance: FastifyInstance = adapter.getInstance();
          instance.addHook('onSend', async (_request, reply) => {
            statuses.push(reply.statusCode);
            decide();
            for (let turn = 0; turn < 5; turn += 1) await nextTurn();
          });
        },
      });
      try {
        const { status, cors } = await (what === 'a GET'
          ? send(port, 'GET', '/orders', { origin: APP })
          : preflight(port, '/orders', APP, 'PUT'));
        // Its head is written after the decision.
        const decided = { 'access-control-allow-origin': APP, vary: 'Origin' };
        expect([status, cors, statuses]).toEqual([
          503,
          what === 'a GET' ? decided : NOTHING,
          [503],
        ]);
      } finally {
        await app.close();
      }
    },
  );
});

describe.each(PLATFORMS)('a trust-proxy function on $platform', ({ platform }) => {
  it('is not asked where only the host is read: then it cannot fail', async () => {
    @Controller({ path: 'hosted', host: ':tenant.example.test' })
    class HostedController {
      @Put() put() {
        return {};
      }
    }
    const adapter =
      platform === 'express'
        ? new ExpressAdapter(express().set('trust proxy', fails))
        : new FastifyAdapter({ trustProxy: fails });
    const module = application({ origin: APP }, { controllers: [HostedController] });
    const { app, port } = await startOn(adapter, module);
    try {
      const headers = { origin: APP, host: 'a.example.test' };
      const before = await send(port, 'OPTIONS', '/hosted', {
        ...headers,
        'access-control-request-method': 'PUT',
      });
      const actual = await send(port, 'PUT', '/hosted', headers);
      expect([before.status, actual.status, actual.cors]).toEqual([
        204,
        200,
        { 'access-control-allow-origin': APP, vary: 'Origin' },
      ]);
    } finally {
      await app.close();
    }
  });
});

it('what was allowed before routing is not granted while the policy of the handler is pending', async () => {
  let current: ServerResponse | undefined;
  let decide: () => void = () => undefined;
  const origin = () =>
    new Promise<boolean>((resolve) => {
      decide = () => resolve(false);
      queueMicrotask(() => current?.end('early'));
    });

  @Controller({ path: 'cats', version: '1' })
  class FirstController {
    @Get() list() {
      return {};
    }
  }
  @Controller({ path: 'cats', version: '2' })
  @Cors({ origin })
  class SecondController {
    @Get() list() {
      return {};
    }
  }
  const module = application(
    { origin: APP, diagnostics: false },
    { controllers: [FirstController, SecondController] },
  );
  const { app, port } = await startApp('express', module, {
    configure: (created) => {
      created.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' });
      created.use((_: IncomingMessage, response: ServerResponse, next: () => void) => {
        current = response;
        next();
      });
    },
  });
  try {
    const early = await send(port, 'GET', '/cats', { origin: APP, 'x-version': '2' });
    decide();
    const first = await send(port, 'GET', '/cats', { origin: APP, 'x-version': '1' });
    expect([early.body, early.cors, first.cors]).toEqual([
      'early',
      NOTHING,
      { 'access-control-allow-origin': APP, vary: 'Origin' },
    ]);
  } finally {
    await app.close();
  }
});
