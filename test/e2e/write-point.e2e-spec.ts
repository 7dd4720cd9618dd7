import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import {
  connect,
  sensitiveHeaders,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { Controller, Get, Header, Module, Param, Res, type INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import corsMiddleware from 'cors';
import express from 'express';
import { Cors, CorsModule } from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';
import { startOn } from '../support/start-on.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

@Controller()
class EmptyController {}

describe('a response that gets another prototype', () => {
  @Module({
    imports: [CorsModule.forRoot({ origin: APP })],
    controllers: [EmptyController],
  })
  class AppModule {}

  const legacy = () =>
    express()
      .use(corsMiddleware({ origin: true, credentials: true, exposedHeaders: 'x-legacy' }))
      .use((_, response) => void response.send('legacy'));
  let app: INestApplication;
  let port: number;
  const warnings: string[] = [];
  beforeAll(async () => {
    const called = legacy();
    ({ app, port } = await startApp('express', AppModule, {
      logger: collectingLogger('warn', warnings),
      configure: (created) => {
        created.use('/mounted', legacy());
        created.use('/called', (...args: Parameters<typeof called>) => called(...args));
        created.use('/plain', (_: IncomingMessage, response: ServerResponse) => {
          Object.setPrototypeOf(response, ServerResponse.prototype);
          response.setHeader('access-control-allow-origin', '*').end('plain');
        });
      },
    }));
  });
  afterAll(() => app.close());

  it.each([
    ['/mounted', { 'access-control-expose-headers': 'x-legacy' }],
    ['/called', { 'access-control-expose-headers': 'x-legacy' }],
    ['/plain', {}],
  ])('keeps the policy, and the inner layer grants nothing: %s', async (path, exposed) => {
    const answers = [];
    for (const origin of [APP, EVIL])
      answers.push((await send(port, 'GET', path, { origin })).cors);
    expect(answers).toEqual([
      { 'access-control-allow-origin': APP, ...exposed, vary: 'Origin' },
      { vary: 'Origin' },
    ]);
    expect(warnings.filter((warning) => warning.includes(`GET ${path} already had`))).toHaveLength(
      1,
    );
  });
});

it("a writeHead() of Express's own response object is still called", async () => {
  @Module({
    imports: [CorsModule.forRoot({ origin: APP })],
    controllers: [EmptyController],
  })
  class AppModule {}

  const instance = express();
  const { response } = instance as unknown as { response: ServerResponse };
  const base = response.writeHead;
  response.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    this.setHeader('x-own', 'yes');
    return Reflect.apply(base, this, args) as ServerResponse;
  };
  const { app, port } = await startOn(new ExpressAdapter(instance), AppModule);
  try {
    const { headers } = await fetch(`http://127.0.0.1:${port}/`, { headers: { origin: APP } });
    expect([headers.get('x-own'), headers.get('access-control-allow-origin')]).toEqual([
      'yes',
      APP,
    ]);
  } finally {
    await app.close();
  }
});

describe('a handler that writes to an object which inherits from the response', () => {
  @Controller()
  class InheritingController {
    @Get() serve(@Res() response: ServerResponse & { raw?: ServerResponse; hijack?: () => void }) {
      response.hijack?.();
      const raw = response.raw ?? response;
      raw.setHeader('Vary', 'Accept');
      const inheriting = Object.create(Object.create(raw) as object) as ServerResponse;
      inheriting.writeHead(200, { 'Access-Control-Allow-Origin': '*' });
      raw.end('served');
    }
  }
  @Module({
    imports: [CorsModule.forRoot({ origin: APP })],
    controllers: [InheritingController],
  })
  class AppModule {}

  it.each(PLATFORMS)('has the policy on $platform', async ({ platform }) => {
    const { app, port } = await startApp(platform, AppModule);
    try {
      const { status, cors } = await send(port, 'GET', '/', { origin: APP });
      expect([status, cors]).toEqual([
        200,
        { 'access-control-allow-origin': APP, vary: 'Accept, Origin' },
      ]);
    } finally {
      await app.close();
    }
  });
});

describe('an application inside another', () => {
  @Module({ imports: [CorsModule.forRoot({ origin: EVIL })], controllers: [EmptyController] })
  class InnerModule {}
  @Module({ imports: [CorsModule.forRoot({ origin: APP })], controllers: [EmptyController] })
  class OuterModule {}

  it.each(['express', 'fastify'] as const)(
    'on %s, called by hand, has the last word',
    async (on) => {
      const inner = await startApp(on, InnerModule);
      const instance = inner.app.getHttpAdapter().getInstance() as {
        routing?: (request: IncomingMessage, response: ServerResponse) => void;
      } & ((request: IncomingMessage, response: ServerResponse) => void);
      const outer = await startApp(on, OuterModule, {
        configure: (created) =>
          created.use('/inner', (request: IncomingMessage, response: ServerResponse) =>
            (instance.routing ?? instance)(request, response),
          ),
      });
      try {
        const answers = [];
        for (const path of ['/inner', '/outer']) {
          for (const origin of [APP, EVIL]) {
            const { status, cors } = await send(outer.port, 'GET', path, { origin });
            answers.push([status, cors['access-control-allow-origin'], cors['vary']]);
          }
        }
        expect(answers).toEqual([
          [404, undefined, 'Origin'],
          [404, EVIL, 'Origin'],
          [404, APP, 'Origin'],
          [404, undefined, 'Origin'],
        ]);
      } finally {
        await outer.app.close();
        await inner.app.close();
      }
    },
  );

  it('that is mounted in Express, answers preflights below its path, and is refused nothing', async () => {
    @Controller('closed')
    class ClosedController {
      @Get() @Cors(false) closed() {
        return {};
      }
      @Get('own') own() {
        return {};
      }
    }
    @Module({ imports: [CorsModule.forRoot({ origin: EVIL })], controllers: [ClosedController] })
    class MountedModule {}
    @Controller('inner')
    class KnownController {
      @Get('known') known() {
        return {};
      }
    }
    const inner = await startApp('express', MountedModule);
    const instance = inner.app.getHttpAdapter().getInstance() as express.Express;
    const statusesOf = async (rejectDisallowed: boolean) => {
      @Module({
        imports: [CorsModule.forRoot({ origin: APP, rejectDisallowed })],
        controllers: [KnownController],
      })
      class MountingModule {}
      const outer = await startApp('express', MountingModule, {
        configure: (created) => created.use('/:name', instance),
      });
      const statuses = [];
      for (const path of ['/inner/closed', '/inner/closed/own', '/inner/none', '/inner/known']) {
        for (const origin of [APP, EVIL]) {
          const asked = await preflight(outer.port, path, origin, 'GET');
          const { status } = await send(outer.port, 'GET', path, { origin });
          statuses.push([path, asked.status, status]);
        }
      }
      await outer.app.close();
      return statuses;
    };
    const statuses = [await statusesOf(false), await statusesOf(true)];
    await inner.app.close();
    expect(statuses).toEqual(
      [404, 403].map((refused) => [
        ['/inner/closed', 403, 200],
        ['/inner/closed', 403, 200],
        ['/inner/closed/own', 403, 200],
        ['/inner/closed/own', 204, 200],
        ['/inner/none', 403, 404],
        ['/inner/none', 204, 404],
        // Both know the path: it is the outer one that is asked.
        ['/inner/known', 204, 404],
        ['/inner/known', 403, refused],
      ]),
    );
  });

  it.each(['express', 'fastify'] as const)(
    'on %s, answers preflights below its path where the outer one has `paths: false`',
    async (on) => {
      @Controller()
      class ClosedController {
        @Get('closed') @Cors(false) closed() {
          return {};
        }
      }
      @Module({
        imports: [CorsModule.forRoot({ origin: EVIL })],
        controllers: [ClosedController],
      })
      class MountedModule {}
      @Module({ imports: [CorsModule.forRoot({ origin: APP, paths: { '/inner/*': false } })] })
      class LeavingModule {}

      const inner = await startApp(on, MountedModule);
      const instance = inner.app.getHttpAdapter().getInstance() as {
        routing?: (request: IncomingMessage, response: ServerResponse) => void;
      } & ((request: IncomingMessage, response: ServerResponse) => void);
      const outer = await startApp(on, LeavingModule, {
        configure: (created) => created.use('/inner', instance.routing ?? instance),
      });
      try {
        const statuses = [];
        for (const path of ['/inner/closed', '/inner/none', '/outer']) {
          for (const origin of [APP, EVIL]) {
            statuses.push((await preflight(outer.port, path, origin, 'GET')).status);
          }
        }
        expect(statuses).toEqual([403, 403, 403, 204, 204, 403]);
      } finally {
        await outer.app.close();
        await inner.app.close();
      }
    },
  );
});

type Reply = ServerResponse & { raw?: ServerResponse; hijack?: () => void };

/** Every way in which a handler may expose headers of its own. */
const EXPOSING: Readonly<Record<string, (response: ServerResponse) => void>> = {
  setHeader: (response) =>
    void response.setHeader('access-control-expose-headers', 'Location, X-TOTAL').end(),
  'setHeader with an array': (response) =>
    void response.setHeader('Access-Control-Expose-Headers', ['Location', 'X-TOTAL']).end(),
  'writeHead with an object': (response) =>
    void response.writeHead(200, { 'access-control-expose-headers': 'Location, X-TOTAL' }).end(),
  'writeHead with an object and a reason': (response) =>
    void response
      .writeHead(200, 'Fine', { 'ACCESS-CONTROL-EXPOSE-HEADERS': ['Location', 'X-TOTAL'] })
      .end(),
  'writeHead with a flat array': (response) =>
    void response
      .writeHead(200, [
        'Access-Control-Expose-Headers',
        'Location',
        'access-control-expose-headers',
        'X-TOTAL',
      ])
      .end(),
  'writeHead with pairs': (response) =>
    void response
      .writeHead(200, [['Access-Control-Expose-Headers', 'Location,X-TOTAL']] as never)
      .end(),
  both: (response) =>
    void response
      .setHeader('access-control-expose-headers', 'Location')
      .writeHead(200, { 'Access-Control-Expose-Headers': 'X-TOTAL,' })
      .end(),
  'names that are not names': (response) =>
    void response.setHeader('access-control-expose-headers', 'Location,, a b, *').end(),
};
const WAYS = Object.keys(EXPOSING);

@Controller('exposing')
@Cors({ credentials: true, exposedHeaders: ['x-total'] })
class ExposingController {
  @Get('decorated') @Header('Access-Control-Expose-Headers', 'Location, X-TOTAL') decorated() {
    return {};
  }
  @Get('way/:index') way(@Param('index') index: string, @Res() response: Reply) {
    response.hijack?.();
    EXPOSING[WAYS[Number(index)] ?? '']?.(response.raw ?? response);
  }
  @Get('none')
  @Cors({ exposedHeaders: [] })
  @Header('Access-Control-Expose-Headers', 'Location')
  none() {
    return {};
  }
  @Get('open')
  @Cors({ origin: '*', credentials: false, exposedHeaders: '*' })
  @Header('Access-Control-Expose-Headers', 'Location')
  open() {
    return {};
  }
  @Get('star')
  @Cors({ credentials: false })
  @Header('Access-Control-Expose-Headers', '*')
  star() {
    return {};
  }
  @Get('granting')
  @Header('Access-Control-Allow-Credentials', 'true')
  @Cors({ credentials: false, exposedHeaders: [] })
  granting() {
    return {};
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: APP })], controllers: [ExposingController] })
class ExposingModule {}

describe.each(PLATFORMS)('headers that a handler exposes itself on $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;
  beforeAll(async () => {
    ({ app, port } = await startApp(platform, ExposingModule));
  });
  afterAll(() => app.close());

  const base = { 'access-control-allow-origin': APP, vary: 'Origin' };
  const credentials = { 'access-control-allow-credentials': 'true' };
  const exposing = (names: string) => ({ 'access-control-expose-headers': names });
  it.each<[path: string, expected: object]>([
    ['decorated', { ...base, ...credentials, ...exposing('x-total, Location') }],
    ...WAYS.map((_, index): [string, object] => [
      `way/${index}`,
      { ...base, ...credentials, ...exposing('x-total, Location') },
    ]),
    ['none', { ...base, ...credentials, ...exposing('Location') }],
    ['open', { 'access-control-allow-origin': '*', ...exposing('*') }],
    ['star', { ...base, ...exposing('*') }],
    ['granting', base],
  ])('%s: merged for an allowed origin, gone for any other', async (path, expected) => {
    const allowed = await send(port, 'GET', `/exposing/${path}`, { origin: APP });
    const refused = await send(port, 'GET', `/exposing/${path}`, { origin: EVIL });
    expect([allowed.status, allowed.cors, refused.cors]).toEqual([
      200,
      expected,
      path === 'open' ? expected : { vary: 'Origin' },
    ]);
  });
});

it.each(PLATFORMS)(
  'a replaced grant is named once, with its route ($platform)',
  async ({ platform }) => {
    const warnings: string[] = [];
    const { app, port } = await startApp(platform, ExposingModule, {
      logger: collectingLogger('warn', warnings),
    });
    try {
      for (let round = 0; round < 2; round += 1) {
        await send(port, 'GET', '/exposing/granting', { origin: APP });
        await send(port, 'GET', '/exposing/decorated', { origin: APP });
      }
      expect(warnings).toEqual([
        'The response to GET /exposing/granting (ExposingController.granting) already had Access-Control-Allow-Credentials, written by the handler, a middleware or another CORS layer; what the policy says was sent instead. Remove the other one. Where its own headers are meant, as in a handler that proxies, write @Cors({ passThrough: true }) there, or @Cors(false) if no preflight is to be answered.',
      ]);
    } finally {
      await app.close();
    }
  },
);

describe.each(PLATFORMS)(
  'a record that a handler passes to writeHead() on $platform',
  ({ platform }) => {
    const PASSED = {
      'Content-Type': 'text/plain',
      'Set-Cookie': ['a=1', 'b=2'],
      ETag: '"1"',
      'Content-Security-Policy': "default-src 'self'",
    };
    const WRITTEN = [
      ['content-type', 'text/plain'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['etag', '"1"'],
      ['content-security-policy', "default-src 'self'"],
    ];
    type Raw = ServerResponse & { raw?: ServerResponse; hijack?(): void };

    @Controller('record')
    class RecordController {
      @Get() get(@Res() response: Raw) {
        response.hijack?.();
        (response.raw ?? response).writeHead(200, PASSED).end();
      }
    }
    @Module({
      imports: [CorsModule.forRoot({ origin: APP, exposedHeaders: ['etag'] })],
      controllers: [RecordController],
    })
    class RecordModule {}

    const ask = async (configure: (created: INestApplication) => void) => {
      const { app, port } = await startApp(platform, RecordModule, { configure });
      try {
        const { lines, cors } = await send(port, 'GET', '/record', { origin: APP });
        return { lines, cors };
      } finally {
        await app.close();
      }
    };
    const allowed = {
      'access-control-allow-origin': APP,
      'access-control-expose-headers': 'etag',
      vary: 'Origin',
    };
    const names = new Set(WRITTEN.map(([name]) => name));

    it('is written line by line, with the decision behind it', async () => {
      const { lines, cors } = await ask(() => {});
      expect([lines.filter(([name]) => names.has(name)), cors]).toEqual([WRITTEN, allowed]);
    });

    it('is still one for whoever has replaced writeHead() before', async () => {
      const seen: unknown[] = [];
      const { lines, cors } = await ask((created) => {
        const server = created.getHttpServer() as Server;
        server.prependListener('request', (_, response) => {
          const base = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
          response.writeHead = (...[status, headers]: unknown[]) => {
            seen.push(headers);
            return base(status, { ...(headers as object), 'X-Seen': 'yes' });
          };
        });
      });
      expect(seen).toEqual([
        {
          ...PASSED,
          'Access-Control-Allow-Origin': APP,
          'Access-Control-Expose-Headers': 'etag',
          Vary: 'Origin',
        },
      ]);
      expect([lines.find(([name]) => name === 'x-seen'), cors]).toEqual([
        ['x-seen', 'yes'],
        allowed,
      ]);
    });
  },
);

it('writeHead() with null for its headers, as Node takes it', async () => {
  @Controller('null')
  class NullController {
    @Get() get(@Res() response: ServerResponse) {
      response.writeHead(200, 'Fine', null as never).end();
    }
  }
  @Module({ imports: [CorsModule.forRoot({ origin: APP })], controllers: [NullController] })
  class NullModule {}
  const { app, port } = await startOn(new ExpressAdapter(), NullModule);
  try {
    const { status, cors } = await send(port, 'GET', '/null', { origin: APP });
    expect([status, cors]).toEqual([200, { 'access-control-allow-origin': APP, vary: 'Origin' }]);
  } finally {
    await app.close();
  }
});

describe('HTTP/2: a response that begins on the stream', () => {
  interface Http2Reply {
    readonly raw: { readonly stream: ServerHttp2Stream; writeHead(status: number): unknown };
    hijack(): void;
  }
  const grants = { 'access-control-allow-origin': '*', vary: 'Accept' };

  @Controller('stream')
  class StreamController {
    @Get('respond') respond(@Res() reply: Http2Reply) {
      reply.hijack();
      reply.raw.stream.respond({ ':status': 201, ...grants }, { endStream: true });
    }
    @Get('failed') failed(@Res() reply: Http2Reply) {
      reply.hijack();
      try {
        reply.raw.writeHead(99_999);
      } catch {
        reply.raw.stream.respond({ ':status': 201, ...grants }, { endStream: true });
      }
    }
    @Get('secret') secret(@Res() reply: Http2Reply) {
      reply.hijack();
      const headers = { ':status': 201, 'x-secret': 'a', [sensitiveHeaders]: ['x-secret'] };
      reply.raw.stream.respond({ ...headers, ...grants }, { endStream: true });
    }
    @Get('nothing') nothing(@Res() reply: Http2Reply) {
      reply.hijack();
      reply.raw.stream.respond();
      reply.raw.stream.end();
    }
    @Get('file') file(@Res() reply: Http2Reply) {
      reply.hijack();
      reply.raw.stream.respondWithFile('package.json', { ':status': 201, ...grants });
    }
    @Get('checked') checked(@Res() reply: Http2Reply) {
      reply.hijack();
      const statCheck = (_: unknown, headers: OutgoingHttpHeaders) => {
        Object.assign(headers, grants, { 'x-size': 'small' });
      };
      reply.raw.stream.respondWithFile('package.json', { ':status': 201 }, { statCheck });
    }
    @Get('unchanged') unchanged(@Res() reply: Http2Reply) {
      reply.hijack();
      const statCheck = () => {
        reply.raw.stream.respond({ ':status': 304, ...grants }, { endStream: true });
        return false;
      };
      reply.raw.stream.respondWithFile('package.json', {}, { statCheck });
    }
    @Get('usual') usual() {
      return {};
    }
  }
  @Module({ imports: [CorsModule.forRoot({ origin: APP })], controllers: [StreamController] })
  class StreamModule {}

  it.each([
    ['respond', 201, 'Accept, Origin'],
    ['failed', 201, 'Origin, Accept'],
    ['secret', 201, 'Accept, Origin'],
    ['nothing', 200, 'Origin'],
    ['file', 201, 'Accept, Origin'],
    ['checked', 201, 'Accept, Origin'],
    ['unchanged', 304, 'Accept, Origin'],
    ['usual', 200, 'Origin'],
  ])('%s', async (path, status, vary) => {
    const warnings: string[] = [];
    const { app, port } = await startOn(new FastifyAdapter({ http2: true }), StreamModule, {
      logger: collectingLogger('warn', warnings),
    });
    const session = connect(`http://127.0.0.1:${port}`);
    const ask = (origin: string) =>
      new Promise<IncomingHttpHeaders & { ':status'?: number }>((resolve, reject) => {
        const stream = session.request({ ':path': `/stream/${path}`, origin });
        stream.on('response', resolve).on('error', reject).resume();
      });
    try {
      const answers = [];
      for (const origin of [APP, EVIL]) {
        const { ':status': got, ...headers } = await ask(origin);
        answers.push([got, headers['access-control-allow-origin'], headers.vary]);
        // What must not be compressed still says so.
        const secret = path === 'secret' ? ['x-secret'] : [];
        expect(Reflect.get(headers, sensitiveHeaders)).toEqual(secret);
      }
      expect([answers, warnings.filter((one) => one.includes('already had')).length]).toEqual([
        [
          [status, APP, vary],
          [status, undefined, vary],
        ],
        vary === 'Origin' ? 0 : 1,
      ]);
    } finally {
      session.close();
      await app.close();
    }
  });
});
