import { All, Controller, Get, Module, Res, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';
import { Cors, CorsModule, type CorsOptions } from 'nestjs-cors';
import { PLATFORMS } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';
import { startOn } from '../support/start-on.js';

const ONE = 'https://one.example.com';
const TWO = 'https://two.example.com';
const OPEN = 'https://open.example.com';
const ALL = [ONE, TWO, OPEN];

@Controller('first')
class FirstController {
  @Get() list() {
    return {};
  }
  @Get('closed') @Cors(false) closed() {
    return {};
  }
  @Get('open') @Cors({ origin: OPEN }) open() {
    return {};
  }
}

/** In another order, so that the policies of the two applications have other indexes. */
@Controller('second')
class SecondController {
  @Get('open') @Cors({ origin: OPEN }) open() {
    return {};
  }
  @Get('closed') @Cors(false) closed() {
    return {};
  }
  @Get() list() {
    return {};
  }
}

function application(
  origin: CorsOptions['origin'],
  controller: Type,
  options: Partial<CorsOptions> = {},
): Type {
  @Module({ imports: [CorsModule.forRoot({ origin, ...options })], controllers: [controller] })
  class AppModule {}
  return AppModule;
}

/** Which origins may read the response to a GET; a preflight says the same. */
async function readersOf(port: number, path: string): Promise<string[]> {
  const readers: string[] = [];
  const announced: string[] = [];
  for (const origin of ALL) {
    const { cors } = await send(port, 'GET', path, { origin });
    if (cors['access-control-allow-origin'] === origin) readers.push(origin);
    const { status } = await preflight(port, path, origin, 'GET');
    if (status === 204) announced.push(origin);
  }
  expect([path, announced]).toEqual([path, readers]);
  return readers;
}

const EXPECTED: readonly [path: string, readers: readonly string[]][] = [
  ['/first', [ONE]],
  ['/first/closed', []],
  ['/first/open', [OPEN]],
  ['/second', [TWO]],
  ['/second/closed', []],
  ['/second/open', [OPEN]],
];

/** In Nest 11, the first application would answer 404 to whatever the second one has. */
class PassingAdapter extends ExpressAdapter {
  override setNotFoundHandler(): void {}
}

const OPTIONS = { logger: false, abortOnError: false } as const;

describe('two applications on one Express: each handler has the policy of its own application', () => {
  it.each<[what: string, together: boolean]>([
    ['that start one after the other', false],
    ['that start together', true],
  ])('%s', async (_, together) => {
    for (const origin of [TWO, (asked: string) => Promise.resolve(asked === TWO)]) {
      const instance = express();
      const create = (module: Type) =>
        NestFactory.create(module, new PassingAdapter(instance), OPTIONS);
      const first = await create(application(ONE, FirstController));
      if (!together) await first.init();
      const second = await create(application(origin, SecondController));
      try {
        await first.init();
        await second.listen(0, '127.0.0.1');
        const { port } = second.getHttpServer().address() as { port: number };
        const readers = [];
        for (const [path] of EXPECTED) {
          readers.push([path, await readersOf(port, path)]);
        }
        expect(readers).toEqual(EXPECTED);
      } finally {
        await second.close();
        await first.close();
      }
    }
  });

  it('where both have a path, the first one serves it, and answers its preflight', async () => {
    @Controller('first')
    class LaterController {
      @Get('closed') @Cors({ origin: '*' }) closed() {
        return {};
      }
      @Get('later') @Cors({ origin: OPEN }) later() {
        return {};
      }
    }
    const instance = express();
    const create = (module: Type) =>
      NestFactory.create(module, new PassingAdapter(instance), OPTIONS);
    const first = await create(application(ONE, FirstController));
    await first.init();
    const second = await create(application(TWO, LaterController));
    try {
      await second.listen(0, '127.0.0.1');
      const { port } = second.getHttpServer().address() as { port: number };
      expect([
        await readersOf(port, '/first/closed'),
        await readersOf(port, '/first/open'),
        await readersOf(port, '/first/later'),
      ]).toEqual([[], [OPEN], [OPEN]]);
    } finally {
      await second.close();
      await first.close();
    }
  });

  it('a response that no handler gives has the policy of the one that would', async () => {
    const instance = express();
    const create = (module: Type) =>
      NestFactory.create(module, new PassingAdapter(instance), OPTIONS);
    const first = await create(application(ONE, FirstController));
    first.use((request: Request, response: Response, next: NextFunction) => {
      if (request.headers['x-early'] === undefined) next();
      else response.end();
    });
    await first.init();
    const second = await create(application(TWO, SecondController));
    try {
      await second.listen(0, '127.0.0.1');
      const { port } = second.getHttpServer().address() as { port: number };
      const readers = [];
      for (const [path] of EXPECTED) {
        const allowed = [];
        for (const origin of ALL) {
          const { cors } = await send(port, 'GET', path, { origin, 'x-early': '1' });
          if (cors['access-control-allow-origin'] === origin) allowed.push(origin);
        }
        readers.push([path, allowed]);
      }
      expect(readers).toEqual(EXPECTED);
    } finally {
      await second.close();
      await first.close();
    }
  });

  it('`rejectDisallowed` of one does not refuse what the other one serves', async () => {
    const instance = express();
    const create = (module: Type) =>
      NestFactory.create(module, new PassingAdapter(instance), OPTIONS);
    const first = await create(application(ONE, FirstController, { rejectDisallowed: true }));
    await first.init();
    const second = await create(application(TWO, SecondController));
    try {
      await second.listen(0, '127.0.0.1');
      const { port } = second.getHttpServer().address() as { port: number };
      const statuses = [];
      for (const path of ['/first', '/first/open', '/second', '/second/open', '/nowhere']) {
        for (const origin of ALL) {
          statuses.push([path, (await send(port, 'GET', path, { origin })).status]);
        }
      }
      expect(statuses).toEqual([
        ...[200, 403, 403].map((status) => ['/first', status]),
        ...[403, 403, 200].map((status) => ['/first/open', status]),
        ...[200, 200, 200].map((status) => ['/second', status]),
        ...[200, 200, 200].map((status) => ['/second/open', status]),
        ...[404, 403, 403].map((status) => ['/nowhere', status]),
      ]);
    } finally {
      await second.close();
      await first.close();
    }
  });

  it('leaves the preflights of a handler that passes CORS through to it', async () => {
    @Controller('proxy')
    @Cors({ passThrough: true })
    class ProxyController {
      @All() proxy(@Res() response: Response) {
        response.set('Access-Control-Allow-Origin', '*').end();
      }
    }
    const instance = express();
    const create = (module: Type) =>
      NestFactory.create(module, new PassingAdapter(instance), OPTIONS);
    const first = await create(application(ONE, FirstController));
    await first.init();
    const second = await create(application(TWO, ProxyController));
    try {
      await second.listen(0, '127.0.0.1');
      const { port } = second.getHttpServer().address() as { port: number };
      const { status, cors } = await preflight(port, '/proxy', OPEN, 'PUT');
      expect([status, cors]).toEqual([200, { 'access-control-allow-origin': '*' }]);
    } finally {
      await second.close();
      await first.close();
    }
  });

  it('where an inner one passes a request on to the outer one, by the path that this one has', async () => {
    const instance = express().use((_request: Request, _response: Response, next: NextFunction) =>
      next('router'),
    );
    const inner = await NestFactory.create(
      application(OPEN, SecondController),
      new ExpressAdapter(instance),
      OPTIONS,
    );
    await inner.init();
    const outer = await startOn(new ExpressAdapter(), outerModule(), {
      configure: (app) => app.use('/first', instance),
    });
    try {
      expect([
        await readersOf(outer.port, '/first'),
        await readersOf(outer.port, '/first/closed'),
        await readersOf(outer.port, '/first/open'),
        await readersOf(outer.port, '/first/none'),
      ]).toEqual([[ONE], [], [OPEN], [TWO]]);
    } finally {
      await outer.app.close();
      await inner.close();
    }
  });
});

function outerModule(): Type {
  @Module({
    imports: [CorsModule.forRoot({ origin: ONE, paths: { '/first/*': { origin: TWO } } })],
    controllers: [FirstController],
  })
  class OuterModule {}
  return OuterModule;
}

describe.each(PLATFORMS)('an adapter that two applications use on $platform', ({ adapter }) => {
  it('opened what is @Cors(false), and is refused', async () => {
    const shared = adapter();
    const first = await NestFactory.create(application(ONE, FirstController), shared, OPTIONS);
    const second = NestFactory.create(application(TWO, SecondController), shared, OPTIONS);
    try {
      await expect(second).rejects.toMatchObject({
        issues: [
          {
            path: 'NestFactory.create()',
            reason: 'adapter-shared',
            message:
              'Expected an HTTP adapter of its own for each application with `CorsModule`, got one that another application uses as well. Make another one, such as `new ExpressAdapter(instance)`: adapters may share the `express()`.',
          },
        ],
      });
    } finally {
      await first.close();
    }
  });
});
