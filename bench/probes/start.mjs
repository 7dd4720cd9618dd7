/**
 * Starts a small application once, from the start of Node on: `node start.mjs <platform> <layer>`.
 * Sends the parent the CPU time of the process until the application is ready.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { application } from '../servers/application.mjs';
import { POLICY } from '../work/policy.mjs';
import { cpuTime, report } from './resources.mjs';

const [platform, layer] = process.argv.slice(2);
const imports = [];
if (layer === 'ours') {
  const { CorsModule } = await import('nestjs-cors');
  imports.push(CorsModule.forRoot(POLICY));
}
const app = await NestFactory.create(application({ imports }), await newAdapter(), {
  logger: false,
  abortOnError: false,
});
await app.init();
if (platform === 'Fastify') await app.getHttpAdapter().getInstance().ready();
report({ time: cpuTime() });

/** An application has one of them only. */
async function newAdapter() {
  if (platform === 'Express') {
    const { ExpressAdapter } = await import('@nestjs/platform-express');
    return new ExpressAdapter();
  }
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  return new FastifyAdapter();
}
