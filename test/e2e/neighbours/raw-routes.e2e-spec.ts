import type { ServerResponse } from 'node:http';
import { Controller, Get, Module, Param, Post } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import express from 'express';
import { fastify, type FastifyInstance } from 'fastify';
import { Cors, CorsModule } from 'nestjs-cors';
import { PLATFORMS } from '../../support/platforms.js';
import { policyOf, policyOfPath } from '../../support/policy-of-path.js';
import { preflight, send } from '../../support/send.js';
import { startOn } from '../../support/start-on.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';
const ALL = [GLOBAL, ONE];

@Controller('items')
@Cors({ origin: ONE })
class ItemsController {
  @Get(':id') byId(@Param('id') id: string) {
    return { id };
  }
  @Post() create() {
    return {};
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [ItemsController] })
class ItemsModule {}

interface RawReply {
  send(body: unknown): unknown;
}
interface RawAdapter {
  get(path: string, handler: (request: unknown, reply: RawReply) => unknown): unknown;
  put(path: string, handler: (request: unknown, reply: RawReply) => unknown): unknown;
}
const raw = (_request: unknown, reply: RawReply) => reply.send({ raw: true });

describe.each(PLATFORMS)('routes beside the controllers, on $platform', ({ adapter }) => {
  it('have the global policy when registered on the adapter', async () => {
    const { app, port } = await startOn(adapter(), ItemsModule, {
      configure: (created) => {
        const own = created.getHttpAdapter() as unknown as RawAdapter;
        own.get('/raw/:id', raw);
        own.put('/raw/:id', raw);
      },
    });
    try {
      expect([
        await policyOfPath(port, 'GET', '/raw/7', ALL),
        await policyOfPath(port, 'PUT', '/raw/7', ALL),
        await policyOfPath(port, 'GET', '/items/7', ALL),
      ]).toEqual([policyOf(GLOBAL), policyOf(GLOBAL), policyOf(ONE)]);
      const preflighted = await preflight(port, '/raw/7', GLOBAL, 'PUT');
      expect(preflighted.cors['access-control-allow-methods']).toBe('GET, PUT');
    } finally {
      await app.close();
    }
  });

  it('have the global policy, and announce the requested method, when they are middleware', async () => {
    const { app, port } = await startOn(adapter(), ItemsModule, {
      configure: (created) =>
        created.use('/raw', (_request: unknown, response: ServerResponse) => {
          response.setHeader('Vary', 'Accept').end('raw');
        }),
    });
    try {
      expect(await policyOfPath(port, 'PATCH', '/raw/below', ALL)).toEqual(policyOf(GLOBAL));
      const preflighted = await preflight(port, '/raw/below', GLOBAL, 'PATCH');
      expect(preflighted.cors['access-control-allow-methods']).toBe('PATCH');
      const answer = await send(port, 'PATCH', '/raw/below', { origin: GLOBAL });
      expect([answer.body, answer.cors]).toEqual([
        'raw',
        { 'access-control-allow-origin': GLOBAL, vary: 'Accept, Origin' },
      ]);
    } finally {
      await app.close();
    }
  });

  it("registered where a controller's parameter would match take what the platform gives them", async () => {
    const { app, port } = await startOn(adapter(), ItemsModule, {
      configure: (created) => {
        (created.getHttpAdapter() as unknown as RawAdapter).get('/items/raw', raw);
      },
    });
    try {
      // Both routers have it before the controller's: Express by order, Fastify by specificity.
      const { body } = await send(port, 'GET', '/items/raw');
      expect(body).toBe('{"raw":true}');
      expect(await policyOfPath(port, 'GET', '/items/raw', ALL)).toEqual(policyOf(GLOBAL));
    } finally {
      await app.close();
    }
  });
});

describe('routes of an express() of the user', () => {
  it('have the global policy, before and after the application is created', async () => {
    const instance = express();
    instance.get('/early', (_request, response) => void response.json({}));
    const { app, port } = await startOn(new ExpressAdapter(instance), ItemsModule, {
      configure: () => {
        instance.get('/late', (_request, response) => void response.json({}));
        const router = express.Router();
        router.delete('/one', (_request, response) => void response.json({}));
        instance.use('/router', router);
      },
    });
    try {
      expect([
        await policyOfPath(port, 'GET', '/early', ALL),
        await policyOfPath(port, 'GET', '/late', ALL),
        await policyOfPath(port, 'DELETE', '/router/one', ALL),
        await policyOfPath(port, 'GET', '/items/7', ALL),
      ]).toEqual([policyOf(GLOBAL), policyOf(GLOBAL), policyOf(GLOBAL), policyOf(ONE)]);
    } finally {
      await app.close();
    }
  });
});

describe("routes of an express() of the user at a controller's path", () => {
  it("have the controller's policy: Express does not distinguish them from middleware", async () => {
    const instance = express();
    const { app, port } = await startOn(new ExpressAdapter(instance), ItemsModule, {
      configure: () => {
        instance.get('/items/raw', (_request, response) => void response.json({ raw: true }));
        instance.get('/items/:id', (_request, _response, next) => next());
      },
    });
    try {
      expect((await send(port, 'GET', '/items/raw')).body).toBe('{"raw":true}');
      expect([
        await policyOfPath(port, 'GET', '/items/raw', ALL),
        await policyOfPath(port, 'GET', '/items/7', ALL),
      ]).toEqual([policyOf(ONE), policyOf(ONE)]);
    } finally {
      await app.close();
    }
  });
});

describe('routes of a fastify() of the user', () => {
  const register = (instance: FastifyInstance, suffix: string) => {
    instance.get(`/plain-${suffix}`, raw);
    instance.register(
      (plugin, _options, done) => {
        plugin.route({ method: ['PUT', 'DELETE'], url: '/one', handler: raw });
        done();
      },
      { prefix: `/plugin-${suffix}` },
    );
  };

  it('have the global policy, before and after the application is created', async () => {
    const instance = fastify();
    register(instance, 'early');
    const { app, port } = await startOn(new FastifyAdapter(instance as never), ItemsModule, {
      configure: () => {
        register(instance, 'late');
        instance.get('/items/static', raw);
      },
    });
    try {
      expect([
        await policyOfPath(port, 'GET', '/plain-early', ALL),
        await policyOfPath(port, 'DELETE', '/plugin-early/one', ALL),
        await policyOfPath(port, 'GET', '/plain-late', ALL),
        await policyOfPath(port, 'PUT', '/plugin-late/one', ALL),
        await policyOfPath(port, 'GET', '/items/static', ALL),
        await policyOfPath(port, 'GET', '/items/dynamic', ALL),
      ]).toEqual([
        policyOf(GLOBAL),
        policyOf(GLOBAL),
        policyOf(GLOBAL),
        policyOf(GLOBAL),
        policyOf(GLOBAL),
        policyOf(ONE),
      ]);
      const preflighted = await preflight(port, '/plugin-late/one', GLOBAL, 'PUT');
      expect(preflighted.cors['access-control-allow-methods']).toBe('PUT, DELETE');
    } finally {
      await app.close();
    }
  });
});
