import {
  Controller,
  Get,
  Module,
  Next,
  Param,
  VersioningType,
  type INestApplication,
} from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { CORS_RUNTIME } from '../../lib/cors.constants.js';
import type { CorsRuntime } from '../../lib/cors.runtime.js';
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

/** How often the estimate was wrong; the answer is right in every row. */
describe.each([
  {
    platform: 'express' as const,
    module: ExpressModule,
    rows: [
      // The first registered is expected; the host is seen before routing, the version is not.
      ['/cats', '1', ONE, 200, 0],
      ['/cats', '2', TWO, 200, 1],
      ['/cats', '3', GLOBAL, 404, 1],
      ['/passed', '1', GLOBAL, 404, 1],
      ['/dogs/', '1', GLOBAL, 404, 0],
      ['/dogs/7', '1', ONE, 200, 0],
    ] as const,
  },
  {
    platform: 'fastify' as const,
    module: AppModule,
    rows: [
      // Fastify has routed before the hook runs, but Nest turns an empty parameter away later.
      ['/cats', '1', ONE, 200, 0],
      ['/cats', '2', TWO, 200, 0],
      ['/cats', '3', GLOBAL, 404, 0],
      ['/dogs/', '1', GLOBAL, 404, 1],
      ['/dogs/7', '1', ONE, 200, 0],
    ] as const,
  },
])('the counter of corrections on $platform', ({ platform, module, rows }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startApp(platform, module, {
      configure: (created) =>
        created.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' }),
    }));
  });
  afterAll(() => app.close());

  it.each(rows)('GET %s of version %s', async (path, version, origin, status, expected) => {
    const { gate } = app.get<CorsRuntime>(CORS_RUNTIME);
    const before = gate.corrections;
    const answer = await send(port, 'GET', path, { origin, 'x-version': version });
    expect([answer.status, answer.cors, gate.corrections - before]).toEqual([
      status,
      { 'access-control-allow-origin': origin, vary: 'Origin' },
      expected,
    ]);
  });
});
