import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  All,
  Controller,
  Delete,
  Get,
  Head,
  type INestApplication,
  Module,
  Post,
  Put,
  RequestMethod,
  VERSION_NEUTRAL,
  type VersioningOptions,
  VersioningType,
} from '@nestjs/common';
import { runCli } from '../../lib/cli/run-cli.js';
import { Cors, CorsModule, CorsService } from '../../lib/index.js';
import { type Platform, PLATFORMS, startApp } from '../support/platforms.js';
import { recorder } from '../unit/cli/recorder.js';

/** Paths as each platform writes them. */
function application(platform: Platform) {
  const isExpress = platform === 'express';

  @Controller('a')
  class PathsController {
    @Get(':id')
    @Cors({ origin: 'https://one.example.com', exposedHeaders: ['etag'] })
    one() {}

    @Post(':id/:name-x')
    @Cors({ methods: ['POST'] })
    part() {}

    @Get(isExpress ? 'opt{/:a}{/:b}' : 'opt/:a?')
    @Cors({ origin: /^https:\/\/[a-c]\.example\.com$/ })
    optional() {}

    @All(isExpress ? 'files/*path' : 'files/*')
    @Cors({ origin: '*', credentials: false })
    files() {}

    @Put('né/:id')
    @Cors({ timingAllowOrigin: true, maxAge: 5 })
    encoded() {}

    @Delete('with space')
    @Cors(false)
    spaced() {}

    @Head('head')
    @Cors('partner')
    head() {}

    @Get('d.o.t/:a.:b')
    dotted() {}

    @Get(isExpress ? 'year/:year' : 'year/:year(^\\d{4}$)')
    @Cors({ allowedHeaders: ['x-a', 'content-type'] })
    year() {}
  }

  @Controller({ path: 'versions', version: VERSION_NEUTRAL })
  class NeutralController {
    @Get('neutral')
    @Cors({ origin: 'https://neutral.example.com' })
    read() {}
  }

  @Controller({ path: 'versions', version: ['1', '2'] })
  class VersionedController {
    @Get('versioned')
    @Cors({ origin: 'https://v1.example.com' })
    read() {}
  }

  @Controller()
  class HealthController {
    @Get('health')
    @Cors({ origin: 'https://monitor.example.com' })
    read() {}
  }

  @Module({
    imports: [
      CorsModule.forRoot({
        origin: [
          'https://app.example.com',
          'https://*.shop.example',
          'http://localhost:*',
          'capacitor://localhost',
        ],
        credentials: true,
        policies: { partner: { origin: 'https://partner.example.com' } },
        paths: {
          '/files/*': { origin: '*', credentials: false },
          '/files/private/*': 'partner',
          '/graphql': 'partner',
        },
      }),
    ],
    controllers: [PathsController, NeutralController, VersionedController, HealthController],
  })
  class AppModule {}
  return AppModule;
}

const VERSIONING: readonly [string, VersioningOptions, readonly string[]][] = [
  ['URI', { type: VersioningType.URI }, []],
  [
    'HEADER',
    { type: VersioningType.HEADER, header: 'x-version' },
    [
      'Not checked: GET /api/versions/versioned (version 1 or 2): a version decides that the request does not name.',
    ],
  ],
];

describe.each(
  PLATFORMS.flatMap(({ platform }) =>
    VERSIONING.map(([type, versioning, unknown]) => ({ platform, type, versioning, unknown })),
  ),
)(
  'paths of every kind on $platform, with versions by $type',
  ({ platform, versioning, unknown }) => {
    it('are requested as clients write them, and answered as the file says', async () => {
      const root = mkdtempSync(join(tmpdir(), 'verify-'));
      const configure = (one: INestApplication) => {
        one.setGlobalPrefix('api', {
          exclude: ['health', { path: 'a/head', method: RequestMethod.HEAD }],
        });
        one.enableVersioning({ ...versioning, defaultVersion: VERSION_NEUTRAL });
      };
      const { app, port } = await startApp(platform, application(platform), { configure });
      try {
        const file = join(root, 'cors.policy.json');
        writeFileSync(file, JSON.stringify(app.get(CorsService).policy()));
        const { terminal, out } = recorder();
        const url = `http://127.0.0.1:${port}`;
        const exitCode = await runCli(['verify', file, '--url', url, '--unsafe'], terminal);
        const [first = '', ...others] = out().split('\n').slice(0, -1);
        expect(first).toMatch(
          /^\d{3} requests to http:\/\/\S+: each answer is as the file says\.$/,
        );
        // Express takes paths as they are sent, which is encoded.
        const encoded = ['PUT /api/a/n\\u00E9/:id', 'DELETE /api/a/with space'];
        const unreached = others.filter((line) => encoded.some((name) => line.includes(name)));
        expect(unreached).toHaveLength(platform === 'express' ? 2 : 0);
        expect(others.filter((line) => !unreached.includes(line))).toEqual(unknown);
        expect(exitCode).toBe(0);
      } finally {
        await app.close();
        rmSync(root, { recursive: true, force: true });
      }
    });
  },
);
