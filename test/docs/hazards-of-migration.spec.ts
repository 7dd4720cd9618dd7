import {
  Controller,
  Get,
  HttpCode,
  Module,
  Options,
  Post,
  type INestApplication,
  type Type,
} from '@nestjs/common';
import { CorsModule, type CorsOptions } from 'nestjs-cors';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLATFORMS, startApp, type Platform } from '../support/platforms.js';
import { type Answer, preflight, send } from '../support/send.js';
import { markdownTable } from './markdown-table.js';
import { repository } from './page.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

/** Where an application runs, and how often its handler has. */
interface Running {
  readonly port: number;
  runs(): number;
}

/** Something that `enableCors()` does otherwise. */
interface Hazard {
  readonly what: string;
  /** What `enableCors()` was given. */
  readonly old: object;
  /** The same, as this module takes it. */
  readonly ours: CorsOptions;
  /** What a client sees, in a few words. */
  readonly look: (app: Running) => Promise<string>;
  /** How to keep it: the words of the table, and what they stand for; none where nothing depends on it. */
  readonly keep: string;
  readonly keepBy?: {
    readonly options?: Partial<CorsOptions>;
    readonly controllers?: Readonly<Record<Platform, Type>>;
  };
  /** What it then looks like, where that is not what it was. */
  readonly kept?: string;
}

@Controller()
class ExpressOptions {
  @Options('{*path}') @HttpCode(204) options() {}
}

@Controller()
class FastifyOptions {
  @Options('*') @HttpCode(204) options() {}
}

/** How often an origin function was called since it was counted last. */
class Calls {
  private count = 0;

  readonly old = (_: unknown, callback: (error: null, allowed: boolean) => void) => {
    this.count += 1;
    callback(null, true);
  };
  readonly ours = () => {
    this.count += 1;
    return true;
  };

  take(): number {
    const { count } = this;
    this.count = 0;
    return count;
  }
}

const calls = new Calls();

const oldFunction = (
  origin: string | undefined,
  callback: (error: Error | null, allowed?: boolean) => void,
) => (origin === APP ? callback(null, true) : callback(new Error('Not allowed')));

const header = (answer: Answer, name: string) => {
  const value = answer.lines.find(([one]) => one === name.toLowerCase())?.[1];
  return value === undefined ? 'none' : `\`${value}\``;
};
const POLICY = { origin: [APP], credentials: true };

const HAZARDS: readonly Hazard[] = [
  {
    what: 'a request from an origin that a function refuses with `callback(new Error())`',
    old: { origin: oldFunction },
    ours: { origin: (origin) => origin === APP },
    look: async ({ port, runs }) => {
      const { status } = await send(port, 'GET', '/orders', { origin: EVIL });
      return `${status}, the handler ${runs() === 0 ? 'does not run' : 'runs'}`;
    },
    keep: '`rejectDisallowed: true`: 403, and the handler does not run',
    keepBy: { options: { rejectDisallowed: true } },
    kept: '403, the handler does not run',
  },
  {
    what: 'a request from an origin that is not on the list',
    old: POLICY,
    ours: POLICY,
    look: async ({ port, runs }) => {
      const answer = await send(port, 'GET', '/orders', { origin: EVIL });
      const ran = runs() === 0 ? 'does not run' : 'runs';
      return `${answer.status}, the handler ${ran}; \`Allow-Credentials\`: ${header(answer, 'Access-Control-Allow-Credentials')}`;
    },
    keep: 'nothing to keep: without `Access-Control-Allow-Origin` it says nothing',
  },
  {
    what: "`origin: 'https://app.example.com'`, `Access-Control-Allow-Origin` for other origins",
    old: { origin: APP },
    ours: { origin: APP },
    look: async ({ port }) =>
      header(await send(port, 'GET', '/orders', { origin: EVIL }), 'Access-Control-Allow-Origin'),
    keep: 'nothing to keep: browsers block it either way',
  },
  {
    what: 'a preflight from an origin that is not allowed',
    old: POLICY,
    ours: POLICY,
    look: async ({ port }) => String((await preflight(port, '/orders', EVIL, 'POST')).status),
    keep: 'nothing to keep: browsers block it either way; count 403 of `OPTIONS` apart in alerts',
  },
  {
    what: '`OPTIONS` without `Access-Control-Request-Method`',
    old: POLICY,
    ours: POLICY,
    look: async ({ port }) =>
      String((await send(port, 'OPTIONS', '/orders', { origin: APP })).status),
    keep: "a handler, `@Options('{*path}') @HttpCode(204) options() {}` (Fastify: `'*'`): 204",
    keepBy: { controllers: { express: ExpressOptions, fastify: FastifyOptions } },
    kept: '204',
  },
  {
    what: '`Access-Control-Allow-Methods`',
    old: POLICY,
    ours: POLICY,
    look: async ({ port }) =>
      header(await preflight(port, '/orders', APP, 'POST'), 'Access-Control-Allow-Methods'),
    keep: "`methods: ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE']`",
    keepBy: { options: { methods: ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'] } },
    kept: '`GET, HEAD, PUT, PATCH, POST, DELETE`',
  },
  {
    what: 'a preflight for a path that nothing serves, with a list of `methods`',
    old: { ...POLICY, methods: ['GET', 'PUT'] },
    ours: { ...POLICY, methods: ['GET', 'PUT'] },
    look: async ({ port }) => String((await preflight(port, '/nowhere', APP, 'PUT')).status),
    keep: 'nothing to do; the request itself then gets 404, which the page can read',
  },
  {
    what: '`Access-Control-Max-Age`',
    old: POLICY,
    ours: POLICY,
    look: async ({ port }) =>
      header(await preflight(port, '/orders', APP, 'POST'), 'Access-Control-Max-Age'),
    keep: '`maxAge: 5`, which is what browsers take where there is none',
    keepBy: { options: { maxAge: 5 } },
    kept: '`5`',
  },
  {
    what: '`Access-Control-Allow-Headers` for `X-Id, Content-Type`',
    old: POLICY,
    ours: POLICY,
    look: async ({ port }) =>
      header(
        await preflight(port, '/orders', APP, 'POST', 'X-Id, Content-Type'),
        'Access-Control-Allow-Headers',
      ),
    keep: 'nothing to keep: header names have no case',
  },
  {
    what: '`Vary` of preflights',
    old: POLICY,
    ours: POLICY,
    look: async ({ port }) => header(await preflight(port, '/orders', APP, 'POST', 'x-id'), 'Vary'),
    keep: 'nothing to keep: HTTP never caches `OPTIONS`. For a proxy that does, write `allowedHeaders`: then nothing depends on what was asked for',
    keepBy: { options: { allowedHeaders: ['x-id'] } },
    kept: '`Origin`',
  },
  {
    what: '`optionsSuccessStatus: 200`: a preflight that is allowed',
    old: { ...POLICY, optionsSuccessStatus: 200 },
    ours: POLICY,
    look: async ({ port }) => String((await preflight(port, '/orders', APP, 'POST')).status),
    keep: 'nothing to keep: the browsers that needed 200 are gone',
  },
  {
    what: 'a function as `origin`, for requests without `Origin`',
    old: { origin: calls.old },
    ours: { origin: calls.ours },
    look: async ({ port }) => {
      calls.take();
      await send(port, 'GET', '/orders');
      return calls.take() === 0 ? 'not called' : 'called';
    },
    keep: 'nothing to keep: `!origin ||` can go',
  },
];

function appOf(cors: CorsOptions | undefined, more: readonly Type[] = []) {
  let runs = 0;
  @Controller('orders')
  class OrdersController {
    @Get() list() {
      runs += 1;
      return [];
    }
    @Post() create() {
      return {};
    }
  }
  @Module({
    imports: cors === undefined ? [] : [CorsModule.forRoot(cors)],
    controllers: [OrdersController, ...more],
  })
  class AppModule {}
  return { AppModule, runs: () => runs };
}

describe('what behaves differently after enableCors()', () => {
  const apps: INestApplication[] = [];
  afterAll(() => Promise.all(apps.map((app) => app.close())));

  async function see(
    platform: Platform,
    { look }: Hazard,
    cors: CorsOptions | undefined,
    { old, more }: { old?: object; more?: readonly Type[] | undefined } = {},
  ): Promise<string> {
    const { AppModule, runs } = appOf(cors, more);
    const { app, port } = await startApp(platform, AppModule, old && { cors: old });
    apps.push(app);
    return look({ port, runs });
  }

  it.each(PLATFORMS.flatMap(({ platform }) => HAZARDS.map((hazard) => ({ platform, ...hazard }))))(
    '$what can be kept on $platform',
    async ({ platform, ...hazard }) => {
      const { ours, keepBy, kept } = hazard;
      const options = { ...ours, ...keepBy?.options };
      const seen = await see(platform, hazard, options, {
        more: keepBy?.controllers && [keepBy.controllers[platform]],
      });
      expect(seen).toBe(kept ?? (await see(platform, hazard, ours)));
    },
  );

  it('the table says what happens: UPDATE_DOCS=1 npm test -- test/docs', async () => {
    const rows: string[][] = [];
    for (const hazard of HAZARDS) {
      const seen = async (isOurs: boolean) => {
        const cells: string[] = [];
        for (const { platform } of PLATFORMS) {
          const { old, ours } = hazard;
          cells.push(await see(platform, hazard, isOurs ? ours : undefined, isOurs ? {} : { old }));
        }
        const [express = '', fastify = ''] = cells;
        return express === fastify ? express : `${express}; Fastify: ${fastify}`;
      };
      rows.push([hazard.what, await seen(false), await seen(true), hazard.keep]);
    }
    const table = markdownTable(['what', '`enableCors()`', '`nestjs-cors`', 'to keep it'], rows);
    const file = join(repository(), 'docs/migration.md');
    const between = /(?<=<!-- differences: [^\n]* -->\n\n)[^]*?(?=\n\n<!-- \/differences -->)/;
    if (process.env['UPDATE_DOCS'] === '1') {
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(between, () => table),
      );
    }
    expect(between.exec(readFileSync(file, 'utf8'))?.[0]).toBe(table);
  });
});
