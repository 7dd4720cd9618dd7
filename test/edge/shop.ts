import {
  All,
  Controller,
  Delete,
  Get,
  HttpException,
  Module,
  Options,
  Param,
  Post,
  Put,
  type Type,
} from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';

@Controller('orders')
class OrdersController {
  @Get() list() {}
  @Post() create() {}
  @Get('feed') @Cors('public') feed() {}
  @Post('hook') @Cors(false) hook() {}
  @Get(':id') one(@Param('id') id: string) {
    if (id === '401') throw new HttpException('no', 401);
    return id;
  }
  @Put(':id') @Cors({ maxAge: 60, origin: 'https://shop.example.com' }) update() {}
  @Delete(':id')
  @Cors({ methods: ['DELETE', 'PATCH'], allowedHeaders: ['content-type', "x-a.b|c'd"] })
  remove() {}
}

@Controller('reports')
@Cors({
  origin: [/^https:\/\/pr-\d+\.preview\.example\.net$/, 'https://app.example.com'],
  credentials: false,
  exposedHeaders: ['etag', 'x-total'],
})
class ReportsController {
  @Get() all() {}
  @Get(':year/:month') month() {}
  @Options('opts') opts() {}
}

@Controller('health')
class HealthController {
  @All()
  @Cors({ origin: '*', credentials: false, timingAllowOrigin: true, exposedHeaders: '*' })
  health() {}
}

@Controller('labels')
@Cors({
  origin: [
    'https://app-*.example.com',
    'capacitor://localhost',
    'http://[::1]:8080',
    /^https:\/\/[a-z]{2,3}\.(?:shop|store)\.example\.org(?::\d+)?$/i,
  ],
  timingAllowOrigin: true,
})
class LabelsController {
  @Get() list() {}
  @Put() @Cors({ methods: '*' }) put() {}
}

const CONTROLLERS: Type[] = [
  OrdersController,
  ReportsController,
  HealthController,
  LabelsController,
];

/** An application with policies of every kind that an edge can have itself. */
@Module({
  imports: [
    CorsModule.forRoot({
      origin: [
        'https://app.example.com',
        'https://admin.example.com:8443',
        'https://*.tenant.example.com',
        'http://localhost:*',
      ],
      credentials: true,
      exposedHeaders: ['x-request-id'],
      policies: {
        public: { origin: '*', credentials: false, exposedHeaders: [], methods: ['GET'] },
      },
      paths: {
        '/files/*': { origin: '*', credentials: false, maxAge: 86_400 },
        '/private': false,
      },
    }),
  ],
  controllers: CONTROLLERS,
})
export class ShopModule {}

/** The same without CORS. */
@Module({ controllers: CONTROLLERS })
export class PlainShopModule {}
