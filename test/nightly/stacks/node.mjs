// Programs of Node: their packages come from npm.
const PAGE = 'https://app.example.com';
const OTHER = 'https://other.example';

const GUARD = {
  express: `app.use((req, res, next) => (req.headers.authorization ? next() : res.sendStatus(401)));`,
  fastify: `app.addHook('onRequest', async (request, reply) => {
    if (!request.headers.authorization) return reply.code(401).send({});
  });`,
  hono: `app.use(async (c, next) => (c.req.header('authorization') ? next() : c.text('', 401)));`,
  koa: `app.use(async (ctx, next) => {
    if (!ctx.get('authorization')) ctx.throw(401);
    await next();
  });`,
};

/** The call for each state that a server may be in before the change. */
function states(call, { methods = 'methods', headers = 'allowedHeaders', origin = quoted } = {}) {
  return {
    silent: '',
    get: '',
    origin: call(`{ origin: ${origin(OTHER)} }`),
    credentials: call(`{ origin: ${origin(PAGE)} }`),
    wildcard: call(`{ origin: '*' }`),
    methods: call(`{ origin: ${origin(PAGE)}, credentials: true, ${methods}: ['GET'] }`),
    headers: call(
      `{ origin: ${origin(PAGE)}, credentials: true, ${methods}: ['PUT'], ${headers}: ['x-other'] }`,
    ),
    guarded: call(`{ origin: ${origin(PAGE)}, credentials: true, ${methods}: ['PUT'] }`),
  };
}

function quoted(text) {
  return `['${text}']`;
}

/** Files and functions that send headers by hand. */
const LISTS = {
  'Access-Control-Allow-Methods': 'GET, PUT',
  'Access-Control-Allow-Headers': 'x-request-id',
};
const CREDENTIALS = { 'Access-Control-Allow-Credentials': 'true' };
const allow = (origin, more) => ({ 'Access-Control-Allow-Origin': origin, ...LISTS, ...more });
const byHand = (write) => ({
  silent: write({}),
  get: write({}),
  origin: write(allow(OTHER)),
  credentials: write(allow(PAGE)),
  wildcard: write(allow('*')),
  methods: write(allow(PAGE, { ...CREDENTIALS, 'Access-Control-Allow-Methods': 'GET' })),
  headers: write(allow(PAGE, { ...CREDENTIALS, 'Access-Control-Allow-Headers': 'x-other' })),
});

function node(program) {
  return (port, parts) => ({
    files: { 'server.mjs': program(port, parts) },
    command: [process.execPath, 'server.mjs'],
  });
}

export const express = {
  server: 'cors',
  recognised: true,
  npm: ['express', 'cors'],
  states: states((options) => `app.use(cors(${options}));`),
  guard: GUARD.express,
  start: node(
    (port, { before, layer, after }) => `
import express from 'express';
import cors from 'cors';
const app = express();
${before}
${layer}
${after}
app.all('/api/orders', (req, res) => res.json({}));
app.listen(${port}, '127.0.0.1');
`,
  ),
};

export const fastify = {
  server: 'fastify',
  recognised: true,
  npm: ['fastify', '@fastify/cors'],
  states: states((options) => `await app.register(cors, ${options});`),
  guard: GUARD.fastify,
  start: node(
    (port, { before, layer, after }) => `
import fastify from 'fastify';
import cors from '@fastify/cors';
const app = fastify();
${before}
${layer}
${after}
app.route({
  method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  url: '/api/orders',
  handler: async () => ({}),
});
await app.listen({ port: ${port}, host: '127.0.0.1' });
`,
  ),
};

export const hono = {
  server: 'hono',
  recognised: true,
  npm: ['hono', '@hono/node-server'],
  states: states((options) => `app.use(cors(${options}));`, {
    methods: 'allowMethods',
    headers: 'allowHeaders',
  }),
  guard: GUARD.hono,
  start: node(
    (port, { before, layer, after }) => `
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { serve } from '@hono/node-server';
const app = new Hono();
${before}
${layer}
${after}
app.on(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], '/api/orders', (c) => c.json({}));
serve({ fetch: app.fetch, port: ${port}, hostname: '127.0.0.1' });
`,
  ),
};

export const koa = {
  server: 'koa',
  npm: ['koa', '@koa/cors'],
  states: states((options) => `app.use(cors(${options}));`, {
    methods: 'allowMethods',
    headers: 'allowHeaders',
    origin: (text) => `'${text}'`,
  }),
  guard: GUARD.koa,
  start: node(
    (port, { before, layer, after }) => `
import Koa from 'koa';
import cors from '@koa/cors';
const app = new Koa();
app.silent = true;
${before}
${layer}
${after}
app.use((ctx) => {
  if (ctx.method === 'OPTIONS') return ctx.throw(404);
  ctx.body = {};
});
app.listen(${port}, '127.0.0.1');
`,
  ),
};

export const socketIo = {
  server: 'socket.io',
  recognised: true,
  npm: ['socket.io'],
  path: '/socket.io/?EIO=4&transport=polling',
  method: 'GET',
  states: {
    silent: 'const io = new Server(server);',
    get: 'const io = new Server(server);',
    origin: `const io = new Server(server, { cors: { origin: ['${OTHER}'] } });`,
    credentials: `const io = new Server(server, { cors: { origin: ['${PAGE}'] } });`,
    wildcard: `const io = new Server(server, { cors: { origin: '*' } });`,
    headers: `const io = new Server(server, {
      cors: { origin: ['${PAGE}'], credentials: true, allowedHeaders: ['x-other'] },
    });`,
  },
  start: node(
    (port, { layer }) => `
import { createServer } from 'node:http';
import { Server } from 'socket.io';
const server = createServer();
${layer}
server.listen(${port}, '127.0.0.1');
`,
  ),
};

export const nextjs = {
  server: 'nextjs',
  recognised: true,
  npm: ['next', 'react', 'react-dom'],
  states: byHand((headers) => {
    const lines = Object.entries(headers).map(([key, value]) => ({ key, value }));
    return lines.length === 0 ? '' : JSON.stringify({ source: '/:path*', headers: lines });
  }),
  start: (port, { layer }) => ({
    files: {
      'package.json': '{"private":true}',
      'next.config.mjs': `export default { headers: async () => [\n${layer}\n] };`,
      'app/layout.js': `
export default function Layout({ children }) {
  return <html><body>{children}</body></html>;
}
`,
      'app/api/orders/route.js': ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
        .map((method) => `export async function ${method}() { return Response.json({}); }`)
        .join('\n'),
    },
    command: [
      process.execPath,
      '../node_modules/next/dist/bin/next',
      'dev',
      '--webpack',
      '-p',
      String(port),
      '-H',
      '127.0.0.1',
    ],
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  }),
};

export const firebase = {
  server: 'firebase',
  npm: ['firebase-functions', 'firebase-admin', 'express', 'cors'],
  states: {
    silent: 'export const api = onRequest(handler);',
    get: 'export const api = onRequest(handler);',
    origin: `export const api = onRequest({ cors: ['${OTHER}'] }, handler);`,
    credentials: `export const api = onRequest({ cors: ['${PAGE}'] }, handler);`,
  },
  start: node(
    (port, { layer }) => `
import express from 'express';
import cors from 'cors';
import { onRequest } from 'firebase-functions/v2/https';
const handler = (request, response) => {
  if (request.method === 'OPTIONS') response.sendStatus(405);
  else response.json({});
};
${layer}
// As the platform calls it.
express().use((request, response) => api(request, response)).listen(${port}, '127.0.0.1');
`,
  ),
};

export const supabase = {
  server: 'supabase',
  npm: ['deno'],
  states: byHand((headers) => {
    const answers = Object.keys(headers).length > 0;
    return `Deno.serve(async (request) => {
  const headers = ${JSON.stringify(headers)};
  if (${answers} && request.method === 'OPTIONS') return new Response(null, { status: 204, headers });
  const response = await handler(request);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
});`;
  }),
  start: (port, { layer }) => ({
    files: {
      'server.ts': `
const handler = async (request: Request) =>
  request.method === 'OPTIONS' ? new Response(null, { status: 405 }) : Response.json({});
${layer}
`,
    },
    command: ['../node_modules/.bin/deno', 'run', '--allow-all', '--no-check', 'server.ts'],
    env: { DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, DENO_NO_UPDATE_CHECK: '1' },
  }),
};

/** Its packages and this one come from the repository. */
function nest(platform, parts) {
  const adapter = platform === 'express' ? 'ExpressAdapter' : 'FastifyAdapter';
  return node(
    (port, { before, layer, after }) => `
import { Controller, All, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ${adapter} } from '@nestjs/platform-${platform}';
import { CorsModule, Cors } from 'nestjs-cors';
${parts({ before, layer, after, port, adapter })}
`,
  );
}

const CONTROLLER = `
class Orders {
  all() {
    return {};
  }
}
Controller('api/orders')(Orders);
All()(Orders.prototype, 'all', Object.getOwnPropertyDescriptor(Orders.prototype, 'all'));
`;

const nestCalls = (platform) => ({
  server: 'enableCors',
  fromRepository: true,
  states: {
    ...states((options) => `app.enableCors(${options});`),
    // On Fastify, hooks come before middleware, in whatever order they are written.
    ...(platform === 'fastify' && { guarded: undefined }),
  },
  guard: `app.use((req, res, next) => {
    if (req.headers.authorization) return next();
    res.statusCode = 401;
    res.end();
  });`,
  start: nest(
    platform,
    ({ before, layer, after, port, adapter }) => `
${CONTROLLER}
class Root {}
Module({ controllers: [Orders] })(Root);
const app = await NestFactory.create(Root, new ${adapter}(), { logger: false });
${before}
${layer}
${after}
await app.listen(${port}, '127.0.0.1');
`,
  ),
});

export const nestExpress = nestCalls('express');
export const nestFastify = nestCalls('fastify');

/** By `forRoot()`; the other half of what is printed is a decorator, which `nestDecorator` takes. */
const ours = (platform, isDecorator) => ({
  server: 'nestjs-cors',
  fromRepository: true,
  states: isDecorator
    ? {
        origin: `CorsModule.forRoot({ origin: ['${OTHER}'] })`,
        credentials: `CorsModule.forRoot({ origin: ['${PAGE}'] })`,
        methods: `CorsModule.forRoot({ origin: ['${PAGE}'], credentials: true, methods: ['GET'] })`,
        headers: `CorsModule.forRoot({ origin: ['${PAGE}'], credentials: true, allowedHeaders: ['x-other'] })`,
      }
    : { ...states((options) => `CorsModule.forRoot(${options})`), guarded: undefined },
  apply(code, earlier) {
    const from = code.findIndex((line) => line.startsWith('CorsModule.forRoot('));
    const decorator = code.find((line) => line.startsWith('@Cors('));
    return isDecorator
      ? { layer: earlier, after: `${decorator.slice(1)}(Orders);` }
      : { layer: code.slice(from).join('\n') };
  },
  start: nest(
    platform,
    ({ layer, after, port, adapter }) => `
${CONTROLLER}
${after}
class Root {}
Module({ imports: [${layer}], controllers: [Orders] })(Root);
const app = await NestFactory.create(Root, new ${adapter}(), { logger: false });
await app.listen(${port}, '127.0.0.1');
`,
  ),
});

export const oursExpress = ours('express', false);
export const oursFastify = ours('fastify', false);
export const oursDecorator = ours('express', true);
