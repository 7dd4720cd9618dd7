import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastifyCors, { type FastifyCorsOptions } from '@fastify/cors';
import {
  Controller,
  ForbiddenException,
  Get,
  Injectable,
  Module,
  Post,
  Put,
  UseGuards,
  type CanActivate,
  type INestApplication,
} from '@nestjs/common';
import cors from 'cors';
import express from 'express';
import fastify, { type FastifyInstance } from 'fastify';
import { Cors, CorsModule } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { check, PAGE, runText } from './cli-run.js';

const JSON_HEADER = ['--header', 'content-type: application/json'];
const OTHER = 'https://other.example.com';

type Row = readonly [
  path: string,
  args: readonly string[],
  expected: readonly [exitCode: number, check: string | null, warnings: readonly string[]],
];

async function expectRow(port: number, [path, args, [exitCode, failed, warnings]]: Row) {
  const result = await check(`http://127.0.0.1:${port}${path}`, ...args);
  expect([result.exitCode, result.check, result.warnings]).toEqual([exitCode, failed, warnings]);
}

@Injectable()
class Closed implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

@Controller('orders')
class OrdersController {
  @Get() list() {
    return [];
  }
  @Put(':id') update() {
    return {};
  }
  @Get('closed') @UseGuards(Closed) closed() {
    return {};
  }
  @Post('hook') @Cors(false) hook() {
    return {};
  }
  @Get('feed') @Cors({ origin: '*', credentials: false }) feed() {
    return [];
  }
  @Get('others') @Cors({ origin: OTHER }) others() {
    return [];
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: PAGE, credentials: true })],
  controllers: [OrdersController],
})
class OrdersModule {}

describe.each(PLATFORMS)('nestjs-cors on $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;
  beforeAll(async () => {
    ({ app, port } = await startApp(platform, OrdersModule));
  });
  afterAll(() => app.close());

  it.each<Row>([
    ['/orders', [], [0, null, []]],
    ['/orders', ['--credentials', '--browser', 'firefox'], [0, null, []]],
    ['/orders', ['--local-network', 'prompt'], [0, null, ['LOCAL_NETWORK_PERMISSION']]],
    ['/orders', ['--local-network', 'denied'], [1, 'LNA', []]],
    ['/orders/1', ['--method', 'PUT', ...JSON_HEADER, '--credentials'], [0, null, []]],
    ['/orders/closed', [], [0, null, []]],
    ['/nowhere', [], [0, null, []]],
    ['/orders/feed', [], [0, null, []]],
    ['/orders/feed', ['--credentials'], [1, 'ACAO_WILDCARD_CREDENTIALS', []]],
    ['/orders/others', [], [1, 'ACAO_MISSING', []]],
    ['/orders/hook', ['--method', 'POST'], [1, 'ACAO_MISSING', []]],
    ['/orders/1', ['--method', 'PATCH'], [1, 'METHOD', []]],
  ])('%s %j: %j', async (...row) => {
    await expectRow(port, row);
  });

  it('says what to change', async () => {
    const url = `http://127.0.0.1:${port}/orders/1`;
    const { out, exitCode } = await runText(url, '--method', 'PATCH');
    expect(exitCode).toBe(1);
    expect(out).toBe(`PATCH ${url}
from https://app.example.com, as Chromium would

✗ OPTIONS /orders/1 → 204
    asks for PATCH
    Access-Control-Allow-Origin: https://app.example.com
    Vary: Origin
    Access-Control-Allow-Credentials: true
    Access-Control-Allow-Methods: PUT
    Access-Control-Max-Age: 600

✗ Blocked on the response to the preflight: METHOD

Browser  Access to fetch at '${url}' from origin
         'https://app.example.com' has been blocked by CORS policy: Method PATCH
         is not allowed by Access-Control-Allow-Methods in preflight response.
Cause    Access-Control-Allow-Methods does not contain \`PATCH\`: add it to
         \`methods\`.
Fix      Add the method to \`methods\`; if only the case differs, write it in
         upper case in the page.
More     https://nestjs-cors.example/troubleshooting#method

    // Without \`methods\`, the methods mapped at the path are allowed: is the handler mapped?
    // on the handler or its controller; all else comes from forRoot()
    @Cors({ methods: ['PUT', 'PATCH'] })
    // or for the whole application: in forRoot(), whose other options stay
    CorsModule.forRoot({
      origin: ['https://app.example.com' /* and your others */],
      credentials: true,
      methods: ['PUT', 'PATCH' /* and your others */],
    })
`);
  });

  it('starts from a console message', async () => {
    const url = `http://127.0.0.1:${port}/orders/1`;
    const line = `Access to fetch at '${url}' from origin '${PAGE}' has been blocked by CORS policy: Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.`;
    const { exitCode, check: failed } = await check(url, '--from-message', line);
    expect([exitCode, failed]).toEqual([1, 'METHOD']);
    // It has been mended since.
    const put = line.replace('PATCH', 'PUT');
    expect((await check(url, '--from-message', put)).exitCode).toBe(0);
  });
});

describe.each(PLATFORMS)(
  'Nest on $platform, where the module was never imported',
  ({ platform }) => {
    @Module({ controllers: [OrdersController] })
    class BareModule {}

    it.each<Row>([
      ['/orders', [], [1, 'ACAO_MISSING', ['NEST_WITHOUT_CORS']]],
      ['/orders/1?a=b', ['--method', 'PUT'], [1, 'ACAO_MISSING', ['NEST_WITHOUT_CORS']]],
    ])('%s %j: %j', async (...row) => {
      const { app, port } = await startApp(platform, BareModule);
      try {
        await expectRow(port, row);
      } finally {
        await app.close();
      }
    });

    it('says that decorators alone do nothing', async () => {
      const { app, port } = await startApp(platform, BareModule);
      const { out } = await runText(`http://127.0.0.1:${port}/orders/1`, '--method', 'PUT');
      await app.close();
      expect(out).toContain(`! NEST_WITHOUT_CORS
  The response to OPTIONS looks like the 404 of a Nest application without a
  CORS layer. If its controllers have \`@Cors()\`, \`CorsModule\` is probably not
  imported: decorators alone do nothing. Write \`CorsModule.forRoot({ origin: …
  })\` among the imports of the root module.
`);
    });
  },
);

describe('Express with cors', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    const app = express();
    app.use('/open', cors());
    app.use('/listed', cors({ origin: [PAGE], credentials: true, methods: ['GET', 'PUT'] }));
    app.use('/reflecting', cors({ origin: true, credentials: true, maxAge: 86_400 }));
    app.use('/fixed', cors({ origin: OTHER, allowedHeaders: ['x-a'] }));
    app.use('/star', cors({ origin: '*', credentials: true }));
    app.use((_request, response) => response.json({}));
    server = createServer(app);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.close();
  });

  it.each<Row>([
    ['/open/x', [], [0, null, []]],
    ['/open/x', ['--method', 'PUT', ...JSON_HEADER], [0, null, []]],
    // It lists the headers that are asked for.
    ['/open/x', ['--header', 'authorization: Bearer x'], [0, null, []]],
    ['/open/x', ['--credentials'], [1, 'ACAO_WILDCARD_CREDENTIALS', []]],
    ['/listed/x', ['--credentials'], [0, null, []]],
    ['/listed/x', ['--method', 'DELETE'], [1, 'METHOD', []]],
    ['/reflecting/x', ['--method', 'PUT', '--credentials'], [0, null, ['ORIGIN_REFLECTED']]],
    ['/fixed/x', [], [1, 'ACAO_MISMATCH', []]],
    ['/star/x', [], [0, null, ['WILDCARD_WITH_CREDENTIALS']]],
    ['/nothing', [], [1, 'ACAO_MISSING', []]],
  ])('%s %j: %j', async (...row) => {
    await expectRow(port, row);
  });

  it('writes the change for it', async () => {
    const url = `http://127.0.0.1:${port}/listed/x`;
    expect((await check(url, '--method', 'DELETE', '--for', 'cors')).code).toEqual([
      '// npm install cors; before routes, redirects and authentication, in place of your cors(), whose',
      '// other options stay',
      'app.use(cors({',
      "  origin: ['https://app.example.com' /* and your others */],",
      '  credentials: true,',
      "  methods: ['GET', 'PUT', 'DELETE' /* and your others */],",
      '}));',
    ]);
  });
});

describe('Fastify with @fastify/cors', () => {
  const apps: FastifyInstance[] = [];
  async function start(options: FastifyCorsOptions): Promise<number> {
    const app = fastify();
    apps.push(app);
    await app.register(fastifyCors, options);
    app.get('/x', () => ({}));
    app.get('/closed', (_request, reply) => reply.code(401).send({}));
    await app.listen({ port: 0, host: '127.0.0.1' });
    return (app.server.address() as AddressInfo).port;
  }
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  it.each<readonly [FastifyCorsOptions, ...Row]>([
    [{}, '/x', [], [0, null, []]],
    [{}, '/x', ['--method', 'PUT'], [1, 'METHOD', []]],
    [{}, '/x', ['--credentials'], [1, 'ACAO_WILDCARD_CREDENTIALS', []]],
    [{ origin: [PAGE], credentials: true }, '/x', ['--credentials'], [0, null, []]],
    [{ origin: [PAGE], credentials: true }, '/closed', [], [0, null, []]],
    [{ origin: [OTHER] }, '/x', [], [1, 'ACAO_MISSING', []]],
    [{ origin: OTHER }, '/x', [], [1, 'ACAO_MISMATCH', []]],
    [{ origin: true, credentials: true }, '/x', [], [0, null, ['ORIGIN_REFLECTED']]],
  ])('%j: %s %j: %j', async (options, ...row) => {
    await expectRow(await start(options), row);
  });
});
