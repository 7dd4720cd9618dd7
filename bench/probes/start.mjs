/**
 * Starts a small application once, from its first import on: `node start.mjs <platform> <layer>`. Sends
 * the parent the CPU time of the process until the application is ready.
 */
import { cpuTime, report } from './resources.mjs';

const [platform, layer] = process.argv.slice(2);
const before = cpuTime();
await import('reflect-metadata');
const { NestFactory } = await import('@nestjs/core');
const { application } = await import('../servers/application.mjs');
const imports = layer === 'ours' ? [await corsModule()] : [];
const app = await NestFactory.create(application({ imports }), await newAdapter(), {
  logger: false,
  abortOnError: false,
});
await app.init();
if (platform === 'Fastify') await app.getHttpAdapter().getInstance().ready();
report({ time: cpuTime(before) });

async function corsModule() {
  const { CorsModule } = await import('nestjs-cors');
  const { POLICY } = await import('../work/policy.mjs');
  return CorsModule.forRoot(POLICY);
}

/** An application has one of them only. */
async function newAdapter() {
  if (platform === 'Express') {
    const { ExpressAdapter } = await import('@nestjs/platform-express');
    return new ExpressAdapter();
  }
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  return new FastifyAdapter();
}
