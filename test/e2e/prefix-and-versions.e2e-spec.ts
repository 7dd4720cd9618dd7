import {
  Controller,
  Get,
  Module,
  Put,
  VERSION_NEUTRAL,
  Version,
  VersioningType,
} from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { preflight, repeated, send } from '../support/send.js';
import { startWay, WAYS } from '../support/ways.js';

const ONE = 'https://one.example.com';
const TWO = 'https://two.example.com';
const APP = 'https://app.example.com';

@Controller({ path: 'cats', version: '1' })
@Cors({ origin: ONE })
class CatsOneController {
  @Get(':id') one() {
    return {};
  }
}

@Controller({ path: 'cats', version: '2' })
@Cors({ origin: TWO })
class CatsTwoController {
  @Get(':id') two() {
    return {};
  }
  @Version(['2', '3']) @Put(':id') @Cors({ maxAge: 5 }) put() {
    return {};
  }
}

@Controller({ path: 'health', version: VERSION_NEUTRAL })
@Cors({ origin: '*' })
class HealthController {
  @Get() health() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: APP })],
  controllers: [CatsOneController, CatsTwoController, HealthController],
})
class AppModule {}

describe.each(WAYS)('global prefix and URI versions on $platform, $way', ({ platform, way }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startWay({ platform, way }, AppModule, {
      configure: (created) =>
        created
          .setGlobalPrefix('api', { exclude: ['health'] })
          .enableVersioning({ type: VersioningType.URI }),
    }));
  });
  afterAll(() => app.close());

  it.each([
    ['/api/v1/cats/7', 'GET', ONE, 200],
    ['/api/v2/cats/7', 'GET', TWO, 200],
    ['/api/v2/cats/7', 'PUT', TWO, 200],
    ['/api/v3/cats/7', 'PUT', TWO, 200],
    ['/api/v3/cats/7', 'GET', APP, 404],
    ['/v1/cats/7', 'GET', APP, 404],
    ['/api/v1/cats', 'GET', APP, 404],
  ])('%s %s has the policy of %s', async (path, method, origin, status) => {
    const outcomes = [];
    for (const asked of [ONE, TWO, APP]) {
      const before = await repeated(() => preflight(port, path, asked, method));
      const actual = await send(port, method, path, { origin: asked });
      outcomes.push([
        before.status,
        before.cors['access-control-allow-origin'],
        actual.status,
        actual.cors,
      ]);
    }
    expect(outcomes).toEqual(
      [ONE, TWO, APP].map((asked) =>
        asked === origin
          ? [204, asked, status, { 'access-control-allow-origin': asked, vary: 'Origin' }]
          : [403, undefined, status, { vary: 'Origin' }],
      ),
    );
  });

  it('a path excluded from the prefix', async () => {
    const { status, cors } = await repeated(() => preflight(port, '/health', APP, 'GET'));
    expect([status, cors]).toEqual([
      204,
      {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET',
        'access-control-max-age': '600',
      },
    ]);
  });
});
