import fastifyCors from '@fastify/cors';
import { serve } from '@hono/node-server';
import corsMiddleware from 'cors';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { cors as honoCors } from 'hono/cors';
import { POLICY_WITH_METHODS } from '../work/policy.mjs';

/** Express without Nest, with `cors`. */
export function expressWithCors() {
  const app = express();
  app.use(corsMiddleware(POLICY_WITH_METHODS));
  app.get('/orders/:id', (request, response) => {
    response.json({ id: request.params.id, total: 100 });
  });
  return listening(app.listen(0, '127.0.0.1'));
}

/** Fastify without Nest, with `@fastify/cors`. */
export async function fastifyWithCors() {
  const app = fastify();
  await app.register(fastifyCors, POLICY_WITH_METHODS);
  app.get('/orders/:id', (request) => ({ id: request.params.id, total: 100 }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server.address().port;
}

/** Hono on Node, with `hono/cors`. */
export function honoWithCors() {
  const { exposedHeaders, methods, ...rest } = POLICY_WITH_METHODS;
  const app = new Hono();
  app.use(honoCors({ ...rest, allowMethods: methods, exposeHeaders: exposedHeaders }));
  app.get('/orders/:id', (context) => context.json({ id: context.req.param('id'), total: 100 }));
  return listening(serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }));
}

async function listening(server) {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  return server.address().port;
}
