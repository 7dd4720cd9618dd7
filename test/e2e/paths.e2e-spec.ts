import { Controller, Get, Post, type DynamicModule, type INestApplication } from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { preflight, repeated, send } from '../support/send.js';
import { startWay, WAYS } from '../support/ways.js';

const APP = 'https://app.example.com';
const FILES = 'https://files.example.com';
const OTHER = 'https://other.example.org';

@Controller('files')
class FilesController {
  @Get('listed') listed() {
    return {};
  }
  @Get('own') @Cors({ origin: 'https://own.example.com' }) own() {
    return {};
  }
}

@Controller('legacy')
class LegacyController {
  @Post('orders') create() {
    return {};
  }
}

const MODULE: DynamicModule = {
  module: class AppModule {},
  imports: [
    CorsModule.forRoot({
      origin: APP,
      credentials: true,
      policies: { public: { origin: '*', credentials: false } },
      paths: {
        '/graphql': 'public',
        '/files/*': { origin: FILES },
        '/files/open/*': { policy: 'public', exposedHeaders: ['etag'] },
        '/Legacy//*': false,
      },
    }),
  ],
  controllers: [FilesController, LegacyController],
};

/** Routes next to Nest's, as each platform has them. */
function addRawRoutes(app: INestApplication): void {
  const instance: {
    get(path: string, handler: (request: unknown, response: Answerer) => unknown): void;
    options(path: string, handler: (request: unknown, response: Answerer) => unknown): void;
  } = app.getHttpAdapter().getInstance();
  for (const path of ['/graphql', '/files/raw', '/files/open/a', '/elsewhere']) {
    instance.get(path, (_, response) => void response.send('raw'));
  }
  const speakForItself = (_: unknown, response: Answerer) => {
    response.header('access-control-allow-origin', 'https://legacy.example.com');
    response.send('legacy');
  };
  instance.get('/legacy/raw', speakForItself);
  instance.options('/legacy/raw', speakForItself);
}

interface Answerer {
  header(name: string, value: string): unknown;
  send(body: string): unknown;
}

const credentialed = (origin: string) => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  vary: 'Origin',
});
const NOBODY = { vary: 'Origin' };
const ANYBODY = { 'access-control-allow-origin': '*' };

describe.each(WAYS)('paths on $platform, $way', ({ platform, way }) => {
  let app: INestApplication;
  let port: number;
  const warnings: string[] = [];

  beforeAll(async () => {
    ({ app, port } = await startWay({ platform, way }, MODULE, {
      logger: collectingLogger('warn', warnings),
      configure: (created) => addRawRoutes(created),
    }));
  });
  afterAll(() => app.close());

  it.each<[path: string, origin: string, status: number, cors: object]>([
    // A raw route, by its exact path
    ['/graphql', APP, 200, ANYBODY],
    ['/graphql', OTHER, 200, ANYBODY],
    ['/graphql?query=x', OTHER, 200, ANYBODY],
    // Below is not the same
    ['/graphql/x', APP, 404, credentialed(APP)],
    ['/graphqlx', APP, 404, credentialed(APP)],
    // Everything below, found or not
    ['/files/raw', FILES, 200, credentialed(FILES)],
    ['/files/raw', APP, 200, NOBODY],
    ['/files/missing/deep', FILES, 404, credentialed(FILES)],
    ['/files', FILES, 404, credentialed(FILES)],
    ['/files/', FILES, 404, credentialed(FILES)],
    // Spellings
    ['/%66iles/missing', FILES, 404, NOBODY],
    ['/files/ra%2Fw', FILES, 404, credentialed(FILES)],
    ['/FILES/missing', FILES, 404, credentialed(FILES)],
    ['/filesraw', FILES, 404, NOBODY],
    // The most specific wins
    ['/files/open/a', OTHER, 200, { ...ANYBODY, 'access-control-expose-headers': 'etag' }],
    ['/files/open', OTHER, 404, { ...ANYBODY, 'access-control-expose-headers': 'etag' }],
    // A controller's own policy wins
    ['/files/listed', APP, 200, credentialed(APP)],
    ['/files/listed', FILES, 200, NOBODY],
    ['/files/own', 'https://own.example.com', 200, credentialed('https://own.example.com')],
    // `false` leaves what is there to itself
    ['/legacy/raw', APP, 200, { 'access-control-allow-origin': 'https://legacy.example.com' }],
    ['/legacy/missing', APP, 404, {}],
    // No key
    ['/elsewhere', APP, 200, credentialed(APP)],
  ])('GET %s from %s: %i', async (path, origin, status, cors) => {
    const answer = await send(port, 'GET', path, { origin });
    expect([answer.status, answer.cors]).toEqual([status, cors]);
  });

  it.each<[path: string, origin: string, method: string, status: number, cors: object]>([
    ['/graphql', OTHER, 'GET', 204, { ...ANYBODY, 'access-control-allow-methods': 'GET' }],
    [
      '/files/missing',
      FILES,
      'PUT',
      204,
      { ...credentialed(FILES), 'access-control-allow-methods': 'PUT' },
    ],
    ['/files/missing', APP, 'PUT', 403, NOBODY],
    ['/files/listed', FILES, 'GET', 403, NOBODY],
    // Passed on: to whatever responds there, otherwise to the not-found handler.
    [
      '/legacy/raw',
      APP,
      'GET',
      200,
      { 'access-control-allow-origin': 'https://legacy.example.com' },
    ],
    ['/legacy/missing', APP, 'GET', 404, {}],
    // The controller's, not the path's.
    [
      '/legacy/orders',
      APP,
      'POST',
      204,
      { ...credentialed(APP), 'access-control-allow-methods': 'POST' },
    ],
  ])('a preflight for %s from %s: %s', async (path, origin, method, status, cors) => {
    const answer = await repeated(() => preflight(port, path, origin, method));
    const { 'access-control-max-age': _, ...rest } = answer.cors;
    const { 'access-control-allow-methods': methods, ...others } = rest;
    const announced = (methods ?? []).toString().split(', ').includes(method)
      ? { 'access-control-allow-methods': method }
      : {};
    expect([answer.status, { ...others, ...announced }]).toEqual([status, cors]);
  });

  it('warns of keys that also cover routes of controllers', () => {
    expect(warnings.filter((warning) => warning.includes(' also covers '))).toEqual([
      "`paths['/files/*']` also covers FilesController.listed, FilesController.own: `paths` is for requests that no controller serves, so their own policies apply. Write @Cors() there, or narrow the path.",
      "`paths['/legacy/*']` also covers LegacyController.create: `paths` is for requests that no controller serves, so their own policies apply. Write @Cors() there, or narrow the path.",
    ]);
  });
});
