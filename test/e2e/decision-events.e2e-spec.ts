import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Controller, Get, Put, type DynamicModule } from '@nestjs/common';
import {
  Cors,
  CorsModule,
  type CorsDecisionEvent,
  type CorsFailureEvent,
  type CorsOptions,
  type CorsReportOnlyEvent,
} from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
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
  @Get('a/feed') @Cors('public') feed() {
    return {};
  }
  @Get('a/hook') @Cors(false) hook() {
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
      policies: { public: { origin: '*', credentials: false } },
      paths: { '/files/*': 'public' },
      ...options,
    }),
  ],
  controllers: [OrdersController, OffController],
});

@Controller('off')
class OffController {
  @Get() @Cors({ origin: false }) get() {
    return {};
  }
}

/** What is published while requests are sent. */
async function published<T>(
  platform: Platform,
  name: string,
  options: Partial<CorsOptions>,
  use: (port: number) => Promise<unknown>,
): Promise<T[]> {
  const events: T[] = [];
  const record = (event: unknown) => void events.push(event as T);
  const { app, port } = await startApp(platform, application(options));
  subscribe(name, record);
  try {
    await use(port);
  } finally {
    unsubscribe(name, record);
    await app.close();
  }
  return events;
}

describe.each(PLATFORMS)('events on $platform', ({ platform }) => {
  it('are published for each decision', async () => {
    const events = await published<CorsDecisionEvent>(
      platform,
      'nestjs-cors:decision',
      {},
      async (port) => {
        await preflight(port, '/orders/1', APP, 'PUT', 'x-token');
        await preflight(port, '/orders/1', APP, 'PUT', 'x-other');
        await preflight(port, '/orders/1', APP, 'PATCH');
        await preflight(port, '/orders/1', EVIL, 'PUT');
        await send(port, 'GET', '/orders/1?secret=1', { origin: APP });
        await send(port, 'GET', '/orders/1');
        await send(port, 'GET', '/orders/1', { origin: EVIL });
        await send(port, 'GET', '/orders/1', { origin: 'evil' });
        await send(port, 'GET', '/orders/a/feed', { origin: EVIL });
        await send(port, 'GET', '/orders/a/hook', { origin: EVIL });
        await send(port, 'GET', '/off', { origin: EVIL });
        await send(port, 'GET', '/files/a', { origin: EVIL });
        await send(port, 'GET', '/nowhere', { origin: APP });
      },
    );
    const one = { route: '/orders/:id', handler: 'OrdersController.one', policy: 'forRoot()' };
    const update = { ...one, handler: 'OrdersController.update' };
    const none = { route: null, handler: null };
    const get = { method: 'GET', preflight: false };
    const ask = { method: 'PUT', preflight: true };
    const shared = 'forRoot().policies.public';
    expect(events).toEqual([
      { outcome: 'allowed', origin: APP, ...ask, ...update },
      { outcome: 'header-not-allowed', origin: APP, ...ask, ...update },
      {
        outcome: 'method-not-allowed',
        origin: APP,
        method: 'PATCH',
        preflight: true,
        ...none,
        policy: 'forRoot()',
      },
      { outcome: 'origin-not-allowed', origin: EVIL, ...ask, ...update },
      { outcome: 'allowed', origin: APP, ...get, ...one },
      { outcome: 'not-a-cors-request', origin: null, ...get, ...one },
      { outcome: 'origin-not-allowed', origin: EVIL, ...get, ...one },
      { outcome: 'malformed-origin', origin: 'evil', ...get, ...one },
      {
        outcome: 'allowed',
        origin: EVIL,
        ...get,
        route: '/orders/a/feed',
        handler: 'OrdersController.feed',
        policy: shared,
      },
      {
        outcome: 'cors-disabled',
        origin: EVIL,
        ...get,
        route: '/orders/a/hook',
        handler: 'OrdersController.hook',
        policy: false,
      },
      {
        outcome: 'cors-disabled',
        origin: EVIL,
        ...get,
        route: '/off',
        handler: 'OffController.get',
        policy: false,
      },
      { outcome: 'allowed', origin: EVIL, ...get, ...none, policy: shared },
      { outcome: 'allowed', origin: APP, ...get, ...none, policy: 'forRoot()' },
    ]);
  });

  it('are published for each origin function and class that gave no answer', async () => {
    const error = new Error('away');
    const events = await published<CorsFailureEvent>(
      platform,
      'nestjs-cors:failure',
      { origin: () => Promise.reject(error) },
      async (port) => {
        // The log has one line for both, the channel both.
        await send(port, 'GET', '/orders/1', { origin: APP });
        await send(port, 'GET', '/orders/1', { origin: APP });
      },
    );
    const event = { asked: 'the origin function', origin: APP, problem: 'it threw', error };
    expect(events).toEqual([event, event]);
  });
});

describe.each(PLATFORMS)('reportOnly on $platform', ({ platform }) => {
  const candidate = { origin: [APP, EVIL], credentials: false } as const;

  it('publishes each response that would differ, and changes no header', async () => {
    const seen: unknown[] = [];
    const events = await published<CorsReportOnlyEvent>(
      platform,
      'nestjs-cors:report-only',
      { reportOnly: candidate },
      async (port) => {
        for (const origin of [APP, EVIL, 'https://else.example.org']) {
          seen.push((await send(port, 'GET', '/orders/1', { origin })).cors);
          seen.push((await send(port, 'GET', '/orders/a/feed', { origin })).cors);
        }
        const before = await preflight(port, '/orders/1', EVIL, 'PUT');
        seen.push(before.status);
        await preflight(port, '/orders/1', 'https://else.example.org', 'PUT');
        await send(port, 'GET', '/orders/1');
      },
    );
    const anybody = { 'access-control-allow-origin': '*' };
    expect(seen).toEqual([
      {
        'access-control-allow-origin': APP,
        'access-control-allow-credentials': 'true',
        vary: 'Origin',
      },
      anybody,
      { vary: 'Origin' },
      anybody,
      { vary: 'Origin' },
      anybody,
      403,
    ]);
    const one = { route: '/orders/:id', handler: 'OrdersController.one', policy: 'forRoot()' };
    expect(events).toEqual([
      {
        origin: APP,
        method: 'GET',
        preflight: false,
        ...one,
        live: {
          outcome: 'allowed',
          headers: ['Access-Control-Allow-Origin', APP, 'Access-Control-Allow-Credentials', 'true'],
        },
        candidate: { outcome: 'allowed', headers: ['Access-Control-Allow-Origin', APP] },
      },
      {
        origin: EVIL,
        method: 'GET',
        preflight: false,
        ...one,
        live: { outcome: 'origin-not-allowed', headers: [] },
        candidate: { outcome: 'allowed', headers: ['Access-Control-Allow-Origin', EVIL] },
      },
      {
        origin: EVIL,
        method: 'PUT',
        preflight: true,
        ...one,
        handler: 'OrdersController.update',
        live: {
          outcome: 'origin-not-allowed',
          headers: ['Vary', 'Origin', 'Content-Length', '0'],
        },
        candidate: {
          outcome: 'allowed',
          headers: [
            'Access-Control-Allow-Origin',
            EVIL,
            'Vary',
            'Origin',
            'Access-Control-Allow-Methods',
            'PUT',
            'Access-Control-Allow-Headers',
            'x-token',
            'Access-Control-Max-Age',
            '600',
          ],
        },
      },
    ]);
  });

  it('says so in the log, once', async () => {
    const warnings: string[] = [];
    const { app, port } = await startApp(
      platform,
      application({ reportOnly: candidate, diagnostics: true }),
      { logger: collectingLogger('warn', warnings) },
    );
    try {
      await send(port, 'GET', '/orders/1', { origin: APP });
      await send(port, 'GET', '/orders/2', { origin: APP });
      await preflight(port, '/orders/1', EVIL, 'GET');
    } finally {
      await app.close();
    }
    expect(warnings.filter((warning) => warning.includes('reportOnly'))).toEqual([
      `With \`reportOnly\`, GET /orders/:id from ${APP} would have other headers (allowed).`,
      `With \`reportOnly\`, the preflight for GET /orders/:id from ${EVIL} would change from origin-not-allowed to allowed.`,
    ]);
  });
});
