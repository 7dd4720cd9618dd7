import { jest } from '@jest/globals';
import { CorsService } from 'nestjs-cors';
import { generatedModule, GLOBAL_ORIGIN } from '../support/generated-app.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const HANDLERS = 200;
const LAST = `/c/${HANDLERS - 1}`;
const LAST_ORIGIN = `https://c0h${HANDLERS - 1}.example.com`;

const { module: generated } = generatedModule([
  {
    paths: ['c'],
    cors: 'outer',
    handlers: Array.from({ length: HANDLERS }, (_, index) => ({
      method: 'PUT' as const,
      paths: [String(index)],
      cors: 'own' as const,
    })),
  },
]);

const ANSWER = {
  'access-control-allow-origin': LAST_ORIGIN,
  'access-control-allow-methods': 'PUT',
  'access-control-max-age': '600',
  vary: 'Origin',
};

// The table of routes is filled by timers. Where these stand still, so does the filling.
beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
    ],
  });
});
afterEach(() => void jest.useRealTimers());

describe.each(PLATFORMS)('routes that are not looked up yet, on $platform', ({ platform }) => {
  it('a preflight gets the policy of the last route, although no route is in the table yet', async () => {
    const { app, port } = await startApp(platform, generated);
    try {
      const [allowed, refused, unserved] = [
        await preflight(port, LAST, LAST_ORIGIN, 'PUT'),
        await preflight(port, LAST, GLOBAL_ORIGIN, 'PUT'),
        await preflight(port, '/none', GLOBAL_ORIGIN, 'PUT'),
      ];
      expect([allowed.status, allowed.cors, refused.status, refused.cors]).toEqual([
        204,
        ANSWER,
        403,
        { vary: 'Origin' },
      ]);
      expect(unserved.status).toBe(204);
    } finally {
      await app.close();
    }
  });

  it('an actual request that is answered before its route gets the policy of the route', async () => {
    const { app, port } = await startApp(platform, generated);
    try {
      const malformed = await send(
        port,
        'PUT',
        LAST,
        { origin: LAST_ORIGIN, 'content-type': 'application/json' },
        '{',
      );
      expect([malformed.status, malformed.cors]).toEqual([
        400,
        { 'access-control-allow-origin': LAST_ORIGIN, vary: 'Origin' },
      ]);
    } finally {
      await app.close();
    }
  });

  it('routes() and explain() know them', async () => {
    const { app } = await startApp(platform, generated);
    try {
      const cors = app.get(CorsService);
      expect(cors.routes()).toHaveLength(HANDLERS);
      const { route, preflight: answer } = await cors.explain({
        origin: LAST_ORIGIN,
        method: 'PUT',
        url: LAST,
      });
      expect([route, answer?.status]).toEqual([`PUT ${LAST} → C0.c0h${HANDLERS - 1}`, 204]);
    } finally {
      await app.close();
    }
  });

  it('the table fills once the server listens, and not after close()', async () => {
    const { app } = await startApp(platform, generated);
    expect(jest.getTimerCount()).toBe(1);
    await app.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('the table does not fill where nobody listens', async () => {
    const { app } = await startApp(platform, generated, {
      configure: async (created) => {
        await created.init();
        expect(jest.getTimerCount()).toBe(0);
      },
    });
    await app.close();
  });
});
