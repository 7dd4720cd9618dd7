import { Module, type INestApplication, type LoggerService } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import express from 'express';
import { CorsModule, CorsService, type CorsOptions } from 'nestjs-cors';
import { WebSocket, WebSocketServer } from 'ws';
import { collectingLogger } from '../support/collecting-logger.js';
import { startOn } from '../support/start-on.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

const trusting = (trust: unknown) => {
  const instance = express();
  instance.set('trust proxy', trust);
  return instance;
};

/** Each platform, with its own setting for a proxy in front. */
const PLATFORMS = [
  {
    platform: 'express',
    adapter: (trust: boolean | (() => boolean)) => new ExpressAdapter(trusting(trust)),
  },
  {
    platform: 'fastify',
    adapter: (trust: boolean | (() => boolean)) => new FastifyAdapter({ trustProxy: trust }),
  },
];

interface Handshake {
  /** 101 where the WebSocket opens. */
  readonly status: number;
  /** The `Cookie` that the server saw once it opened. */
  readonly cookie: string | undefined;
}

describe.each(PLATFORMS)('handshakes of ws on $platform', ({ adapter }) => {
  /** An application with a server of `ws` that takes the options of a policy. */
  const withServer = async (
    {
      options,
      policy,
      trust = false,
      logger = false,
    }: {
      options?: Partial<CorsOptions>;
      policy?: string;
      trust?: boolean | (() => boolean);
      logger?: LoggerService | false;
    },
    use: (
      open: (headers: Record<string, string>) => Promise<Handshake>,
      app: INestApplication,
    ) => Promise<void>,
  ) => {
    @Module({
      imports: [CorsModule.forRoot({ origin: APP, credentials: true, ...options })],
    })
    class SocketModule {}
    const { app, port } = await startOn(adapter(trust), SocketModule, { logger });
    const { verifyClient } = app.get(CorsService).socketOptions(policy);
    const server = new WebSocketServer({ server: app.getHttpServer() as never, verifyClient });
    let cookie: string | undefined;
    server.on('connection', (socket, request) => {
      cookie = request.headers.cookie;
      socket.close();
    });
    try {
      await use(
        (headers) =>
          new Promise((resolve, reject) => {
            const client = new WebSocket(`ws://127.0.0.1:${port}/socket?secret=1`, { headers });
            client.on('close', () => resolve({ status: 101, cookie }));
            client.on('unexpected-response', (request, response) => {
              resolve({ status: response.statusCode ?? 0, cookie: undefined });
              request.destroy();
            });
            client.on('error', reject);
          }),
        app,
      );
    } finally {
      server.close();
      await app.close();
    }
  };

  it('are admitted for the origins of the policy, for clients without one, and for no other', () =>
    withServer({}, async (open) => {
      const statuses = [];
      for (const origin of [APP, EVIL, 'null', undefined]) {
        const { status } = await open(origin === undefined ? {} : { origin });
        statuses.push(status);
      }
      expect(statuses).toEqual([101, 403, 403, 101]);
    }));

  it.each([
    [true, 101],
    [false, 403],
  ])("from the application's own page behind a TLS proxy, trusted: %s", (trust, status) =>
    withServer({ trust }, async (open) => {
      // As Chromium opens it: without Sec-Fetch-Site.
      const own = { origin: 'https://api.example.com', host: 'api.example.com' };
      expect((await open({ ...own, 'x-forwarded-proto': 'https' })).status).toBe(status);
    }),
  );

  it('are logged when they are refused, once, as requests are', async () => {
    const warnings: string[] = [];
    const logger = collectingLogger('warn', warnings);
    await withServer({ logger, options: { diagnostics: true } }, async (open) => {
      await open({ origin: EVIL });
      await open({ origin: EVIL });
    });
    expect(warnings).toEqual([
      "GET /socket from https://evil.example.org: its policy does not allow this origin. If it is yours, add 'https://evil.example.org' to `origin` in forRoot().",
    ]);
  });

  it('are refused to other pages once an update brings any origin, with one line in the log', async () => {
    const errors: string[] = [];
    await withServer(
      {
        logger: collectingLogger('error', errors),
        policy: 'chat',
        options: { policies: { chat: { origin: APP, credentials: false } } },
      },
      async (open, app) => {
        expect((await open({ origin: EVIL })).status).toBe(403);
        await app.get(CorsService).update('chat', { origin: '*' });
        expect([
          (await open({ origin: EVIL })).status,
          (await open({ origin: APP })).status,
          (await open({})).status,
        ]).toEqual([403, 403, 101]);
      },
    );
    expect(errors).toEqual([
      "Expected a policy with a list of origins for `socketOptions()`, got `origin: '*'` of chat by an update: handshakes of other origins are refused, since any page could open a WebSocket with the cookies of its visitor. Update it to a list.",
    ]);
  });

  it.each([
    [true, 'sid=1'],
    [false, undefined],
  ])('of other origins carry cookies where credentials are %s', (credentials, cookie) =>
    withServer({ options: { credentials } }, async (open) => {
      expect(await open({ origin: APP, cookie: 'sid=1' })).toEqual({ status: 101, cookie });
      // A client that is no browser has no visitor.
      expect(await open({ cookie: 'sid=1' })).toEqual({ status: 101, cookie: 'sid=1' });
    }),
  );

  it('are refused under a logger that throws, and the process goes on', async () => {
    const calls: string[] = [];
    const fails = (message: string) => {
      calls.push(message.slice(0, 24));
      throw new Error('The disk is full.');
    };
    let isBroken = false;
    const trust = () => {
      if (isBroken) throw new Error('No list of proxies.');
      return true;
    };
    const logger = { log: () => undefined, warn: fails, error: fails };
    await withServer({ trust, logger }, async (open) => {
      isBroken = true;
      const { status } = await open({ origin: EVIL, 'x-forwarded-proto': 'https' });
      isBroken = false;
      expect([status, (await open({ origin: APP })).status]).toEqual([403, 101]);
    });
    expect(calls).toEqual(['A WebSocket handshake un']);
  });

  it('are refused where the trust-proxy function throws, and the process goes on', async () => {
    const errors: string[] = [];
    let isBroken = false;
    const trust = () => {
      if (isBroken) throw new Error('No list of proxies.');
      return true;
    };
    await withServer({ trust, logger: collectingLogger('error', errors) }, async (open) => {
      isBroken = true;
      const statuses = [
        (await open({ origin: EVIL, 'x-forwarded-proto': 'https' })).status,
        (await open({ origin: EVIL, 'x-forwarded-proto': 'https' })).status,
      ];
      isBroken = false;
      expect([...statuses, (await open({ origin: APP })).status]).toEqual([403, 403, 101]);
    });
    expect(errors).toEqual([
      'A WebSocket handshake under the global policy is refused: the platform cannot read its host and protocol. Check the trust-proxy setting.',
    ]);
  });
});
