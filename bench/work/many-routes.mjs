import { Controller, Delete, Get, Module, Param, Post, Put } from '@nestjs/common';
import { decorate } from '../servers/application.mjs';

const VERBS = [Get, Post, Put, Delete];
const HANDLERS = 10;

/**
 * An application of many controllers with ten routes each: a collection, and what is below it.
 *
 * @param {number} routes
 * @param {object[]} imports
 * @param {(route: number) => MethodDecorator[]} decoratorsOf what a route has besides its path
 */
export function manyRoutes(routes, imports, decoratorsOf) {
  const controllers = Array.from({ length: routes / HANDLERS }, (_, index) =>
    controller(index, decoratorsOf),
  );
  class AppModule {}
  Module({ imports, controllers })(AppModule);
  return AppModule;
}

function controller(index, decoratorsOf) {
  const type = class {};
  Object.defineProperty(type, 'name', { value: `Resource${index}Controller` });
  for (let i = 0; i < HANDLERS; i++) {
    const name = `handler${i}`;
    type.prototype[name] = function handler(id) {
      return { id };
    };
    const path = i < VERBS.length ? ':id' : `:id/part-${i}`;
    const decorators = decoratorsOf(index * HANDLERS + i);
    decorate(type, name, [VERBS[i % VERBS.length](path), ...decorators], [Param('id')]);
  }
  Controller(`resource-${index}`)(type);
  return type;
}
