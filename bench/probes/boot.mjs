/**
 * Starts an application with 1,000 routes once: `node --expose-gc boot.mjs <platform> <layer>`. Sends
 * the parent the CPU time and the bytes that stay, up to the start and up to the first preflight, and
 * the longest time for which something held the event loop in between.
 */
import 'reflect-metadata';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Cors, CorsModule } from 'nestjs-cors';
import { Connection } from '../load/connection.mjs';
import { manyRoutes } from '../work/many-routes.mjs';
import { POLICY } from '../work/policy.mjs';
import { PREFLIGHT } from '../work/requests.mjs';
import { LoopWatch } from './longest-block.mjs';
import { cpuTime, memoryInUse, report } from './resources.mjs';

const ROUTES = 1000;
/** By then whatever was put off until after the start is done. */
const REST_MS = 500;

const [platform, layer] = process.argv.slice(2);
const imports = layer === 'ours' ? [CorsModule.forRoot(POLICY)] : [];
const AppModule = manyRoutes(ROUTES, imports, (route) =>
  route % 10 === 0 ? [Cors({ maxAge: 60 })] : [],
);

const bytesBefore = memoryInUse();
const before = cpuTime();
const adapter = platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter();
const app = await NestFactory.create(AppModule, adapter, { logger: false, abortOnError: false });
await app.init();
if (platform === 'Fastify') await app.getHttpAdapter().getInstance().ready();
const time = cpuTime(before);
const bytes = memoryInUse() - bytesBefore;

const watch = new LoopWatch();
const server = app.getHttpServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
await setTimeout(REST_MS);
const longestBlock = watch.stop();

const connection = await Connection.open(server.address().port, {
  ...PREFLIGHT,
  path: '/resource-99/42',
});
const answer = await connection.exchange();
if (layer === 'ours' && !answer.startsWith('HTTP/1.1 204')) {
  throw new Error(`Expected the preflight to be answered with 204, got: ${answer}`);
}
const bytesInUse = memoryInUse() - bytesBefore;
report({ time, bytes, longestBlock, bytesInUse });
