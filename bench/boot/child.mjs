/**
 * Starts an application with 1,000 routes once: `node --expose-gc child.mjs <platform> <layer>`.
 * Sends the parent the CPU time of the start in microseconds, and the bytes that stay.
 */
import 'reflect-metadata';
import { Controller, Delete, Get, Module, Param, Post, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Cors, CorsModule } from 'nestjs-cors';
import { decorate } from '../servers/application.mjs';
import { POLICY } from '../work/policy.mjs';

const CONTROLLERS = 100;
const VERBS = [Get, Post, Put, Delete];
const HANDLERS = 10;

const [platform, layer] = process.argv.slice(2);
const controllers = Array.from({ length: CONTROLLERS }, (_, index) => controller(index));
class AppModule {}
Module({ imports: layer === 'ours' ? [CorsModule.forRoot(POLICY)] : [], controllers })(AppModule);

const heapBefore = heapUsed();
const before = process.cpuUsage();
const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
const app = await NestFactory.create(AppModule, adapter, { logger: false });
await app.init();
if (platform === 'fastify') await app.getHttpAdapter().getInstance().ready();
const { user, system } = process.cpuUsage(before);
process.send({ time: user + system, bytes: heapUsed() - heapBefore });
await app.close();

/** Ten routes each: a collection, what is below it, and an override of the policy. */
function controller(index) {
  const type = class {};
  Object.defineProperty(type, 'name', { value: `Resource${index}Controller` });
  for (let i = 0; i < HANDLERS; i++) {
    const name = `handler${i}`;
    type.prototype[name] = function handler(id) {
      return { id };
    };
    const override = i === 0 ? [Cors({ maxAge: 60 })] : [];
    const path = i < VERBS.length ? ':id' : `:id/part-${i}`;
    decorate(type, name, [VERBS[i % VERBS.length](path), ...override], [Param('id')]);
  }
  Controller(`resource-${index}`)(type);
  return type;
}

function heapUsed() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
