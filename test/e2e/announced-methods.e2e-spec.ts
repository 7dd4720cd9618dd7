import { All, Controller, Delete, Module, Put, type INestApplication } from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
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
    ['/orders/1', 'PUT', 'PUT, PATCH', '86400'],
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
