/**
 * Updates policies of an application with 10,000 named policies and 10,000 routes:
 * `node update.mjs`. Sends the parent the longest time for which something held the event loop.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { Cors, CorsModule, CorsService } from 'nestjs-cors';
import { manyRoutes } from '../work/many-routes.mjs';
import { LoopWatch } from './longest-block.mjs';
import { report } from './resources.mjs';

const COUNT = 10_000;
const UPDATES = 5;

const policies = Object.fromEntries(
  Array.from({ length: COUNT }, (_, index) => [
    `partner-${index}`,
    { origin: [`https://partner-${index}.example.com`] },
  ]),
);
const options = { origin: 'https://app.example.com', policies };
const AppModule = manyRoutes(COUNT, [CorsModule.forRoot(options)], (route) => [
  Cors(`partner-${route}`),
]);
const app = await NestFactory.create(AppModule, new ExpressAdapter(), {
  logger: false,
  abortOnError: false,
});
await app.init();
const cors = app.get(CorsService);
const watch = new LoopWatch();
for (let i = 0; i < UPDATES; i++) {
  await cors.update(`partner-${i}`, { origin: [`https://other-${i}.example.com`] });
}
// Every policy is built on the global one.
await cors.update({ maxAge: 60 });
report({ longestBlock: watch.stop() });
