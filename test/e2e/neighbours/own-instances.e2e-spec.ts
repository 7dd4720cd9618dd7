import { Controller, Get, Module, Param, type INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import express from 'express';
import { fastify } from 'fastify';
import { Cors, CorsModule } from 'nestjs-cors';
import { policyOf, policyOfPath } from '../../support/policy-of-path.js';
import { preflight, send } from '../../support/send.js';
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
  @Get('slash') @Cors({ origin: ONE }) slash() {
    return {};
  }
  @Get('deep/er') @Cors({ origin: ONE }) deeper() {
    return {};
  }
  @Get('by/:id') @Cors({ origin: TWO }) by(@Param('id') id: string) {
    return { id };
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [PathsController] })
class PathsModule {}

function expressWith(...settings: string[]) {
  const instance = express();
  for (const setting of settings) instance.enable(setting);
  return new ExpressAdapter(instance);
}

const long = 'x'.repeat(20);
const rewriteUrl = ({ url = '/' }: { url?: string | undefined }) => url.replace(/^\/old\//, '/');

/** `useSemicolonDelimiter` is not in Fastify's types for this place. */
const LENIENT: object = {
  caseSensitive: false,
  ignoreTrailingSlash: true,
  ignoreDuplicateSlashes: true,
  useSemicolonDelimiter: true,
};

/** The first releases of Fastify 5 know no `routerOptions`, and take the same at the top. */
const knowsRouterOptions =
  'routerOptions' in fastify({ routerOptions: { caseSensitive: false } }).initialConfig;
const routerOptions = (options: object): object =>
  knowsRouterOptions ? { routerOptions: options } : options;
describe.each<[string, () => ExpressAdapter | FastifyAdapter, [string, string, number][]]>([
  [
    'express()',
    () => expressWith(),
    [
      ['/case', ONE, 200],
      ['/slash/', ONE, 200],
      ['//slash', GLOBAL, 404],
      ['/by/7', TWO, 200],
    ],
  ],
  [
    "express() with 'case sensitive routing'",
    () => expressWith('case sensitive routing'),
    [
      ['/Case', ONE, 200],
      ['/case', GLOBAL, 404],
      ['/slash/', ONE, 200],
      ['/BY/7', GLOBAL, 404],
    ],
  ],
  [
    "express() with 'strict routing'",
    () => expressWith('strict routing'),
    [
      ['/case', ONE, 200],
      ['/slash', ONE, 200],
      ['/slash/', GLOBAL, 404],
      ['/by/7/', GLOBAL, 404],
    ],
  ],
  [
    'the Fastify options of an adapter, none',
    () => new FastifyAdapter(),
    [
      ['/Case', ONE, 200],
      ['/case', GLOBAL, 404],
      ['/slash/', GLOBAL, 404],
      ['//slash', GLOBAL, 404],
      ['/slash;a=b', GLOBAL, 404],
      [`/by/${long}`, TWO, 200],
    ],
  ],
  [
    'the Fastify options of an adapter, under routerOptions',
    () => new FastifyAdapter(routerOptions({ ...LENIENT, maxParamLength: 10 })),
    [
      ['/case', ONE, 200],
      ['/CASE/', ONE, 200],
      ['//slash', ONE, 200],
      ['/deep///er/', ONE, 200],
      ['/slash;a=b', ONE, 200],
      ['/by/7', TWO, 200],
    ],
  ],
  [
    'the Fastify options of an adapter, at the top',
    () => new FastifyAdapter(LENIENT),
    [
      ['/case', ONE, 200],
      ['/slash/', ONE, 200],
      ['//slash', ONE, 200],
      ['/slash;a=b', ONE, 200],
    ],
  ],
  [
    'an own fastify()',
    () => new FastifyAdapter(fastify(routerOptions(LENIENT)) as never),
    [
      ['/case', ONE, 200],
      ['/CASE/', ONE, 200],
      ['//slash', ONE, 200],
      ['/slash;a=b', ONE, 200],
      ['/by/7', TWO, 200],
    ],
  ],
  [
    'rewriteUrl of Fastify',
    () => new FastifyAdapter({ rewriteUrl }),
    [
      ['/old/Case', ONE, 200],
      ['/old/by/7', TWO, 200],
      ['/older/by/7', GLOBAL, 404],
    ],
  ],
])('%s', (_, adapter, paths) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startOn(adapter(), PathsModule));
  });
  afterAll(() => app.close());

  it.each(paths)('%s has the policy of %s', async (path, origin, status) => {
    expect(await policyOfPath(port, 'GET', path, ALL)).toEqual(policyOf(origin, status));
  });
});

it('Fastify: a parameter longer than maxParamLength has no handler, so the global policy applies', async () => {
  const adapter = new FastifyAdapter(routerOptions({ maxParamLength: 10 }));
  const { app, port } = await startOn(adapter, PathsModule);
  try {
    const answers = [];
    for (const origin of ALL) {
      const { status, cors } = await send(port, 'GET', `/by/${long}`, { origin });
      const before = await preflight(port, `/by/${long}`, origin, 'GET');
      answers.push([status, cors['access-control-allow-origin'], before.status]);
    }
    // Nest 11 answers 404, Nest 12 answers 414; the preflight of either has no handler to ask about.
    const statuses = new Set(answers.map(([status]) => status));
    expect([statuses.size, [404, 414].includes(Number([...statuses][0]))]).toEqual([1, true]);
    expect(answers.map(([, ...rest]) => rest)).toEqual([
      [GLOBAL, 204],
      [undefined, 403],
      [undefined, 403],
    ]);
  } finally {
    await app.close();
  }
});

it.each([
  ['Express', () => expressWith()],
  ['Fastify', () => new FastifyAdapter()],
])('%s: a target in absolute form has the policy of what answers', async (_, adapter) => {
  const { app, port } = await startOn(adapter(), PathsModule);
  try {
    const answers = await policyOfPath(port, 'GET', `http://127.0.0.1:${port}/slash`, ALL);
    // Fastify before 5.12 serves no such target.
    const served = answers.status === 200;
    expect(answers).toEqual(served ? policyOf(ONE) : policyOf(GLOBAL, 404));
  } finally {
    await app.close();
  }
});
