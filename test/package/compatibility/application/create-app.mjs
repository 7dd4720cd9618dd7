/**
 * The application of starters/generate.mjs without a compiler: decorators are called by hand, so that
 * every runtime and bundler reads the same file.
 */
import 'reflect-metadata';
import { Controller, Get, Module, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Cors, CorsModule } from 'nestjs-cors';
import { createAdapter } from './adapter.mjs';

class AppController {
  hello() {
    return 'Hello World!';
  }

  update() {
    return {};
  }
}

function decorate(method, ...decorators) {
  const { prototype } = AppController;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
  for (const decorator of decorators) decorator(prototype, method, descriptor);
}

decorate('hello', Get());
decorate('update', Put('orders/:id'), Cors({ maxAge: 60 }));
Controller()(AppController);

class AppModule {}
Module({
  imports: [CorsModule.forRoot({ origin: 'https://app.example.com', credentials: true })],
  controllers: [AppController],
})(AppModule);

export function createApp() {
  return NestFactory.create(AppModule, createAdapter(), { logger: ['error'] });
}
