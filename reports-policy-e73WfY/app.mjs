
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Cors, CorsModule } from 'nestjs-cors';

class OrdersController { read() { return 'order'; } }
Controller('orders')(OrdersController);
Get(':id')(OrdersController.prototype, 'read', Object.getOwnPropertyDescriptor(OrdersController.prototype, 'read'));

class AppModule {}
Module({
  imports: [CorsModule.forRoot({ origin: 'https://app.example.com', credentials: true })],
  controllers: [OrdersController],
})(AppModule);

class PlainModule {}
Module({})(PlainModule);

export async function createApp() {
  process.stdout.write('the application logs\n');
  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
  return app.setGlobalPrefix('api');
}
export async function listening() {
  const app = await createApp();
  await app.listen(0);
  return app;
}
export const plain = () => NestFactory.create(PlainModule, { logger: false });
export const nothing = () => undefined;
export const throwing = () => { throw new Error('no database\nat all'); };
export const hanging = () => new Promise(() => undefined);
export const constant = 1;
