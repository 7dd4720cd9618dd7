import {
  All,
  Controller,
  Get,
  Header,
  Injectable,
  Module,
  Next,
  Param,
  Post,
  Put,
  Req,
  Res,
  Scope,
  Search,
  Version,
  VersioningType,
  type INestApplication,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost, RouterModule } from '@nestjs/core';
import type { ExpressAdapter } from '@nestjs/platform-express';
import type { Express } from 'express';
import { Cors, CorsModule } from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, repeated, send } from '../support/send.js';
import { startWay, WAYS } from '../support/ways.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';
const TWO = 'https://two.example.com';

abstract class BaseController {
  @Get('inherited') inherited() {
    return {};
  }
}

@Controller('first')
@Cors({ origin: ONE })
class FirstController extends BaseController {}

@Controller('second')
@Cors({ origin: TWO })
class SecondController extends BaseController {}

@Injectable({ scope: Scope.REQUEST })
class PerRequest {}

@Controller(['scoped', 'scoped/again'])
class ScopedController {
  constructor(readonly perRequest: PerRequest) {}

  @Get(['x', 'y/:id']) @Cors({ origin: ONE }) x(@Param('id') id?: string) {
    return { id };
  }
}

@Controller('any')
class AnyController {
  @Put('fixed') @Cors({ origin: TWO }) put() {
    return {};
  }
  @All(':id') @Cors({ origin: ONE }) any() {
    return {};
  }
}

@Controller()
class NestedController {
  @Search('found') @Cors({ origin: ONE }) search() {
    return {};
  }
}

@Module({ controllers: [NestedController] })
class NestedModule {}

@Module({
  imports: [
    CorsModule.forRoot({ origin: GLOBAL }),
    NestedModule,
    RouterModule.register([{ path: 'outer/:tenant', module: NestedModule }]),
  ],
  controllers: [FirstController, SecondController, ScopedController, AnyController],
  providers: [PerRequest],
})
class AppModule {}

describe.each(WAYS)('routing on $platform, $way', ({ platform, way }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startWay({ platform, way }, AppModule));
  });
  afterAll(() => app.close());

  it.each([
    ['an inherited handler, first class', 'GET', '/first/inherited', ONE, 200],
    ['an inherited handler, second class', 'GET', '/second/inherited', TWO, 200],
    ['a request-scoped controller', 'GET', '/scoped/x', ONE, 200],
    ['several paths of controller and handler', 'GET', '/scoped/again/y/7', ONE, 200],
    ['a method before @All()', 'PUT', '/any/fixed', TWO, 200],
    ['@All()', 'DELETE', '/any/fixed', ONE, 200],
    ['RouterModule with a parameter, @Search()', 'SEARCH', '/outer/acme/found', ONE, 200],
    ['nothing', 'SEARCH', '/outer/found', GLOBAL, 404],
  ])('%s: %s %s', async (_, method, path, origin, status) => {
    const answers = [];
    for (const asked of [GLOBAL, ONE, TWO]) {
      const before = await repeated(() => preflight(port, path, asked, method));
      const actual = await send(port, method, path, { origin: asked });
      answers.push([before.status, actual.status, actual.cors]);
    }
    expect(answers).toEqual(
      [GLOBAL, ONE, TWO].map((asked) =>
        asked === origin
          ? [204, status, { 'access-control-allow-origin': asked, vary: 'Origin' }]
          : [403, status, { vary: 'Origin' }],
      ),
    );
  });

  it('@All() announces the requested method, and methods mapped with the same policy', async () => {
    const answers = [
      await repeated(() => preflight(port, '/any/fixed', ONE, 'DELETE')),
      await repeated(() => preflight(port, '/any/fixed', TWO, 'PUT')),
    ];
    expect(answers.map(({ cors }) => cors['access-control-allow-methods'])).toEqual([
      'DELETE',
      'PUT',
    ]);
  });
});

describe.each(PLATFORMS)('header versions on $platform', ({ platform }) => {
  @Controller('cats')
  class CatsController {
    @Version('1') @Get() @Cors({ origin: ONE, credentials: true }) one() {
      return {};
    }
    @Version('2') @Get() @Cors({ origin: TWO, maxAge: 5 }) two() {
      return {};
    }
    @Version('1') @Put() @Cors({ origin: ONE }) put() {
      return {};
    }
  }

  @Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [CatsController] })
  class VersionedModule {}

  let app: INestApplication;
  let port: number;
  const warnings: string[] = [];
  let atBoot: readonly string[];

  beforeAll(async () => {
    ({ app, port } = await startApp(platform, VersionedModule, {
      logger: collectingLogger('warn', warnings),
      configure: (created) =>
        created.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' }),
    }));
    atBoot = [...warnings];
  });
  afterAll(() => app.close());

  it('the preflight allows what any candidate allows', async () => {
    const answers = [];
    for (const origin of [ONE, TWO, GLOBAL]) {
      const { status, cors } = await repeated(() =>
        preflight(port, '/cats', origin, 'GET', 'x-version'),
      );
      answers.push([status, cors]);
    }
    const allowed = { 'access-control-allow-headers': 'x-version', vary: 'Origin' };
    expect(answers).toEqual([
      [
        204,
        {
          ...allowed,
          'access-control-allow-origin': ONE,
          'access-control-allow-credentials': 'true',
          'access-control-allow-methods': 'GET',
          'access-control-max-age': '600',
        },
      ],
      [
        204,
        {
          ...allowed,
          'access-control-allow-origin': TWO,
          'access-control-allow-methods': 'GET',
          'access-control-max-age': '5',
        },
      ],
      [403, { vary: 'Origin' }],
    ]);
  });

  it.each([
    ['1', ONE, 200],
    ['2', TWO, 200],
    ['3', GLOBAL, 404],
    [undefined, GLOBAL, 404],
  ])(
    'the request with version %s has the policy of its handler',
    async (version, origin, status) => {
      const answers = [];
      for (const asked of [ONE, TWO, GLOBAL]) {
        const { status: got, cors } = await send(port, 'GET', '/cats', {
          origin: asked,
          ...(version !== undefined && { 'x-version': version }),
        });
        answers.push([asked, got, cors['access-control-allow-origin']]);
      }
      expect(answers).toEqual(
        [ONE, TWO, GLOBAL].map((asked) => [asked, status, asked === origin ? asked : undefined]),
      );
    },
  );

  it('startup warnings name the two, and only them', () => {
    expect(atBoot).toEqual([
      'GET /cats is served by CatsController.one and CatsController.two, depending on a version that a preflight does not carry: the preflight allows whatever any of them allows, and the policy of the handler that runs is final. Give them the same @Cors(), or use URI versions.',
    ]);
  });
});

describe('on express alone', () => {
  @Controller({ path: 'hosts', host: ':tenant.one.example' })
  @Cors({ origin: ONE })
  class HostController {
    @Get() host() {
      return { id: 'host' };
    }
  }

  @Controller('hosts')
  @Cors({ origin: TWO })
  class EverywhereController {
    @Get() everywhere() {
      return { id: 'everywhere' };
    }
    @Get('pass') pass(@Next() next: () => void) {
      next();
    }
    @Get('pass') @Cors({ origin: ONE }) passed() {
      return { id: 'passed' };
    }
    @Get('lost') lost(@Next() next: () => void) {
      next();
    }
    @Get('failed') failed(@Next() next: (error: unknown) => void) {
      next(new Error('failed'));
    }
    @Get('behind') behind(@Next() next: (error: unknown) => void) {
      next(false);
    }
  }

  @Module({
    imports: [CorsModule.forRoot({ origin: GLOBAL })],
    controllers: [HostController, EverywhereController],
  })
  class HostsModule implements OnModuleInit {
    constructor(private readonly host: HttpAdapterHost<ExpressAdapter>) {}

    /** By now the routes of controllers are registered. */
    onModuleInit() {
      const instance = this.host.httpAdapter.getInstance<Express>();
      instance.get('/hosts/behind', (_, response) => void response.end());
    }
  }

  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startApp('express', HostsModule));
  });
  afterAll(() => app.close());

  it.each([
    ['acme.one.example', '/hosts', ONE, 200],
    ['acme.two.example', '/hosts', TWO, 200],
  ])('host %s: %s', async (host, path, origin, status) => {
    const actual = await send(port, 'GET', path, { origin, host });
    const before = await send(port, 'OPTIONS', path, {
      origin,
      host,
      'access-control-request-method': 'GET',
    });
    expect([actual.status, actual.cors, before.status]).toEqual([
      status,
      { 'access-control-allow-origin': origin, vary: 'Origin' },
      204,
    ]);
  });

  it.each([
    ['a handler that passes the request on', '/hosts/pass', ONE, 200],
    ['nobody takes it', '/hosts/lost', GLOBAL, 404],
    ['a layer behind it does: next(false) is not an error', '/hosts/behind', GLOBAL, 200],
    ['next(error) is the answer of its handler', '/hosts/failed', TWO, 500],
  ])('%s', async (_, path, origin, status) => {
    const answers = [];
    for (const asked of [ONE, TWO, GLOBAL]) {
      const { status: got, cors } = await send(port, 'GET', path, { origin: asked });
      answers.push([got, cors['access-control-allow-origin']]);
    }
    expect(answers).toEqual(
      [ONE, TWO, GLOBAL].map((asked) => [status, asked === origin ? asked : undefined]),
    );
  });
});

describe.each(PLATFORMS)('another CORS layer on $platform', ({ platform }) => {
  @Controller()
  class OwnController {
    @Get('own') @Header('Access-Control-Allow-Origin', '*') own() {
      return {};
    }
    @Get('off') @Header('Access-Control-Allow-Origin', '*') @Cors(false) off() {
      return {};
    }
    @Post('req') req(@Req() _: unknown, @Res() response: { send(body: unknown): void }) {
      response.send({});
    }
  }

  @Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [OwnController] })
  class OwnModule {}

  it('is warned of once, by its route, where a response already had its header', async () => {
    const warnings: string[] = [];
    const { app, port } = await startApp(platform, OwnModule, {
      logger: collectingLogger('warn', warnings),
    });
    try {
      const answers = [];
      for (const path of ['/off', '/req', '/own', '/own']) {
        const method = path === '/req' ? 'POST' : 'GET';
        answers.push([path, (await send(port, method, path, { origin: GLOBAL })).cors]);
      }
      const ours = { 'access-control-allow-origin': GLOBAL, vary: 'Origin' };
      expect([answers, warnings.map((warning) => warning.split(', ', 1)[0])]).toEqual([
        [
          ['/off', { 'access-control-allow-origin': '*' }],
          ['/req', ours],
          ['/own', ours],
          ['/own', ours],
        ],
        ['The response to GET /own (OwnController.own) already had Access-Control-Allow-Origin'],
      ]);
    } finally {
      await app.close();
    }
  });
});
