import {
  All,
  Controller,
  Delete,
  Get,
  Injectable,
  Module,
  Put,
  type INestApplication,
} from '@nestjs/common';
import { Cors, CorsModule, type CorsOriginResolver, type CorsRequest } from 'nestjs-cors';
import { preflight, repeated } from '../support/send.js';
import { startWay, WAYS } from '../support/ways.js';

const APP = 'https://app.example.com';
const ADMIN = 'https://admin.example.com';

@Controller('orders')
class OrdersController {
  @Put(':id') @Cors({ maxAge: 86_400 }) replace() {
    return {};
  }
  @Delete(':id') @Cors({ maxAge: 0 }) remove() {
    return {};
  }
  @Put('admin/1') update() {
    return {};
  }
  @All('admin/:id') @Cors({ origin: ADMIN }) administer() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: APP, methods: ['PUT', 'PATCH', 'DELETE'] })],
  controllers: [OrdersController],
})
class AppModule {}

describe.each(WAYS)('what a preflight announces on $platform, $way', ({ platform, way }) => {
  let app: INestApplication;
  let port: number;
  beforeAll(async () => ({ app, port } = await startWay({ platform, way }, AppModule)));
  afterAll(() => app.close());

  it.each([
    ['/orders/1', 'PUT', 'PUT', '86400'],
    ['/orders/1', 'DELETE', 'PUT, PATCH, DELETE', '0'],
    ['/orders/admin/1', 'PUT', 'PUT', '600'],
    ['/nowhere', 'PUT', 'PUT, PATCH, DELETE', '600'],
  ])(
    'for %s %s no method whose handler allows less, or for a shorter time',
    async (path, method, methods, maxAge) => {
      expect((await repeated(() => preflight(port, path, APP, method))).cors).toEqual({
        'access-control-allow-origin': APP,
        'access-control-allow-methods': methods,
        'access-control-max-age': maxAge,
        vary: 'Origin',
      });
    },
  );
});

describe('origins that are decided by code', () => {
  @Injectable()
  class Partners implements CorsOriginResolver {
    isAllowed(origin: string) {
      return origin === APP;
    }
  }
  @Injectable()
  class Tenants extends Partners {
    scope({ hostname }: CorsRequest) {
      return hostname;
    }
  }
  @Injectable()
  class Readers implements CorsOriginResolver {
    scope({ method }: CorsRequest) {
      return method;
    }
    isAllowed(origin: string, method: string) {
      return origin === APP && method !== 'DELETE';
    }
  }

  class Items {
    @Get() list() {}
    @Put() replace() {}
    @Delete() remove() {}
  }
  @Controller('function')
  @Cors({ origin: (origin, { method }) => origin === APP && method !== 'DELETE' })
  class FunctionController extends Items {}
  @Controller('listed')
  @Cors({
    origin: (origin, { method }) => Promise.resolve(origin === APP && method !== 'DELETE'),
    methods: ['PUT', 'DELETE'],
  })
  class ListedController extends Items {}
  @Controller('partners')
  @Cors({ origin: Partners })
  class PartnersController extends Items {}
  @Controller('tenants')
  @Cors({ origin: Tenants })
  class TenantsController extends Items {}
  @Controller('readers')
  @Cors({ origin: Readers })
  class ReadersController extends Items {}

  @Module({
    imports: [CorsModule.forRoot({ origin: APP })],
    controllers: [
      FunctionController,
      ListedController,
      PartnersController,
      TenantsController,
      ReadersController,
    ],
    providers: [Partners, Tenants, Readers],
  })
  class CodeModule {}

  describe.each(WAYS)('on $platform, $way', ({ platform, way }) => {
    let app: INestApplication;
    let port: number;
    beforeAll(async () => ({ app, port } = await startWay({ platform, way }, CodeModule)));
    afterAll(() => app.close());

    it.each([
      ['/function', 'PUT'],
      ['/listed', 'PUT'],
      ['/partners', 'GET, PUT, DELETE'],
      ['/tenants', 'GET, PUT, DELETE'],
      ['/readers', 'PUT'],
    ])('no method is announced that they may refuse: %s', async (path, methods) => {
      expect((await preflight(port, path, APP, 'PUT')).cors).toEqual({
        'access-control-allow-origin': APP,
        'access-control-allow-methods': methods,
        'access-control-max-age': '600',
        vary: 'Origin',
      });
    });
  });
});

describe('a path that a controller serves for some methods, and something else for others', () => {
  @Controller('files')
  @Cors({ origin: '*' })
  class FilesController {
    @Put(':name') replace() {}
  }
  @Module({
    imports: [
      CorsModule.forRoot({
        origin: APP,
        methods: ['PUT', 'DELETE'],
        paths: { '/files/*': { origin: ADMIN } },
      }),
    ],
    controllers: [FilesController],
  })
  class FilesModule {}

  it.each(WAYS)('the others are not announced, on $platform, $way', async (on) => {
    const { app, port } = await startWay(on, FilesModule);
    try {
      expect((await preflight(port, '/files/a', APP, 'PUT')).cors).toEqual({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'PUT',
        'access-control-max-age': '600',
      });
    } finally {
      await app.close();
    }
  });
});
