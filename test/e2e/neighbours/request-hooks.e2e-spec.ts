import type { ServerResponse } from 'node:http';
import { Controller, Get, Module } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { CorsModule } from 'nestjs-cors';
import { PLATFORMS } from '../../support/platforms.js';
import { preflight, send } from '../../support/send.js';
import { startOn } from '../../support/start-on.js';

const GLOBAL = 'https://global.example.com';

@Controller()
class OrdersController {
  @Get('orders') list() {
    return {};
  }
}

const origin = (asked: string, resolving: boolean) =>
  resolving ? (tested: string) => Promise.resolve(tested === asked) : asked;

/** The same policy written as text, and as a function that takes its time. */
const moduleWith = (resolving: boolean) => {
  @Module({
    imports: [CorsModule.forRoot({ origin: origin(GLOBAL, resolving) })],
    controllers: [OrdersController],
  })
  class HooksModule {}
  return HooksModule;
};

const GRANTED = { 'access-control-allow-origin': GLOBAL, vary: 'Origin' };
type Done = (error?: Error) => void;
type Hook = (request: { method: string }, response: unknown, done: Done) => unknown;
interface Hookable {
  setOnRequestHook(hook: Hook): void;
}

const RUNS_PROMISES = 'runRequestHook' in ExpressAdapter.prototype;

describe.each(PLATFORMS)("the user's own request hook on $platform", ({ adapter }) => {
  const calls: string[] = [];
  const HOOKS: Record<string, Hook> = {
    'calls back': ({ method }, _response, done) => {
      calls.push(method);
      done();
    },
    'calls back later': ({ method }, _response, done) => {
      calls.push(method);
      setImmediate(done);
    },
    'is asynchronous and calls back': async ({ method }, _response, done) => {
      await Promise.resolve();
      calls.push(method);
      done();
    },
  };
  const FAILING: Record<string, Hook> = {
    'calls back with an error': (_request, _response, done) => done(new Error('hook')),
    throws: () => {
      throw new Error('hook');
    },
    // Adapters before Nest 12 lose the rejection, with this module and without.
    ...(RUNS_PROMISES && { rejects: () => Promise.reject(new Error('hook')) }),
  };
  const WHEN: [string, boolean][] = [
    ['before the application is created', true],
    ['after it is created', false],
  ];
  const cases = (hooks: Record<string, Hook>) =>
    Object.entries(hooks).flatMap(([how, hook]) =>
      WHEN.flatMap(([when, early]) =>
        [false, true].map(
          (resolving) =>
            [how, when, resolving ? 'a function' : 'a string', hook, early, resolving] as const,
        ),
      ),
    );

  const start = (hook: Hook, early: boolean, resolving: boolean) => {
    calls.length = 0;
    const own: AbstractHttpAdapter = adapter();
    const set = () => (own as unknown as Hookable).setOnRequestHook(hook);
    if (early) set();
    return startOn(own, moduleWith(resolving), { configure: early ? () => undefined : set });
  };

  it.each(cases(HOOKS))('%s, set %s, origin is %s', async (_, _when, _origin, ...rest) => {
    const { app, port } = await start(...rest);
    try {
      const before = await preflight(port, '/orders', GLOBAL, 'GET');
      const answer = await send(port, 'GET', '/orders', { origin: GLOBAL });
      expect([before.status, answer.status, answer.cors]).toEqual([204, 200, GRANTED]);
      // A preflight is answered before it.
      expect(calls).toEqual(['GET']);
    } finally {
      await app.close();
    }
  });

  it.each(cases(FAILING))('%s, set %s, origin is %s: a 500 with headers', async (...row) => {
    const [, , , ...rest] = row;
    const { app, port } = await start(...rest);
    try {
      const answer = await send(port, 'GET', '/orders', { origin: GLOBAL });
      expect([answer.status, answer.cors]).toEqual([500, GRANTED]);
    } finally {
      await app.close();
    }
  });
});

describe.each(PLATFORMS)('middleware of the application on $platform', ({ adapter }) => {
  it('runs after the preflight is answered, and for everything else', async () => {
    const calls: string[] = [];
    const { app, port } = await startOn(adapter(), moduleWith(false), {
      configure: (created) =>
        created.use((request: { method: string }, response: ServerResponse, next: Done) => {
          calls.push(request.method);
          // As helmet does.
          response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
          response.setHeader('Vary', 'Accept-Encoding');
          next();
        }),
    });
    try {
      const before = await preflight(port, '/orders', GLOBAL, 'GET');
      const answer = await send(port, 'GET', '/orders', { origin: GLOBAL });
      const options = await send(port, 'OPTIONS', '/orders', { origin: GLOBAL });
      expect([before.status, answer.status, options.status, calls]).toEqual([
        204,
        200,
        404,
        ['GET', 'OPTIONS'],
      ]);
      expect(answer.cors).toEqual({ ...GRANTED, vary: 'Accept-Encoding, Origin' });
      expect(options.cors).toEqual({ ...GRANTED, vary: 'Accept-Encoding, Origin' });
    } finally {
      await app.close();
    }
  });
});
