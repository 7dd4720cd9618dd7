// The application of soak.mjs, in a process of its own: `node --expose-gc soak-server.mjs express`.
// Its resolver class allows every other origin, after a moment, as one that asks a database.
import 'reflect-metadata';
import { setImmediate as moment } from 'node:timers/promises';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CorsModule } from 'nestjs-cors';

class Origins {
  asked = 0;

  scope({ hostname }) {
    return hostname;
  }

  async isAllowed(origin) {
    this.asked += 1;
    await moment();
    return /[02468]\.example\.com$/.test(origin);
  }
}
Injectable()(Origins);

class OrdersController {
  list() {
    return 'orders';
  }
}
Get()(
  OrdersController.prototype,
  'list',
  Object.getOwnPropertyDescriptor(OrdersController.prototype, 'list'),
);
Controller('orders')(OrdersController);

class AppModule {}
Module({
  // Diagnostics remember what they reported: that must be bounded too.
  imports: [CorsModule.forRoot({ origin: Origins, credentials: true, diagnostics: true })],
  controllers: [OrdersController],
  providers: [Origins],
})(AppModule);

const adapter = process.argv[2] === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
const app = await NestFactory.create(AppModule, adapter, { logger: false });
await app.listen(0, '127.0.0.1');

process.on('disconnect', () => process.exit());
process.on('message', () => {
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  process.send({ heapUsed, rss, asked: app.get(Origins).asked });
});
process.send({ port: app.getHttpServer().address().port });
