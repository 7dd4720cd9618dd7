import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  ForbiddenException,
  Get,
  Injectable,
  Module,
  Options,
  Param,
  Patch,
  Post,
  Put,
  UseGuards,
  type CanActivate,
  type INestApplication,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { preflight, repeated, send } from '../support/send.js';
import { startWay, WAYS } from '../support/ways.js';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';
const EVIL = 'https://evil.example.org';
const LONG = `https://${'a'.repeat(12_000)}.tenants.example.com`;

/** A row's origin in a test's title. */
const short = (origin: string) => (origin.length > 60 ? `${origin.slice(0, 20)}…` : origin);

@Injectable()
class Closed implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

@Controller('orders')
class OrdersController {
  @Get() list() {
    return ['order'];
  }
  @Post() create(@Body() body: unknown) {
    return body;
  }
  @Put(':id') @Cors({ maxAge: 60, exposedHeaders: ['ETag', 'X-Total'] }) update(
    @Param('id') id: string,
  ) {
    return { id };
  }
  @Delete(':id') remove() {
    return {};
  }
  @Get('feed') @Cors({ origin: '*', credentials: false }) feed() {
    return [];
  }
  @Post('hook') @Cors(false) hook() {
    return {};
  }
  @Get('closed') @UseGuards(Closed) closed() {
    return {};
  }
  @Patch('broken') broken() {
    throw new Error('broken');
  }
  @Options('menu') menu() {
    return { allow: 'GET' };
  }
}

@Controller('shop')
@Cors({ origin: SHOP })
class ShopController {
  @Get() list() {
    return [];
  }
  @Get('closed') @UseGuards(Closed) closed() {
    return {};
  }
  @Get('private') @Cors(false) private() {
    return {};
  }
  @Post()
  @Cors({ methods: ['POST', 'PUT'], allowedHeaders: ['X-Token', 'content-type'] })
  create() {
    return {};
  }
}

@Controller('silent')
@Cors(false)
class SilentController {
  @Get() none() {
    return {};
  }
  @Get('again') @Cors() again() {
    return {};
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      origin: [
        APP,
        'https://*.tenants.example.com',
        'http://localhost:*',
        /^https:\/\/pr-\d+\.example\.net$/,
      ],
      credentials: true,
    }),
  ],
  controllers: [OrdersController, ShopController, SilentController],
})
class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer
      .apply(() => {
        throw new BadRequestException('middleware');
      })
      .forRoutes('shop/throwing');
  }
}

const credentialed = (origin: string) => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  vary: 'Origin',
});

describe.each(WAYS)('the main job on $platform, $way', ({ platform, way }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startWay({ platform, way }, AppModule));
  });
  afterAll(() => app.close());

  describe('a CORS request', () => {
    const row = (method: string, path: string, origin: string, status: number, cors: object) => ({
      method,
      path,
      origin,
      from: short(origin),
      status,
      cors,
    });

    it.each([
      row('GET', '/orders', APP, 200, credentialed(APP)),
      row(
        'GET',
        '/orders',
        'https://a.tenants.example.com',
        200,
        credentialed('https://a.tenants.example.com'),
      ),
      row(
        'GET',
        '/orders',
        'https://a.b.tenants.example.com',
        200,
        credentialed('https://a.b.tenants.example.com'),
      ),
      row('GET', '/orders', 'https://tenants.example.com', 200, { vary: 'Origin' }),
      row('GET', '/orders', 'http://localhost', 200, credentialed('http://localhost')),
      row('GET', '/orders', 'http://localhost:5173', 200, credentialed('http://localhost:5173')),
      row(
        'GET',
        '/orders',
        'https://pr-12.example.net',
        200,
        credentialed('https://pr-12.example.net'),
      ),
      row('GET', '/orders', 'https://pr-12.example.net.evil.org', 200, { vary: 'Origin' }),
      row('GET', '/orders', EVIL, 200, { vary: 'Origin' }),
      row('GET', '/orders', 'null', 200, { vary: 'Origin' }),
      row('GET', '/orders', `${APP}/`, 200, { vary: 'Origin' }),
      row('GET', '/orders', APP.toUpperCase(), 200, { vary: 'Origin' }),
      row('GET', '/orders', 'garbage \t {}', 200, { vary: 'Origin' }),
      row('GET', '/orders', LONG, 200, { vary: 'Origin' }),
      row('PUT', '/orders/1', APP, 200, {
        ...credentialed(APP),
        'access-control-expose-headers': 'etag, x-total',
      }),
      row('GET', '/orders/feed', EVIL, 200, { 'access-control-allow-origin': '*' }),
      row('GET', '/orders/feed', 'null', 200, { 'access-control-allow-origin': '*' }),
      row('POST', '/orders/hook', APP, 201, {}),
      row('GET', '/shop', SHOP, 200, credentialed(SHOP)),
      row('GET', '/shop', APP, 200, { vary: 'Origin' }),
      row('GET', '/shop/private', SHOP, 200, {}),
      row('GET', '/silent', APP, 200, {}),
      row('GET', '/silent/again', APP, 200, credentialed(APP)),
      row('OPTIONS', '/orders/menu', APP, 200, credentialed(APP)),
    ])('$method $path from $from: $status', async ({ method, path, origin, status, cors }) => {
      const answer = await send(port, method, path, { origin });
      expect([answer.status, answer.cors]).toEqual([status, cors]);
    });
  });

  describe('a request without Origin', () => {
    it.each([
      ['/orders', { vary: 'Origin' }],
      ['/orders/feed', { 'access-control-allow-origin': '*' }],
      ['/shop/private', {}],
    ])('GET %s', async (path, cors) => {
      const answer = await send(port, 'GET', path);
      expect([answer.status, answer.cors]).toEqual([200, cors]);
    });
  });

  describe('a response that no interceptor sees', () => {
    it.each([
      ['a guard refuses', 'GET', '/orders/closed', {}, undefined, APP, 403],
      [
        'a guard refuses on a decorated controller',
        'GET',
        '/shop/closed',
        {},
        undefined,
        SHOP,
        403,
      ],
      ['no route', 'GET', '/nowhere', {}, undefined, APP, 404],
      ['no such method', 'PATCH', '/orders', {}, undefined, APP, 404],
      ['malformed JSON', 'POST', '/orders', { 'content-type': 'application/json' }, '{', APP, 400],
      ['a middleware throws', 'GET', '/shop/throwing', {}, undefined, APP, 400],
      ['a handler throws', 'PATCH', '/orders/broken', {}, undefined, APP, 500],
    ])('%s', async (_, method, path, headers, body, origin, status) => {
      const answer = await send(port, method, path, { origin, ...headers }, body);
      expect([answer.status, answer.cors]).toEqual([status, credentialed(origin)]);
    });
  });

  describe('a CORS-preflight request', () => {
    const allowed = (origin: string, methods: string, extra: object = {}) => ({
      ...credentialed(origin),
      'access-control-allow-methods': methods,
      'access-control-max-age': '600',
      ...extra,
    });
    const headers = (names: string) => ({ 'access-control-allow-headers': names });

    it.each([
      ['/orders', APP, 'POST', 'content-type', allowed(APP, 'GET, POST', headers('content-type'))],
      ['/orders', APP, 'POST', undefined, allowed(APP, 'GET, POST')],
      ['/orders', APP, 'POST', ' X-A ,,\tx-b,X-A', allowed(APP, 'GET, POST', headers('x-a, x-b'))],
      ['/orders', APP, 'POST', '*, x-a', allowed(APP, 'GET, POST', headers('x-a'))],
      ['/orders', APP, 'PATCH', undefined, allowed(APP, 'GET, POST')],
      [
        '/orders/1',
        APP,
        'PUT',
        undefined,
        allowed(APP, 'PUT, DELETE', { 'access-control-max-age': '60' }),
      ],
      // Not PUT, which browsers may remember for 60 seconds only.
      ['/orders/1', APP, 'DELETE', undefined, allowed(APP, 'DELETE')],
      ['/orders/1?x=/orders/feed', APP, 'DELETE', undefined, allowed(APP, 'DELETE')],
      ['/shop', SHOP, 'POST', 'x-token', allowed(SHOP, 'POST', headers('x-token, content-type'))],
      ['/shop', SHOP, 'POST', 'x-other', allowed(SHOP, 'POST', headers('x-token, content-type'))],
      ['/nowhere', APP, 'PUT', undefined, allowed(APP, 'PUT')],
      ['/nowhere', APP, 'put', undefined, allowed(APP, 'put')],
      ['/nowhere', APP, '*', undefined, { ...credentialed(APP), 'access-control-max-age': '600' }],
      [
        '/nowhere',
        APP,
        'TRACE',
        undefined,
        { ...credentialed(APP), 'access-control-max-age': '600' },
      ],
      ['/silent/again', APP, 'GET', undefined, allowed(APP, 'GET')],
    ])('%s from %s for %s %s: 204', async (path, origin, method, names, cors) => {
      const answer = await repeated(() => preflight(port, path, origin, method, names));
      expect([answer.status, answer.body, answer.cors]).toEqual([204, '', cors]);
    });

    it('any origin: no credentials, no Vary', async () => {
      const answer = await repeated(() => preflight(port, '/orders/feed', EVIL, 'GET', 'x-a'));
      expect([answer.status, answer.cors]).toEqual([
        204,
        {
          'access-control-allow-origin': '*',
          'access-control-allow-methods': 'GET',
          'access-control-allow-headers': 'x-a',
          'access-control-max-age': '600',
        },
      ]);
    });

    const row = (path: string, origin: string, method: string, cors: object) => ({
      path,
      origin,
      from: short(origin),
      method,
      cors,
    });

    it.each([
      row('/orders', EVIL, 'POST', { vary: 'Origin' }),
      row('/orders', 'null', 'POST', { vary: 'Origin' }),
      row('/orders', 'garbage {}', 'POST', { vary: 'Origin' }),
      row('/orders', LONG, 'POST', { vary: 'Origin' }),
      row('/orders/feed', LONG, 'GET', {}),
      row('/shop', APP, 'POST', { vary: 'Origin' }),
      row('/orders/hook', APP, 'POST', {}),
      row('/silent', APP, 'GET', {}),
    ])('$path from $from for $method: 403', async ({ path, origin, method, cors }) => {
      const answer = await repeated(() => preflight(port, path, origin, method));
      expect([answer.status, answer.body, answer.cors]).toEqual([403, '', cors]);
    });

    it.each([
      ['more than 8 kB', 'a'.repeat(9000)],
      ['more than 128 names', Array.from({ length: 129 }, (_, i) => `x-${i}`).join(',')],
      ['more than 16 empty members', ','.repeat(100)],
      ['no token', 'x-a, {}'],
    ])('Access-Control-Request-Headers with %s: 403', async (_, names) => {
      const answer = await repeated(() => preflight(port, '/orders', APP, 'POST', names));
      expect([answer.status, answer.body, answer.cors]).toEqual([403, '', { vary: 'Origin' }]);
    });

    it('is not an OPTIONS without Origin or Access-Control-Request-Method', async () => {
      const answers = [
        await send(port, 'OPTIONS', '/orders/menu', { 'access-control-request-method': 'GET' }),
        await send(port, 'OPTIONS', '/orders/menu', { origin: APP }),
        await send(port, 'OPTIONS', '/orders', { origin: APP }),
      ];
      expect(answers.map(({ status, cors }) => [status, cors])).toEqual([
        [200, { vary: 'Origin' }],
        [200, credentialed(APP)],
        [404, credentialed(APP)],
      ]);
    });
  });
});
