import 'reflect-metadata';
import { Controller, Get, Module, Param, Put } from '@nestjs/common';

/** Applies decorators where the syntax is missing: these files run as they are. */
export function decorate(target, name, decorators, parameters = []) {
  const descriptor = Object.getOwnPropertyDescriptor(target.prototype, name);
  for (const decorator of decorators) decorator(target.prototype, name, descriptor);
  parameters.forEach((parameter, index) => parameter(target.prototype, name, index));
}

/**
 * The application that every Nest server of the benches serves.
 *
 * @param {{ imports?: object[], providers?: object[], onReport?: MethodDecorator[] }} layer what CORS adds to it
 */
export function application({ imports = [], providers = [], onReport = [] } = {}) {
  class OrdersController {
    read(id) {
      return { id, total: 100 };
    }
    update(id) {
      return { id };
    }
  }
  decorate(OrdersController, 'read', [Get(':id')], [Param('id')]);
  decorate(OrdersController, 'update', [Put(':id')], [Param('id')]);
  Controller('orders')(OrdersController);

  class ReportsController {
    read(id) {
      return { id, total: 100 };
    }
  }
  decorate(ReportsController, 'read', [Get(':id'), ...onReport], [Param('id')]);
  Controller('reports')(ReportsController);

  class AppModule {}
  Module({ imports, providers, controllers: [OrdersController, ReportsController] })(AppModule);
  return AppModule;
}
