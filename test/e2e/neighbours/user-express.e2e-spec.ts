import { createServer } from 'node:http';
import { Controller, Get, Module } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';
import { Cors, CorsModule, type CorsRequest } from 'nestjs-cors';
import { policyOf, policyOfPath } from '../../support/policy-of-path.js';
import { startOn } from '../../support/start-on.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';
const TWO = 'https://two.example.com';
const ALL = [GLOBAL, ONE, TWO];

@Controller()
class PathsController {
  @Get('Case') @Cors({ origin: ONE }) case() {
    return {};
  }
  @Get('by/:id') @Cors({ origin: TWO }) by() {
    return {};
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [PathsController] })
class PathsModule {}

describe('an application on an express() of the user', () => {
  it('that is mounted below a path matches paths below it, and reports the whole URL', async () => {
    const seen: string[] = [];

    @Module({
      imports: [
        CorsModule.forRoot({
          origin: (origin: string, { url }: CorsRequest) => {
            seen.push(url);
            return origin === GLOBAL;
          },
        }),
      ],
      controllers: [PathsController],
    })
    class MountedModule {}

    const nestExpress = express();
    const { app } = await startOn(new ExpressAdapter(nestExpress), MountedModule);
    const root = express();
    root.use('/sub', nestExpress);
    root.use((_request, response) => void response.status(404).end('root'));
    const server = root.listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as { port: number };
      const at = (path: string) => policyOfPath(port, 'GET', path, ALL);
      expect([
        await at('/sub/case'),
        await at('/sub/by/7'),
        await at('/sub/none'),
        await at('/case'),
      ]).toEqual([
        policyOf(ONE),
        policyOf(TWO),
        policyOf(GLOBAL, 404),
        { preflight: [], actual: [], status: 404 },
      ]);
      expect(new Set(seen)).toEqual(new Set(['/sub/none']));
    } finally {
      server.close();
      await app.close();
    }
  });

  it('that a serverless adapter calls as a function responds too', async () => {
    const nestExpress = express();
    const { app } = await startOn(new ExpressAdapter(nestExpress), PathsModule);
    const server = createServer((request, response) => {
      nestExpress(request as never, response as never);
    }).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as { port: number };
      expect(await policyOfPath(port, 'GET', '/case', ALL)).toEqual(policyOf(ONE));
    } finally {
      server.close();
      await app.close();
    }
  });

  it('that already had a middleware answers preflights before it', async () => {
    const calls: string[] = [];
    const instance = express();
    instance.use((request, _response, next) => {
      calls.push(request.method);
      next();
    });
    const { app, port } = await startOn(new ExpressAdapter(instance), PathsModule);
    try {
      expect(await policyOfPath(port, 'GET', '/case', [ONE])).toEqual(policyOf(ONE));
      expect(calls).toEqual(['GET']);
    } finally {
      await app.close();
    }
  });
});
