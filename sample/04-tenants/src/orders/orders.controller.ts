import { Body, Controller, Get, NotFoundException, Post } from '@nestjs/common';
import { Tenant } from '../tenants/tenant.decorator.js';

/** The API of every tenant, under the global policy: not a line about CORS. */
@Controller('orders')
export class OrdersController {
  private readonly orders = new Map<string | undefined, string[]>([
    ['acme', ['anvil']],
    ['globex', ['globe']],
  ]);

  @Get()
  list(@Tenant() tenant: string | undefined): readonly string[] {
    return this.ordersOf(tenant);
  }

  @Post()
  create(@Tenant() tenant: string | undefined, @Body('item') item: string): readonly string[] {
    this.ordersOf(tenant).push(item);
    return this.ordersOf(tenant);
  }

  private ordersOf(tenant: string | undefined): string[] {
    const orders = this.orders.get(tenant);
    if (orders === undefined) throw new NotFoundException('No tenant has this host name.');
    return orders;
  }
}
