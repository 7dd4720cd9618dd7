import {
  Controller,
  ForbiddenException,
  Get,
  Injectable,
  Module,
  Post,
  Put,
  Redirect,
  UseGuards,
  type CanActivate,
} from '@nestjs/common';
import { Cors, CorsModule } from '../../../lib/index.js';

export const APP = 'https://app.example.com';
export const EVIL = 'https://evil.example.org';

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
  @Put(':id') update() {
    return {};
  }
  @Get('closed') @UseGuards(Closed) closed() {
    return {};
  }
  @Post('hook') @Cors(false) hook() {
    return {};
  }
  @Get('feed') @Cors({ origin: '*', credentials: false }) feed() {
    return [];
  }
  @Get('old') @Redirect('/orders') old() {
    return {};
  }
  @Get('away') @Redirect('https://elsewhere.example/') away() {
    return {};
  }
}

@Module({
  imports: [
    CorsModule.forRoot({ origin: APP, credentials: true, allowedHeaders: ['content-type'] }),
  ],
  controllers: [OrdersController],
})
export class OrdersModule {}
