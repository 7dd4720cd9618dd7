import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vm from 'node:vm';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Controller, Get, Module, UseInterceptors, type INestApplication } from '@nestjs/common';
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import { ServeStaticModule } from '@nestjs/serve-static';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Cors, CorsInterceptor, CorsModule } from 'nestjs-cors';
import { collectingLogger } from '../../../support/collecting-logger.js';
import { PLATFORMS } from '../../../support/platforms.js';
import { policyOf, policyOfPath } from '../../../support/policy-of-path.js';
import { preflight, send } from '../../../support/send.js';
import { startOn } from '../../../support/start-on.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';
const ALL = [GLOBAL, ONE];

/** On Fastify both modules import @fastify/static on their own, which jest cannot do in ES modules. */
const SERVING_FILES = PLATFORMS.filter(
  ({ platform }) => platform === 'express' || !('SourceTextModule' in vm),
);

@Controller('cats')
@Cors({ origin: ONE })
class CatsController {
  @Get(':id') byId() {
    return {};
  }
}

const GRANTED = { 'access-control-allow-origin': GLOBAL, vary: 'Origin' };
const preflighted = (method: string, headers?: string) => ({
  ...GRANTED,
  'access-control-allow-methods': method,
  ...(headers !== undefined && { 'access-control-allow-headers': headers }),
  'access-control-max-age': '600',
});

describe.each(PLATFORMS)('GraphQL over HTTP on $platform', ({ platform, adapter }) => {
  @Resolver()
  @UseInterceptors(CorsInterceptor)
  class CatsResolver {
    @Query(() => String)
    @Cors({ origin: ONE })
    cat(): string {
      return 'Tom';
    }
  }

  @Module({
    imports: [
      CorsModule.forRoot({ origin: GLOBAL }),
      GraphQLModule.forRoot<ApolloDriverConfig>({
        driver: ApolloDriver,
        autoSchemaFile: true,
        playground: false,
      }),
    ],
    controllers: [CatsController],
    providers: [CatsResolver],
  })
  class GraphModule {}

  const warnings: string[] = [];
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    const logger = collectingLogger('warn', warnings);
    ({ app, port } = await startOn(adapter(), GraphModule, { logger }));
  });
  afterAll(() => app.close());

  it('the only startup warning is about @Cors() on a resolver', () => {
    expect(warnings).toEqual([
      '@Cors() on CatsResolver.cat has no effect: no HTTP route is served by it. GraphQL over HTTP gets the global CORS policy; WebSocket gateways have an option `cors` of their own.',
    ]);
  });

  it('has the global policy: queries, refusals, preflights', async () => {
    const json = { 'content-type': 'application/json' };
    const query = JSON.stringify({ query: '{ cat }' });
    const post = (origin: string, body: string) =>
      send(port, 'POST', '/graphql', { ...json, origin }, body);
    const asked = await post(GLOBAL, query);
    const refused = await post(ONE, query);
    const malformed = await post(GLOBAL, '{');
    expect([asked.status, asked.body, asked.cors]).toEqual([
      200,
      '{"data":{"cat":"Tom"}}\n',
      GRANTED,
    ]);
    expect([refused.status, refused.cors]).toEqual([200, { vary: 'Origin' }]);
    expect([malformed.status, malformed.cors]).toEqual([400, GRANTED]);

    const before = await preflight(port, '/graphql', GLOBAL, 'POST', 'content-type');
    const other = await preflight(port, '/graphql', ONE, 'POST', 'content-type');
    // Fastify shows what its plugins register, Express does not: the requested method then.
    const methods = platform === 'fastify' ? 'GET, POST, HEAD' : 'POST';
    expect([before.status, before.cors]).toEqual([204, preflighted(methods, 'content-type')]);
    expect([other.status, other.cors]).toEqual([403, { vary: 'Origin' }]);
  });
});

describe.each(SERVING_FILES)('Swagger UI on $platform', ({ adapter }) => {
  @Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [CatsController] })
  class DocumentedModule {}

  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startOn(adapter(), DocumentedModule, {
      configure: (created) => {
        const config = new DocumentBuilder().setTitle('Cats').build();
        SwaggerModule.setup('docs', created, () => SwaggerModule.createDocument(created, config));
      },
    }));
  });
  afterAll(() => app.close());

  it.each([['/docs-json'], ['/docs-yaml'], ['/docs'], ['/docs/swagger-ui-init.js']])(
    '%s has the global policy',
    async (path) => {
      expect(await policyOfPath(port, 'GET', path, ALL)).toEqual(policyOf(GLOBAL));
      const before = await preflight(port, path, GLOBAL, 'GET', 'authorization');
      expect([before.status, before.cors]).toEqual([204, preflighted('GET', 'authorization')]);
    },
  );

  it('the controllers keep theirs', async () => {
    expect(await policyOfPath(port, 'GET', '/cats/7', ALL)).toEqual(policyOf(ONE));
  });
});

describe.each(SERVING_FILES)('static files on $platform', ({ platform, adapter }) => {
  const folder = mkdtempSync(join(tmpdir(), 'static-'));
  writeFileSync(join(folder, 'index.html'), '<p>index</p>');
  writeFileSync(join(folder, 'app.js'), 'void 0;');

  @Module({
    imports: [
      CorsModule.forRoot({ origin: GLOBAL }),
      ServeStaticModule.forRoot({ rootPath: folder }),
    ],
    controllers: [CatsController],
  })
  class StaticModule {}

  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startOn(adapter(), StaticModule));
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a file', '/app.js', 200, GLOBAL],
    // Nest's module has this fallback on Express only.
    [
      'a page of a single-page application',
      '/some/page',
      platform === 'express' ? 200 : 404,
      GLOBAL,
    ],
    ['a controller', '/cats/7', 200, ONE],
  ])('%s', async (_, path, status, origin) => {
    expect(await policyOfPath(port, 'GET', path, ALL)).toEqual(policyOf(origin, status));
  });

  it('a conditional request', async () => {
    const first = await send(port, 'GET', '/app.js', { origin: GLOBAL });
    const etag = first.lines.find(([name]) => name === 'etag')?.[1];
    const { status, cors } = await send(port, 'GET', '/app.js', {
      origin: GLOBAL,
      'if-none-match': etag,
    });
    expect([status, cors]).toEqual([304, GRANTED]);
  });
});
