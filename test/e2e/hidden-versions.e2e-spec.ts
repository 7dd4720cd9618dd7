import {
  Controller,
  Delete,
  Get,
  Module,
  Version,
  VERSION_NEUTRAL,
  VersioningType,
  type INestApplication,
} from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';
const TWO = 'https://two.example.com';

@Controller('cats')
class CatsController {
  @Version('1') @Get() @Cors({ origin: ONE }) one() {
    return {};
  }
  @Version('2') @Get() @Cors({ origin: TWO }) two() {
    return {};
  }
}

/** Paths that overlap: of one version, only the first handler is ever reached. */
@Controller('dogs')
class DogsController {
  @Version(['1', VERSION_NEUTRAL]) @Delete('all') @Cors(false) removeAll() {
    return 'all';
  }
  @Version('1') @Delete(':id') @Cors({ origin: ONE }) remove() {
    return 'one';
  }
  @Version('2') @Delete(':id') @Cors({ origin: TWO }) removeLater() {
    return 'two';
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: GLOBAL })],
  controllers: [CatsController, DogsController],
})
class AppModule {}

/** Every kind of version that a CORS-preflight request does not show. */
const KINDS = [
  {
    kind: 'header',
    options: { type: VersioningType.HEADER, header: 'x-version' } as const,
    headers: (version: string) => ({ 'x-version': version }),
  },
  {
    kind: 'media type',
    options: { type: VersioningType.MEDIA_TYPE, key: 'v=' } as const,
    headers: (version: string) => ({ accept: `application/json;v=${version}` }),
  },
  {
    kind: 'custom',
    options: {
      type: VersioningType.CUSTOM,
      extractor: (request: unknown) => {
        const { headers } = request as { headers: Record<string, string | undefined> };
        return headers['x-custom'] ?? '';
      },
    } as const,
    headers: (version: string) => ({ 'x-custom': version }),
  },
];
const ROWS = PLATFORMS.flatMap(({ platform }) => KINDS.map((kind) => ({ platform, ...kind })));

describe.each(ROWS)('$kind versions on $platform', ({ platform, options, headers }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startApp(platform, AppModule, {
      configure: (created) => created.enableVersioning(options),
    }));
  });
  afterAll(() => app.close());

  it('the preflight allows what any handler allows, and no more', async () => {
    const statuses = [];
    for (const origin of [ONE, TWO, GLOBAL]) {
      statuses.push((await preflight(port, '/cats', origin, 'GET')).status);
    }
    expect(statuses).toEqual([204, 204, 403]);
  });

  it('the preflight does not allow what only a handler allows that is never reached', async () => {
    const answers = [];
    for (const version of ['1', '2']) {
      const { body } = await send(port, 'DELETE', '/dogs/all', headers(version));
      answers.push(body);
    }
    for (const path of ['/dogs/all', '/dogs/7']) {
      for (const origin of [ONE, TWO, GLOBAL]) {
        answers.push((await preflight(port, path, origin, 'DELETE')).status);
      }
    }
    expect(answers).toEqual(['all', 'two', 403, 204, 403, 204, 204, 403]);
  });

  it.each([
    ['1', ONE, 200],
    ['2', TWO, 200],
    ['3', GLOBAL, 404],
  ])('version %s has the policy of its handler', async (version, origin, status) => {
    const answers = [];
    for (const asked of [ONE, TWO, GLOBAL]) {
      const answer = await send(port, 'GET', '/cats', { origin: asked, ...headers(version) });
      answers.push([answer.status, answer.cors['access-control-allow-origin']]);
    }
    expect(answers).toEqual(
      [ONE, TWO, GLOBAL].map((asked) => [status, asked === origin ? asked : undefined]),
    );
  });
});
