import {
  Controller,
  Get,
  Module,
  Post,
  type INestApplication,
  type INestApplicationContext,
} from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { CorsModule, CorsService } from 'nestjs-cors';
import { io } from 'socket.io-client';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';
const SUB = 'https://sub.pages.example.com';
const EVIL = 'https://evil.example.org';

@WebSocketGateway()
class EchoGateway {
  @SubscribeMessage('echo') echo(_: unknown, text: string): string {
    return text;
  }
}

@Controller('orders')
class OrdersController {
  @Get() list() {
    return {};
  }
  @Post() create() {
    return {};
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      origin: [APP, 'https://*.pages.example.com', /^https:\/\/r\d\.example\.com$/],
      credentials: true,
      exposedHeaders: ['etag'],
      policies: { public: { origin: '*', credentials: false }, one: { origin: APP } },
    }),
  ],
  controllers: [OrdersController],
  providers: [EchoGateway],
})
class AppModule {}

/** As the README has it. */
class CorsIoAdapter extends IoAdapter {
  private readonly cors: CorsService;
  constructor(
    app: INestApplicationContext,
    private readonly policy?: string,
  ) {
    super(app);
    this.cors = app.get(CorsService);
  }
  override createIOServer(port: number, options?: Parameters<IoAdapter['createIOServer']>[1]) {
    const all: object = { ...options, ...this.cors.socketOptions(this.policy) };
    return super.createIOServer(port, all as NonNullable<typeof options>);
  }
}

/** What a page on this origin receives, over a single transport. */
async function echo(port: number, transport: 'polling' | 'websocket', origin?: string) {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: [transport],
    reconnection: false,
    forceNew: true,
    ...(origin !== undefined && { extraHeaders: { origin } }),
  });
  try {
    const isConnected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('connect_error', () => resolve(false));
    });
    if (!isConnected) return 'refused';
    return (await socket.emitWithAck('echo', 'hello')) as string;
  } finally {
    socket.close();
  }
}

/** Nest 11 has no CSRF protection. */
const hasProtection = (app: INestApplication) => 'enableCsrfProtection' in app;

const POLLING = '/socket.io/?EIO=4&transport=polling';

describe.each(PLATFORMS)('a gateway on $platform', ({ platform }) => {
  const withGateway = async (
    policy: string | undefined,
    use: (port: number, app: INestApplication) => Promise<void>,
  ) => {
    const { app, port } = await startApp(platform, AppModule, {
      configure: (created) => created.useWebSocketAdapter(new CorsIoAdapter(created, policy)),
    });
    try {
      await use(port, app);
    } finally {
      await app.close();
    }
  };

  it('takes the origins of the policy, over both transports', () =>
    withGateway(undefined, async (port) => {
      const heard: Record<string, unknown> = {};
      for (const origin of [APP, SUB, EVIL, 'null', `http://127.0.0.1:${port}`]) {
        heard[origin.replace(String(port), 'PORT')] = [
          await echo(port, 'polling', origin),
          await echo(port, 'websocket', origin),
        ];
      }
      heard['no origin'] = [await echo(port, 'polling'), await echo(port, 'websocket')];
      expect(heard).toEqual({
        [APP]: ['hello', 'hello'],
        [SUB]: ['hello', 'hello'],
        [EVIL]: ['refused', 'refused'],
        null: ['refused', 'refused'],
        'http://127.0.0.1:PORT': ['hello', 'hello'],
        'no origin': ['hello', 'hello'],
      });
    }));

  it('answers long-polling with the headers of the policy', () =>
    withGateway(undefined, async (port) => {
      const [yes, no] = await Promise.all([
        send(port, 'GET', POLLING, { origin: SUB }),
        send(port, 'GET', POLLING, { origin: EVIL }),
      ]);
      expect([yes.status, yes.cors, no.status, no.cors]).toEqual([
        200,
        {
          'access-control-allow-origin': SUB,
          'access-control-allow-credentials': 'true',
          'access-control-expose-headers': 'etag',
          vary: 'Origin',
        },
        403,
        {},
      ]);
    }));

  it('answers preflights of long-polling', () =>
    withGateway(undefined, async (port) => {
      const { status, cors } = await preflight(port, POLLING, APP, 'POST', 'x-token');
      expect([status, cors]).toEqual([
        204,
        {
          'access-control-allow-origin': APP,
          'access-control-allow-credentials': 'true',
          'access-control-allow-methods': 'GET,POST',
          'access-control-allow-headers': 'x-token',
          'access-control-max-age': '600',
          'access-control-expose-headers': 'etag',
          vary: 'Origin, Access-Control-Request-Headers',
        },
      ]);
    }));

  it('takes a named policy', () =>
    withGateway('one', async (port) => {
      const heard = [];
      for (const origin of [APP, SUB]) {
        heard.push([await echo(port, 'polling', origin), await echo(port, 'websocket', origin)]);
      }
      expect(heard).toEqual([
        ['hello', 'hello'],
        ['refused', 'refused'],
      ]);
    }));

  it('follows an update', () =>
    withGateway(undefined, async (port, app) => {
      await app.get(CorsService).update({ origin: EVIL });
      expect([
        await echo(port, 'websocket', EVIL),
        await echo(port, 'websocket', APP),
        await echo(port, 'polling', APP),
      ]).toEqual(['hello', 'refused', 'refused']);
    }));
});

describe.each(PLATFORMS)('CSRF protection on $platform', ({ platform }) => {
  it('trusts the exact origins of the policy', async () => {
    const { app, port } = await startApp(platform, AppModule, {
      configure: (created) => {
        const trustedOrigins = created.get(CorsService).trustedOrigins();
        if (hasProtection(created)) created.enableCsrfProtection({ trustedOrigins });
      },
    });
    try {
      const post = async (origin: string) => {
        const headers = { origin, 'sec-fetch-site': 'cross-site' };
        const { status, cors } = await send(port, 'POST', '/orders', headers);
        return [status, cors['access-control-allow-origin']];
      };
      // A pattern is not an exact origin: CORS allows it, CSRF protection does not.
      const refused = hasProtection(app) ? 403 : 201;
      expect([await post(APP), await post(SUB), await post(EVIL)]).toEqual([
        [201, APP],
        [refused, SUB],
        [refused, undefined],
      ]);
    } finally {
      await app.close();
    }
  });

  it('gets the origins of a policy, unless it allows all', async () => {
    const { app } = await startApp(platform, AppModule);
    try {
      const cors = app.get(CorsService);
      expect([cors.trustedOrigins(), cors.trustedOrigins('one')]).toEqual([[APP], [APP]]);
      expect(() => cors.trustedOrigins('public')).toThrow(
        "Expected a policy with a list of origins, got `origin: '*'` of public",
      );
      expect(() => cors.trustedOrigins('two')).toThrow(
        'Expected the name of a policy, got `two`. The names are `public`, `one`.',
      );
      expect(() => cors.socketOptions('public')).toThrow(
        "Expected a policy with a list of origins, got `origin: '*'` of public: any page could open a WebSocket here, with the cookies of its visitor. Name another policy.",
      );
      expect(() => cors.socketOptions('two')).toThrow('Expected the name of a policy');
    } finally {
      await app.close();
    }
  });
});
