import { Injectable, NotFoundException } from '@nestjs/common';
import type { Order } from './order.js';

/** Orders, kept in memory. */
@Injectable()
export class OrdersService {
  private readonly orders: Order[] = [
    { id: 1, item: 'tea', version: 1 },
    { id: 2, item: 'coffee', version: 1 },
  ];

  list(): readonly Order[] {
    return this.orders;
  }

  create(item: string): Order {
    const order = { id: this.orders.length + 1, item, version: 1 };
    this.orders.push(order);
    return order;
  }

  update(id: number, item: string): Order {
    const index = this.orders.findIndex((order) => order.id === id);
    const current = this.orders[index];
    if (current === undefined) throw new NotFoundException(`There is no order ${id}`);
    const updated = { ...current, item, version: current.version + 1 };
    this.orders[index] = updated;
    return updated;
  }
}
