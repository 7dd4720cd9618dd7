/**
 * Starts an application whose resolver class may keep so many answers, before there is any:
 * `node --expose-gc resolver.mjs <max>`. Sends the parent the bytes that stay.
 */
import 'reflect-metadata';
import { Injectable } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { CorsModule } from 'nestjs-cors';
import { application } from '../servers/application.mjs';
import { memoryInUse, report } from './resources.mjs';

class TenantOrigins {
  isAllowed() {
    return Promise.resolve(true);
  }
}
Injectable()(TenantOrigins);

const max = Number(process.argv[2]);
const options = { origin: TenantOrigins, resolver: { max } };
const bytesBefore = memoryInUse();
const app = await NestFactory.create(
  application({ imports: [CorsModule.forRoot(options)], providers: [TenantOrigins] }),
  new ExpressAdapter(),
  { logger: false, abortOnError: false },
);
await app.init();
report({ bytes: memoryInUse() - bytesBefore });
