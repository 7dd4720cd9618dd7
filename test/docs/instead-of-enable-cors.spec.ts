import {
  Controller,
  ForbiddenException,
  Get,
  Header,
  Injectable,
  Module,
  Options,
  Post,
  UnauthorizedException,
  UseGuards,
  type CanActivate,
  type DynamicModule,
  type INestApplication,
} from '@nestjs/common';
import { Cors, CorsModule, type CorsOptions } from 'nestjs-cors';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectingLogger } from '../support/collecting-logger.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { type Answer, preflight, send } from '../support/send.js';
import { repository } from './page.js';

const APP = 'https://app.example.com';
const PARTNER = 'https://partner.example.com';
const EVIL = 'https://evil.example.org';

@Injectable()
class Closed implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

@Controller('orders')
class OrdersController {
  @Get() list() {
    return [];
  }
  @Post() create() {
    return {};
  }
  @Get('partner') @Cors({ origin: PARTNER }) partner() {
    return {};
  }
  @Get('localised') @Header('Vary', 'Accept-Language') localised() {
    return {};
  }
  @Get('closed') @UseGuards(Closed) closed() {
    return {};
  }
  @Get('private') private() {
    throw new UnauthorizedException();
  }
  @Options('menu') menu() {
    return { allow: 'GET' };
  }
}

@Module({ controllers: [OrdersController] })
class Bare {}

@Module({
  imports: [CorsModule.forRoot({ origin: [APP], credentials: true })],
  controllers: [OrdersController],
})
class WithModule {}

/** How `enableCors()` and this module respond to the same request. */
interface Comparison {
  readonly ask: (port: number) => Promise<Answer>;
  readonly theirs: readonly [status: number, cors: object];
  readonly ours: readonly [status: number, cors: object];
}

describe.each(PLATFORMS)('instead of enableCors on $platform', ({ platform }) => {
  const isExpress = platform === 'express';
  const apps: INestApplication[] = [];
  let theirs: number;
  let ours: number;

  async function start(module: unknown, options: object): Promise<number> {
    const { app, port } = await startApp(platform, module as DynamicModule, options);
    apps.push(app);
    return port;
  }

  beforeAll(async () => {
    const cors = { origin: [APP], credentials: true };
    theirs = await start(Bare, { cors });
    ours = await start(WithModule, {});
  });
  afterAll(() => Promise.all(apps.map((app) => app.close())));

  const credentials = { 'access-control-allow-credentials': 'true' };
  const granted = (origin: string, vary = 'Origin') => ({
    'access-control-allow-origin': origin,
    ...credentials,
    vary,
  });
  const theirMethods = {
    'access-control-allow-methods': isExpress ? 'GET,HEAD,PUT,PATCH,POST,DELETE' : 'GET,HEAD,POST',
  };
  const theirVary = 'Origin, Access-Control-Request-Headers';

  const COMPARISONS: Record<string, Comparison> = {
    'a policy for one route': {
      ask: (port) => preflight(port, '/orders/partner', PARTNER, 'GET'),
      theirs: [204, { ...credentials, ...theirMethods, vary: theirVary }],
      ours: [
        204,
        {
          ...granted(PARTNER),
          'access-control-allow-methods': 'GET',
          'access-control-max-age': '600',
        },
      ],
    },
    'methods in preflights': {
      ask: (port) => preflight(port, '/orders', APP, 'POST'),
      theirs: [204, { ...granted(APP, theirVary), ...theirMethods }],
      ours: [
        204,
        {
          ...granted(APP),
          'access-control-allow-methods': 'GET, POST',
          'access-control-max-age': '600',
        },
      ],
    },
    'preflights of other origins': {
      ask: (port) => preflight(port, '/orders', EVIL, 'POST'),
      theirs: [204, { ...credentials, ...theirMethods, vary: theirVary }],
      ours: [403, { vary: 'Origin' }],
    },
    '`@Options()` handlers': {
      ask: (port) => send(port, 'OPTIONS', '/orders/menu'),
      theirs: isExpress
        ? [204, { ...credentials, ...theirMethods, vary: theirVary }]
        : [400, { ...credentials, vary: 'Origin' }],
      ours: [200, { vary: 'Origin' }],
    },
    "the application's own `Vary`": {
      ask: (port) => send(port, 'GET', '/orders/localised', { origin: APP }),
      theirs: [200, granted(APP, 'Accept-Language')],
      ours: [200, granted(APP, 'Accept-Language, Origin')],
    },
    'a malformed URL on Fastify': {
      ask: (port) => send(port, 'GET', '/orders/%E0%A4%A', { origin: APP }),
      theirs: isExpress ? [404, granted(APP)] : [400, {}],
      ours: [isExpress ? 404 : 400, granted(APP)],
    },
  };

  it.each(Object.entries(COMPARISONS))('%s', async (_, { ask, ...expected }) => {
    const [their, our] = [await ask(theirs), await ask(ours)];
    expect({ theirs: [their.status, their.cors], ours: [our.status, our.cors] }).toEqual(expected);
  });

  it('401, 403, 404, malformed bodies', async () => {
    const headers = { origin: APP, 'content-type': 'application/json' };
    for (const port of [theirs, ours]) {
      const answers = [
        await send(port, 'GET', '/orders/private', headers),
        await send(port, 'GET', '/orders/closed', headers),
        await send(port, 'GET', '/nowhere', headers),
        await send(port, 'POST', '/orders', headers, '{'),
      ];
      expect(answers.map(({ status, cors }) => [status, cors])).toEqual(
        [401, 403, 404, 400].map((status) => [status, granted(APP)]),
      );
    }
  });

  it.each([
    ['credentials for every page', true, 'null', { ...granted('null') }],
    [
      'an origin that can never match',
      ['https://app.example.com/'],
      APP,
      { ...credentials, vary: 'Origin' },
    ],
  ])('%s', async (_, origin, page, cors) => {
    const port = await start(Bare, { cors: { origin, credentials: true } });
    expect((await send(port, 'GET', '/orders', { origin: page })).cors).toEqual(cors);
    const refused = CorsModule.forRoot({ origin, credentials: true } as CorsOptions);
    await expect(startApp(platform, refused)).rejects.toThrow('The CORS configuration is refused');
  });

  it('why a request was refused', async () => {
    const warningsOf = async (module: unknown, options: object) => {
      const warnings: string[] = [];
      const logger = collectingLogger('warn', warnings);
      const port = await start(module, { ...options, logger });
      await send(port, 'GET', '/orders', { origin: EVIL });
      return warnings;
    };
    expect(await warningsOf(Bare, { cors: { origin: [APP] } })).toEqual([]);
    expect(await warningsOf(WithModule, {})).toEqual([
      `GET /orders (OrdersController.list) from ${EVIL}: its policy does not allow this origin. If it is yours, add '${EVIL}' to \`origin\` in forRoot().`,
    ]);
  });

  it('the table in the README has these rows', () => {
    const readme = readFileSync(join(repository(), 'README.md'), 'utf8');
    const [, section = ''] = /^## Why not `app.enableCors\(\)`\?\n([^]*?)^## /m.exec(readme) ?? [];
    const rows = Array.from(section.matchAll(/^\| ([^|]*?) *\|/gm), ([, title]) => title);
    expect(rows.slice(2)).toEqual([
      ...Object.keys(COMPARISONS).slice(0, 5),
      'credentials for every page',
      'an origin that can never match',
      'why a request was refused',
      ...Object.keys(COMPARISONS).slice(5),
      '401, 403, 404, malformed bodies',
    ]);
  });
});
