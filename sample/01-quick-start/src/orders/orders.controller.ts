import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseIntPipe,
  Post,
  Put,
  Res,
} from '@nestjs/common';
import { Cors } from 'nestjs-cors';
import type { Order } from './order.js';
import { OrdersService } from './orders.service.js';

/** What the responses of Express and Fastify have in common here. */
interface HeaderSink {
  header(name: string, value: string): unknown;
}

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  /** The global policy. */
  @Get()
  list(): readonly Order[] {
    return this.orders.list();
  }

  /** The global policy. */
  @Post()
  create(@Body('item') item: string): Order {
    return this.orders.create(item);
  }

  /** The global policy, but pages may read one more header and ask less often. */
  @Put(':id')
  @Cors({ maxAge: 60, exposedHeaders: ['x-order-version'] })
  update(
    @Param('id', ParseIntPipe) id: number,
    @Body('item') item: string,
    @Res({ passthrough: true }) response: HeaderSink,
  ): Order {
    const order = this.orders.update(id, item);
    response.header('X-Order-Version', String(order.version));
    return order;
  }

  /** Any page may read it, without cookies. */
  @Get('feed')
  @Cors({ origin: '*', credentials: false })
  feed(): readonly string[] {
    return this.orders.list().map(({ item }) => item);
  }

  /** For other servers: no page has any business here. */
  @Post('hook')
  @HttpCode(202)
  @Cors(false)
  hook(): { readonly accepted: true } {
    return { accepted: true };
  }
}
