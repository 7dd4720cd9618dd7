import {
  Catch,
  Controller,
  Get,
  Header,
  Injectable,
  Post,
  UseGuards,
  VERSION_NEUTRAL,
  VersioningType,
  type ArgumentsHost,
  type CanActivate,
  type DynamicModule,
  type ExceptionFilter,
  type INestApplication,
} from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import { Cors, CorsModule, type CorsOptions } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

/** Who ran, in order. */
const ran: string[] = [];

@Injectable()
class RecordingGuard implements CanActivate {
  canActivate(): boolean {
    ran.push('guard');
    return true;
  }
}

@Controller({ path: 'orders', version: VERSION_NEUTRAL })
@UseGuards(RecordingGuard)
class OrdersController {
  @Get() list() {
    ran.push('list');
    return {};
  }
  @Post() create() {
    ran.push('create');
    return {};
  }
  @Get('feed') @Cors({ origin: '*', credentials: false }) feed() {
    return {};
  }
  @Get('hook') @Cors(false) hook() {
    return {};
  }
  @Get('shop') @Cors({ origin: EVIL }) shop() {
    return {};
  }
  @Get('later') @Cors({ origin: () => Promise.resolve(false) }) later() {
    ran.push('later');
    return {};
  }
}

@Controller({ path: 'cats', version: '1' })
class FirstController {
  @Get() @Header('x-version', '1') list() {
    return {};
  }
}
@Controller({ path: 'cats', version: '2' })
@Cors({ origin: EVIL })
class SecondController {
  @Get() @Header('x-version', '2') list() {
    return {};
  }
}

@Controller({ path: 'shops', version: VERSION_NEUTRAL })
@Cors({ origin: EVIL })
class ShopsController {
  @Get(':id') one() {
    ran.push('one');
    return {};
  }
}

@Controller({ path: 'bound', host: 'one.example.com', version: VERSION_NEUTRAL })
class BoundController {
  @Get() list() {
    return {};
  }
}
@Controller({ path: 'bound/:any', host: 'one.example.com', version: '1' })
class BoundVersionController {
  @Get() list() {
    return {};
  }
}

@Catch()
class ShapingFilter implements ExceptionFilter {
  constructor(private readonly host: HttpAdapterHost) {}
  catch(error: { getStatus?(): number; message: string }, host: ArgumentsHost): void {
    const status = error.getStatus?.() ?? 500;
    const shaped = { shaped: error.message };
    this.host.httpAdapter.reply(host.switchToHttp().getResponse(), shaped, status);
  }
}

const application = (options: Partial<CorsOptions> = {}): DynamicModule => ({
  module: class AppModule {},
  imports: [
    CorsModule.forRoot({ origin: APP, credentials: true, rejectDisallowed: true, ...options }),
  ],
  controllers: [
    OrdersController,
    FirstController,
    SecondController,
    ShopsController,
    BoundController,
    BoundVersionController,
  ],
  providers: [{ provide: APP_FILTER, useClass: ShapingFilter }],
});

const configure = (app: INestApplication) => {
  app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' });
  const instance: { get(path: string, handler: (...args: never[]) => unknown): void } = app
    .getHttpAdapter()
    .getInstance();
  instance.get('/raw', (_: unknown, response: { send(body: string): unknown }) => {
    ran.push('raw');
    response.send('raw');
  });
};

const REFUSED = '{"shaped":"The origin of this request is not allowed."}';
const ALLOWED = {
  'access-control-allow-origin': APP,
  'access-control-allow-credentials': 'true',
  vary: 'Origin',
};
const SILENT = { vary: 'Origin' };

describe.each(PLATFORMS)('rejectDisallowed on $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startApp(platform, application(), { configure }));
  });
  afterAll(() => app.close());
  beforeEach(() => void ran.splice(0));

  it.each<[what: string, method: string, path: string, headers: object]>([
    ['a route', 'GET', '/orders', { origin: EVIL }],
    ['a route that answers later', 'GET', '/orders/later', { origin: EVIL }],
    ['a form posted from elsewhere', 'POST', '/orders', { origin: EVIL }],
    ['a page without an origin of its own', 'GET', '/orders', { origin: 'null' }],
    ['a value that is not an origin', 'GET', '/orders', { origin: 'evil' }],
    ['a page of the same site', 'GET', '/orders', { origin: EVIL, 'sec-fetch-site': 'same-site' }],
    ['a raw route', 'GET', '/raw', { origin: EVIL }],
    ['what is not found', 'GET', '/nowhere', { origin: EVIL }],
    ['another method', 'DELETE', '/orders', { origin: EVIL }],
    ['a host', 'GET', '/bound', { origin: EVIL, host: 'one.example.com' }],
    ['another host', 'GET', '/bound', { origin: EVIL, host: 'two.example.com' }],
    ['a version', 'GET', '/cats', { origin: EVIL, 'x-version': '1' }],
  ])('refuses %s', async (_, method, path, headers) => {
    const answer = await send(port, method, path, { ...headers });
    expect([answer.status, answer.body, answer.cors, ran]).toEqual([403, REFUSED, SILENT, []]);
  });

  it.each<[what: string, path: string, headers: object, cors: object]>([
    ['an allowed origin', '/orders', { origin: APP }, ALLOWED],
    ['no Origin', '/orders', {}, SILENT],
    ['its own page', '/orders', { origin: EVIL, 'sec-fetch-site': 'same-origin' }, SILENT],
    ['its visitor', '/orders', { origin: EVIL, 'sec-fetch-site': 'none' }, SILENT],
    ['any origin', '/orders/feed', { origin: EVIL }, { 'access-control-allow-origin': '*' }],
    ['@Cors(false)', '/orders/hook', { origin: EVIL }, {}],
    [
      "a route's own policy",
      '/orders/shop',
      { origin: EVIL },
      { ...ALLOWED, 'access-control-allow-origin': EVIL },
    ],
    [
      "a version's own policy",
      '/cats',
      { origin: EVIL, 'x-version': '2' },
      { ...ALLOWED, 'access-control-allow-origin': EVIL },
    ],
  ])('serves %s', async (_, path, headers, cors) => {
    const answer = await send(port, 'GET', path, { ...headers });
    expect([answer.status, answer.cors]).toEqual([200, cors]);
  });

  it('leaves an empty parameter to the not-found handler, under the policy that applies there', async () => {
    const allowed = await send(port, 'GET', '/shops/', { origin: APP });
    const refused = await send(port, 'GET', '/shops/', { origin: EVIL });
    expect([allowed.status, allowed.cors, refused.status, refused.cors, ran]).toEqual([
      404,
      ALLOWED,
      403,
      SILENT,
      [],
    ]);
  });

  it('serves its own page without Sec-Fetch-Site, by scheme, host and port', async () => {
    const own = await send(port, 'POST', '/orders', { origin: `http://127.0.0.1:${port}` });
    const otherPort = await send(port, 'POST', '/orders', { origin: 'http://127.0.0.1:1' });
    const otherScheme = await send(port, 'POST', '/orders', {
      origin: `https://127.0.0.1:${port}`,
    });
    expect([own.status, otherPort.status, otherScheme.status, ran]).toEqual([
      201,
      403,
      403,
      ['guard', 'create'],
    ]);
  });

  it('answers preflights as without it', async () => {
    const [yes, no] = await Promise.all([
      preflight(port, '/orders', APP, 'POST'),
      preflight(port, '/orders', EVIL, 'POST'),
    ]);
    expect([yes.status, no.status, no.body]).toEqual([204, 403, '']);
  });
});

it.each(PLATFORMS)('is off by default on $platform', async ({ platform }) => {
  const { app, port } = await startApp(platform, application({ rejectDisallowed: false }), {
    configure,
  });
  try {
    const answer = await send(port, 'GET', '/orders', { origin: EVIL });
    expect([answer.status, answer.cors]).toEqual([200, SILENT]);
  } finally {
    await app.close();
  }
});
