import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  Controller,
  Get,
  Module,
  Next,
  Param,
  VersioningType,
  type INestApplication,
} from '@nestjs/common';
import { Cors, CorsModule, type CorsDecisionEvent } from 'nestjs-cors';
import { startApp } from '../support/platforms.js';
import { send } from '../support/send.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';
const TWO = 'https://two.example.com';

@Controller({ path: 'cats', version: '1' })
@Cors({ origin: ONE })
class FirstController {
  @Get() list() {
    return {};
  }
}
@Controller({ path: 'cats', version: '2' })
@Cors({ origin: TWO })
class SecondController {
  @Get() list() {
    return {};
  }
}
@Controller({ path: 'cats', version: '1', host: 'bound.example.com' })
@Cors(false)
class BoundController {
  @Get() list() {
    return {};
  }
}
@Controller({ path: 'dogs/:id', version: '1' })
@Cors({ origin: ONE })
class ParameterController {
  @Get() one(@Param('id') id: string) {
    return { id };
  }
}
@Controller({ path: 'passed', version: '1' })
@Cors({ origin: ONE })
class PassingController {
  @Get() pass(@Next() next: () => void) {
    next();
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: GLOBAL })],
  controllers: [FirstController, SecondController, ParameterController],
})
class AppModule {}

// Fastify has one route for a path, whatever its host, and no `next()`.
@Module({
  imports: [CorsModule.forRoot({ origin: GLOBAL })],
  controllers: [
    BoundController,
    FirstController,
    SecondController,
    ParameterController,
    PassingController,
  ],
})
class ExpressModule {}

const EARLY = 'x-end-early';

/** A middleware that responds before routing: with the provisional decision. */
function endEarly(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (request.headers[EARLY] === undefined) next();
  else response.end();
}

describe.each([
  {
    platform: 'express' as const,
    module: ExpressModule,
    rows: [
      // The first one registered is expected; the host is seen before routing, the version is not.
      ['/cats', '1', ONE, ONE, 200, 'FirstController.list'],
      ['/cats', '2', ONE, TWO, 200, 'SecondController.list'],
      ['/cats', '3', ONE, GLOBAL, 404, null],
      ['/passed', '1', ONE, GLOBAL, 404, null],
      ['/dogs/', '1', GLOBAL, GLOBAL, 404, null],
      ['/dogs/7', '1', ONE, ONE, 200, 'ParameterController.one'],
    ] as const,
  },
  {
    platform: 'fastify' as const,
    module: AppModule,
    rows: [
      // Fastify has routed before the hook runs, but Nest turns an empty parameter away later.
      ['/cats', '1', ONE, ONE, 200, 'FirstController.list'],
      ['/cats', '2', TWO, TWO, 200, 'SecondController.list'],
      ['/cats', '3', GLOBAL, GLOBAL, 404, null],
      ['/dogs/', '1', ONE, GLOBAL, 404, null],
      ['/dogs/7', '1', ONE, ONE, 200, 'ParameterController.one'],
    ] as const,
  },
])('the policy before and after routing on $platform', ({ platform, module, rows }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startApp(platform, module, {
      configure: (created) => {
        created.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' });
        created.use(endEarly);
      },
    }));
  });
  afterAll(() => app.close());

  it.each(rows)(
    'GET %s of version %s: %s, then %s',
    async (path, version, provisional, final, status, handler) => {
      const events: CorsDecisionEvent[] = [];
      const record = (event: unknown) => void events.push(event as CorsDecisionEvent);
      const early = await send(port, 'GET', path, {
        origin: provisional,
        'x-version': version,
        [EARLY]: '1',
      });
      subscribe('nestjs-cors:decision', record);
      const late = await send(port, 'GET', path, { origin: final, 'x-version': version });
      unsubscribe('nestjs-cors:decision', record);
      const headersFor = (origin: string) => ({
        'access-control-allow-origin': origin,
        vary: 'Origin',
      });
      expect([early.status, early.cors, late.status, late.cors]).toEqual([
        200,
        headersFor(provisional),
        status,
        headersFor(final),
      ]);
      expect(events).toMatchObject([{ outcome: 'allowed', handler }]);
    },
  );
});
