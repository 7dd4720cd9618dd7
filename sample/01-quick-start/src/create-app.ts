import type { INestApplication, NestApplicationOptions } from '@nestjs/common';
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';

/** The application, which does not listen yet: `npx nestjs-cors policy` reads its policy from here. */
export function createApp(
  adapter: AbstractHttpAdapter = new ExpressAdapter(),
  options: NestApplicationOptions = {},
): Promise<INestApplication> {
  return NestFactory.create(AppModule, adapter, options);
}
