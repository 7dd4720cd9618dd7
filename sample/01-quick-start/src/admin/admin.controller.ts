import { Controller, Get, UseGuards } from '@nestjs/common';
import { Cors } from 'nestjs-cors';
import { OrdersService } from '../orders/orders.service.js';
import { AuthorizationGuard } from './authorization.guard.js';

/** The global policy, but pages may set no header other than `Authorization`. */
@Controller('admin')
@Cors({ allowedHeaders: ['authorization'] })
@UseGuards(AuthorizationGuard)
export class AdminController {
  constructor(private readonly orders: OrdersService) {}

  @Get('report')
  report(): { readonly orders: number } {
    return { orders: this.orders.list().length };
  }
}
